/** What a program that ran yum or dnf put in front of each line. */
export interface Prefix {
  /** The name of the carrier in reports. */
  readonly carrier: string;
  readonly pattern: RegExp;
  /** The share of the lines that must have it: a prefix that the tools' own lines can have must be on most of them. */
  readonly share: number;
  /** A captured group that must be the same on the lines, such as a name. */
  readonly named?: boolean;
  /** The captured number grows by one from line to line. */
  readonly counts?: boolean;
  /** The share is one of these lines only. */
  readonly among?: RegExp;
  /** However few lines there are, if all of them have it. */
  readonly all?: boolean;
  /** Only after another prefix. */
  readonly inner?: boolean;
}

/** Unmistakable: no line of yum, dnf or rpm begins like this. */
const sure = 0.2;
const usual = 0.6;

const date = String.raw`\d{4}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d:\d\d`;
const fraction = String.raw`(?:[.,]\d{1,9})?`;
const zone = String.raw`(?: ?(?:Z|[+-]\d\d:?\d\d)\b| (?:UTC|GMT))?`;
const level = '(?:SUBDEBUG|DDEBUG|TRACE|DEBUG|INFO|NOTICE|WARNING|WARN|ERROR|ERR|CRITICAL|CRIT|FATAL)';

/**
 * The prefixes in the order in which they are tried. Source: the documentation or the source of each program; the shapes were
 * compared with public logs.
 */
export const prefixes: readonly Prefix[] = [
  {
    // A color whose escape character was lost.
    carrier: 'color',
    pattern: /^(?:(?:ESC)?\[\d{1,2}(?:;\d{1,2}){0,3}m){1,3}/,
    share: sure,
  },
  {
    // GitHub Actions, Azure Pipelines, GitLab, kubectl --timestamps, journalctl -o short-iso, Zuul, dnf.log, Jenkins' Timestamper.
    carrier: 'iso-time',
    pattern: new RegExp(String.raw`^\[?${date}[T ]${clock}${fraction}${zone}\]?:?(?:\s|$)`),
    share: sure,
  },
  {
    carrier: 'syslog',
    pattern: new RegExp(
      String.raw`^[A-Z][a-z]{2} {1,2}\d{1,2} ${clock}${fraction} [\w.-]{1,255} [\w./@-]{1,64}(?:\[\d{1,10}\])?: ?`,
    ),
    share: sure,
  },
  {
    // journalctl -o cat of cloud-init, and what is left of syslog lines after their time.
    carrier: 'syslog',
    pattern: /^(?:[\w.-]{1,255} )?[a-z][\w./@-]{0,63}\[\d{1,10}\]: ?/,
    share: sure,
  },
  {
    // Teuthology and other users of Python's logging: `INFO:name.stdout:`.
    carrier: 'logging',
    pattern: new RegExp(String.raw`^${level}:[\w.-]{1,200}:`),
    share: sure,
  },
  {
    // Python: `root - ERROR - `.
    carrier: 'logging',
    pattern: new RegExp(String.raw`^- [\w.-]{1,200} - ${level} - `),
    share: sure,
    inner: true,
  },
  {
    // Python: `module.py:108        INFO  `, with the name of a logger after it (`Docker: `).
    carrier: 'logging',
    pattern: new RegExp(String.raw`^[\w-]{1,64}\.py:\d{1,6} +${level} +(?:[A-Z][\w-]{1,32}: ?)?`),
    share: sure,
    inner: true,
  },
  {
    // leapp: the number of the process between the time and the level.
    carrier: 'process',
    pattern: /^\(\d{1,8}\) (?=\[)/,
    share: sure,
    inner: true,
  },
  {
    // dnf.log, and most loggers that print the level after the time.
    carrier: 'level',
    pattern: new RegExp(String.raw`^(?:\[ ?${level} ?\]|${level}(?! ?:)):?(?: |$)`),
    share: sure,
    inner: true,
  },
  {
    carrier: 'level',
    pattern: new RegExp(String.raw`^\[ ?${level} ?\]:? ?`),
    share: sure,
  },
  {
    // Anaconda: the name of its logger after the level, `anaconda:dnf: `.
    carrier: 'logging',
    pattern: /^[a-z][\w.-]{0,40}:[a-z][\w.-]{0,40}: /,
    share: usual,
    inner: true,
  },
  {
    // Zuul's console: `| host | `.
    carrier: 'zuul',
    pattern: /^\| [\w.-]{1,255} \| ?/,
    share: sure,
  },
  {
    // GitLab Runner: stream number and kind after the time.
    carrier: 'gitlab',
    pattern: /^\d\d[OE]\+? ?/,
    share: usual,
    inner: true,
  },
  {
    // Jenkins with two blanks after the time.
    carrier: 'time',
    pattern: new RegExp(String.raw`^\[${clock}${fraction}\](?: {2}|$)`),
    share: 1,
    among: new RegExp(String.raw`^\[${clock}${fraction}\]`),
  },
  {
    // TeamCity: `[12:00:00]W: `; BlueBuild: `[12:00:00 name] => `.
    carrier: 'time',
    pattern: new RegExp(String.raw`^\[${clock}${fraction}(?: [^\]]{1,80})?\](?:[WEFi]?:| =>)? ?`),
    share: sure,
  },
  {
    // Jenkins with its classic format: two blanks.
    carrier: 'time',
    pattern: new RegExp(`^${clock}${fraction}(?: {2}|$)`),
    share: 1,
    among: new RegExp(`^${clock}${fraction}(?: |$)`),
  },
  {
    // Jenkins: the time and one blank, which the tools' own indentation follows.
    carrier: 'time',
    pattern: new RegExp(`^${clock}${fraction} ?`),
    share: sure,
  },
  {
    // The kernel's log and systemd's console: `[   12.345678] `.
    carrier: 'seconds',
    pattern: /^\[ {0,6}\d{1,7}\.\d{1,6}\] ?/,
    share: sure,
  },
  {
    // logrus, as kaniko and buildah print it.
    carrier: 'logrus',
    pattern: /^(?:INFO|WARN|ERRO|DEBU|FATA)\[\d{1,8}\] /,
    share: sure,
  },
  {
    carrier: 'buildkit',
    pattern: /^#\d{1,4} (?:\d{1,7}\.\d{0,3}(?: |$)|(?=\[|ERROR|CACHED|DONE|CANCELED))/,
    share: sure,
  },
  {
    // BuildKit's summary of a failed step, and its output without the number of the step: seconds with four digits.
    carrier: 'buildkit',
    pattern: /^(?:\d{1,7}\.\d{3}|\d\d\.\d\d|\d{3}\.\d|\d{4,7}\.)(?: |$)/,
    share: 0.5,
  },
  {
    carrier: 'vagrant',
    pattern:
      /^(?:==> | {4})(?!(?:Started|Memory|State|Duration|Comment|Function|Result|ID|Name|Changes): )([\w.-]{1,64}):(?: |$)/,
    share: 0.5,
    named: true,
  },
  {
    // docker compose: `service-1  | `.
    carrier: 'compose',
    pattern: /^([A-Za-z][\w.-]{0,63}) {1,40}\| ?/,
    share: usual,
    named: true,
  },
  {
    // Ant, parallel branches of Jenkins, and nodes of pdsh-like tools: `[exec] `, `[node1] `.
    carrier: 'name',
    pattern: /^ {0,12}\[(?!MIRROR|FAILED|SKIPPED|DRPM|sudo|RPM)([A-Za-z][\w. :/-]{0,63})\] ?/,
    share: usual,
    named: true,
  },
  {
    // pdsh, clush, parallel-ssh and loggers: names have a digit or a dot, unlike the first words of messages.
    carrier: 'name',
    pattern: /^([A-Za-z][\w-]{0,40}[.\d][\w.-]{0,63}): /,
    share: 0.9,
    named: true,
  },
  {
    // Travis CI, and pages that number the lines.
    carrier: 'line-number',
    pattern: /^ {0,6}(\d{1,6})(?: ?[:|.)](?: |$)| |\t|$|(?=[^\d\s.:/,)-]))/,
    share: usual,
    counts: true,
  },
  {
    carrier: 'quote',
    pattern: /^>{1,2}(?!>) ?/,
    share: usual,
    all: true,
  },
];

