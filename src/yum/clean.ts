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

/** Without trailing blanks; most lines have none. */
export function withoutEnd(line: string): string {
  const code = line.charCodeAt(line.length - 1);
  return code > 0x20 && code < 0xa0 ? line : line.trimEnd();
}

/** A line as it remains on the screen: without escapes, overwritten parts and trailing blanks. */
export function cleanLine(raw: string): string {
  if (raw.includes('\r')) return withoutEnd(lastDrawn(raw));
  return withoutEnd(raw.includes('\x1b') ? withoutEscapes(raw) : raw);
}
