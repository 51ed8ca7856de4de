import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Expected, WorldCase } from './case.ts';
import { addresses, type Workshop, World } from './world.ts';

/** A deadline for a run that waits for nothing, seconds; generous, since many worlds share this computer. */
const usualS = 90;

const usualSteps = '  - { name: site, check: "test -f /etc/site", run: "touch /etc/site" }';

function clusterText({ login = 'user: root', steps = usualSteps }: WorldCase): string {
  return `cluster: worlds
nodes:
  sick: { address: ${addresses.sick}, roles: [compute], ${login} }
  healthy: { address: ${addresses.healthy}, roles: [compute], user: root }
steps:
${steps}
`;
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly isLate: boolean;
}

/** Types the answers of the user as their questions appear. */
function typeAnswers(answers: NonNullable<WorldCase['answers']>, type: (text: string) => void) {
  let from = 0;
  let next = 0;
  return (output: string) => {
    const [question, answer] = answers[next] ?? [];
    if (question === undefined || answer === undefined) return;
    const text = output.slice(from);
    const isAsked = typeof question === 'string' ? text.includes(question) : question.test(text);
    if (!isAsked) return;
    from = output.length;
    next += 1;
    type(answer);
  };
}

function runOnce(
  world: World,
  situation: WorldCase,
  more: { argv: readonly string[]; withinS: number },
): Promise<Ran> {
  const { answers, env = {} } = situation;
  const command = [join(world.folder, 'node'), join(world.folder, 'product/dist/cli.js'), ...more.argv];
  const words = answers
    ? ['script', '-qefc', command.map((word) => `'${word}'`).join(' '), '/dev/null']
    : command;
  const child = world.inside(words, { ...(answers ? { TERM: 'xterm' } : {}), ...env });
  if (!answers) child.stdin?.end();
  // In the process namespace of this world, which has one such program.
  if (situation.interrupt !== undefined)
    void world
      .finish(`until ${situation.interrupt}; do sleep 0.1; done; sleep 1; pkill -INT -f 'dist/cli[.]js'`)
      .catch(() => undefined);
  let output = '';
  const type = typeAnswers(answers ?? [], (text) => child.stdin?.write(text));
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      output += bytes.toString();
      type(output);
    });
  return new Promise((resolve) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, more.withinS * 1_000);
    // Not `close`: a program left behind may keep the pipes open.
    child.once('exit', (code) => {
      clearTimeout(timer);
      setImmediate(() => resolve({ code, output, isLate }));
    });
  });
}

/** The output as the user reads it: without colors, blanks and line breaks alike. */
function readable(output: string): string {
  return output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/\s+/g, ' ');
}

function counted(log: string, what: RegExp): number {
  return log.match(what)?.length ?? 0;
}

function compare(ran: Ran, expected: Expected, log: string): string[] {
  const text = readable(ran.output);
  const has = (wanted: string | RegExp) =>
    typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  const logins = counted(log, /^Accepted \S+ for /gm);
  const connections = counted(log, /^Connection from /gm);
  const { code, says, never = [], logins: maxLogins = 6, connections: maxConnections = 12 } = expected;
  return [
    ...(ran.isLate ? [`did not end within ${expected.withinS ?? usualS} seconds`] : []),
    ...(!ran.isLate && ran.code !== code ? [`exit code ${ran.code}, not ${code}`] : []),
    ...says.filter((wanted) => !has(wanted)).map((wanted) => `does not say: ${wanted}`),
    ...never.filter(has).map((wanted) => `says: ${wanted}`),
    ...(logins > maxLogins ? [`${logins} logins, more than ${maxLogins}`] : []),
    ...(connections > maxConnections ? [`${connections} connections, more than ${maxConnections}`] : []),
  ];
}

/** The second run: nothing to do if the first had success; else the same failure, of this node alone. */
function secondOf({ expect, second }: WorldCase): Expected {
  if (second?.code !== undefined || expect.code === 0) return { ...expect, ...second };
  return { ...expect, code: 3, ...second };
}

/** Tries a case in its own world, twice; returns what was not as expected, with the output. */
export async function tryCase(
  shop: Workshop,
  name: string,
  situation: WorldCase,
): Promise<readonly string[]> {
  const world = new World(shop, name);
  const faults: string[] = [];
  try {
    await world.begin(situation);
    await writeFile(join(world.home, 'worlds.cluster.yaml'), clusterText(situation));
    const { argv = ['run', '--yes', '/root/worlds.cluster.yaml'], expect, once } = situation;
    let seen = 0;
    const round = async (title: string, words: readonly string[], expected: Expected) => {
      const withinS = expected.withinS ?? usualS;
      const ran = await runOnce(world, situation, { argv: words, withinS });
      const log = await world.sshdLog('sick');
      const wrong = compare(ran, expected, log.slice(seen));
      seen = log.length;
      if (wrong.length > 0)
        faults.push(`${title}:`, ...wrong.map((line) => `  ${line}`), indented(ran.output));
    };
    await round('first run', argv, expect);
    const isAlone = expect.code !== 0 && situation.argv === undefined;
    if (once === undefined)
      await round('second run', [...argv, ...(isAlone ? ['--node', 'sick'] : [])], secondOf(situation));
    if (situation.after !== undefined) await world.finish(situation.after);
    if (faults.length > 0) faults.push('sshd:', indented((await world.sshdLog('sick')).slice(-3_000)));
  } catch (error) {
    faults.push(String(error));
  } finally {
    await world.end();
  }
  return faults;
}

function indented(text: string): string {
  return text.slice(-6_000).trimEnd().replace(/^/gm, '    | ');
}
