/** CSI, OSC and character set sequences, as dnf prints them on a terminal. */
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[()][A-Z0-9]|[@-Z\\^_=>])/;

function withoutEscapes(text: string): string {
  let rest = text;
  let out = '';
  for (let found = escapes.exec(rest); found; found = escapes.exec(rest)) {
    out += rest.slice(0, found.index);
    rest = rest.slice(found.index + found[0].length);
  }
  return out + rest;
}

/** A progress bar is redrawn in place; only the last one remains on the screen. */
function lastDrawn(line: string): string {
  let end = line.length;
  while (end > 0) {
    const start = line.lastIndexOf('\r', end - 1) + 1;
    const part = withoutEscapes(line.slice(start, end));
    if (part.trim() !== '') return part;
    end = start - 1;
  }
  return '';
}

/** A line as it remains on the screen: without escapes, overwritten parts and trailing blanks. */
export function cleanLine(raw: string): string {
  if (raw.includes('\r')) return lastDrawn(raw).trimEnd();
  return (raw.includes('\x1b') ? withoutEscapes(raw) : raw).trimEnd();
}

const wrappers = [/^(?:==> | {4})([\w.-]+: )\s*\S/, /^(#\d+ \d+\.\d+ )/, /^\d+\.\d{3} /];

/** The prefix that vagrant, packer or a container build adds to every line, detected from the first line; undefined if there is none. */
export function prefixOf(firstLine: string): RegExp | undefined {
  const [host, build, plain] = wrappers.map((pattern) => pattern.exec(firstLine));
  if (host?.[1] !== undefined && !/^(?:Started|Memory|State): /.test(host[1]))
    return new RegExp(`^(?:==> | {4})${host[1].replaceAll('.', '\\.').trimEnd()} ?`);
  if (build) return /^#\d+ \d+\.\d+ /;
  return plain ? /^\d+\.\d{3} / : undefined;
}