function countingLines(pattern: RegExp, lines: readonly string[]): number {
  let count = 0;
  let last: number | undefined;
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found === undefined) continue;
    if (last !== undefined && Number(found) === last + 1) count += 1;
    last = Number(found);
  }
  return count;
}

function matchesOf({ pattern, named, counts }: Prefix, lines: readonly string[]): number {
  if (counts) return countingLines(pattern, lines);
  const names = new Map<string, number>();
  let count = 0;
  for (const line of lines) {
    const found = pattern.exec(line);
    if (!found) continue;
    count += 1;
    if (named) names.set(found[1] ?? '', (names.get(found[1] ?? '') ?? 0) + 1);
  }
  // A few names, each on several lines; words that differ from line to line are not a carrier's.
  return named && names.size > Math.max(1, count / 3) ? 0 : count;
}

/** The limit for prefixes inside one another. */
const maxLayers = 4;

/** The prefixes of some lines, the outermost first; `lines` are not blank. */
export function prefixesOf(lines: readonly string[]): readonly Prefix[] {
  const found: Prefix[] = [];
  let rest = lines;
  while (found.length < maxLayers && rest.length > 0) {
    const inside = found.length > 0;
    const next = prefixes.find((prefix) => {
      if (prefix.inner && !inside) return false;
      const { among } = prefix;
      const candidates = among ? rest.filter((line) => among.test(line)) : rest;
      const count = matchesOf(prefix, candidates);
      const isEnough = count > 0 && count >= prefix.share * candidates.length;
      const isMany = prefix.share < 0.5 || count > 2 || inside || (prefix.all && count === rest.length);
      return isEnough && isMany && count >= sure * rest.length;
    });
    if (!next) break;
    found.push(next);
    rest = rest.map((line) => line.replace(next.pattern, '')).filter((line) => line.trim() !== '');
  }
  return found;
}

/** The length of the prefixes that a line has; a line without the first one may have the others. */
export function prefixLength(line: string, layers: readonly Prefix[]): number {
  let start = 0;
  for (const { pattern } of layers) start += pattern.exec(line.slice(start))?.[0].length ?? 0;
  return start;
}
