// The test command: builds, checks, and runs every suite that this machine can carry; the last line counts the tests.
// A suite that cannot run is named with its reason; with CI=true that is a failure. Arguments choose suites by name.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
/** The exit code by which a suite says that this machine cannot run it; its last line is the reason. */
const cannot = 75;

/** Tests with real shells, SSH servers and the built command line, which take longer. */
const real = 'test/**/*.real.test.ts';

const suites = [
  { name: 'build', command: [process.execPath, 'scripts/build.mjs'] },
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of the pure modules', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.core.json'] },
  { name: 'lint', command: [bin('biome'), 'ci', '--error-on-warnings', '.'] },
  { name: 'tools', command: [bin('tsx'), 'test/support/tools.ts'] },
  {
    name: 'unit',
    command: [bin('mocha'), '--ignore', real, 'test/!(vscode|lab)/**/*.test.ts', 'test/*.test.ts'],
  },
  { name: 'real', command: [bin('mocha'), 'test/!(vscode|lab)/**/*.real.test.ts'] },
  { name: 'vscode', command: [bin('tsx'), 'test/vscode/inside.ts'] },
  { name: 'ui', command: [bin('tsx'), 'test/vscode/run-ui.ts'] },
  { name: 'lab', command: [bin('tsx'), 'test/lab/run-suite.ts'] },
];

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of ['stdout', 'stderr']) {
      child[stream].on('data', (chunk) => {
        text += chunk;
        process[stream].write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 1, text: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** mocha's own count of a word (`passing`, `failing`, `pending`), summed over its runs. */
function count(text, word) {
  return [...text.matchAll(new RegExp(`^\\s*(\\d+) ${word}`, 'gm'))].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  const begun = Date.now();
  console.log(`\n== ${suite.name}`);
  const { code, text } = await run(suite.command);
  total.passed += count(text, 'passing');
  total.failed += count(text, 'failing');
  total.skipped += count(text, 'pending');
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  if (code === cannot) {
    console.log(`== ${suite.name} left out: ${text.trim().split('\n').at(-1)}`);
    total.skipped += 1;
    if (process.env.CI === 'true') broken.push(suite.name);
  } else {
    console.log(`== ${suite.name} ${code === 0 ? 'passed' : `failed (exit code ${code})`} in ${seconds} s`);
    if (code !== 0) broken.push(suite.name);
  }
  if (suite.name === 'build' && code !== 0) break;
}
if (process.env.CI === 'true' && total.skipped > 0) broken.push('skipped tests');
console.log(broken.length > 0 ? `\nFailed: ${broken.join(', ')}` : '\nEverything that ran passed.');
console.log(
  `${total.passed} passed, ${Math.max(total.failed, broken.length)} failed, ${total.skipped} skipped`,
);
process.exitCode = broken.length > 0 ? 1 : 0;
