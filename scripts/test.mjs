// The test command: builds, checks, and runs every suite that this system supports; the last line counts the tests.
// A suite that cannot run is listed with its reason; with CI=true that is a failure. Arguments select suites by name; with
// `--long` first, they are the suites of `npm run test:long`, which take hours and are run before a larger change is called done.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
/** The exit code of a suite that this system cannot run; its last line of output is the reason. */
const unsupported = 75;

/** Tests with real shells, SSH servers and the built command line, which take longer. */
const real = 'test/**/*.real.test.ts';

/** First the files at the top: one of them takes as long as many others. */
const unit = [bin('mocha'), '--ignore', real, 'test/*.test.ts', 'test/!(vscode|lab)/**/*.test.ts'];
const realTests = [bin('mocha'), 'test/!(vscode|lab)/**/*.real.test.ts'];
const build = { name: 'build', command: [process.execPath, 'scripts/build.mjs'] };
const vscode = { name: 'vscode', command: [bin('tsx'), 'test/vscode/inside.ts'] };
const ui = { name: 'ui', command: [bin('tsx'), 'test/vscode/run-ui.ts'] };

const usual = [
  build,
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of the pure modules', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.core.json'] },
  { name: 'types of the webview', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.webview.json'] },
  { name: 'lint', command: [bin('biome'), 'ci', '--error-on-warnings', '.'] },
  { name: 'tools', command: [bin('tsx'), 'test/support/tools.ts'] },
  { name: 'unit', command: unit },
  { name: 'real', command: realTests },
  vscode,
  ui,
  { name: 'ssh worlds', command: [bin('tsx'), 'test/ssh-worlds/run-suite.ts'] },
  { name: 'lab', command: [bin('tsx'), 'test/lab/run-suite.ts'] },
];

/** Keeps every processor busy while a suite runs. */
const underLoad = (suite) => ({
  ...suite,
  name: `${suite.name} under load`,
  load: ['stress-ng', '--cpu', '4', '--quiet'],
});
const long = [
  build,
  { name: 'tools', command: [bin('tsx'), 'test/support/tools.ts', 'stress-ng'] },
  {
    name: 'fuzz',
    command: [bin('mocha'), 'test/cluster/fuzz.test.ts', 'test/language/robustness.test.ts'],
    env: { STACKPREP_FUZZ: '100000' },
  },
  underLoad({ name: 'unit', command: unit }),
  underLoad({ name: 'real', command: realTests }),
  underLoad(vscode),
  underLoad({ ...ui, env: { STACKPREP_UI_LANGUAGES: 'all' } }),
  { name: 'long lab', command: [bin('tsx'), 'test/lab/run-suite.ts', '--long'] },
  { name: 'themes', command: [bin('tsx'), 'test/vscode/run-ui.ts', '--long'] },
  { name: 'mutate', command: [bin('tsx'), 'scripts/mutate/main.mts'] },
];

function run({ command, env, load }) {
  return new Promise((resolve) => {
    const busy = load && spawn(load[0], load.slice(1), { stdio: 'inherit' });
    busy?.on('error', (error) => resolve({ code: 1, text: String(error) }));
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let text = '';
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        process[stream].write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 1, text: String(error) }));
    child.on('close', (code) => {
      busy?.kill();
      resolve({ code: code ?? 1, text });
    });
  });
}

/** mocha's count for a word (`passing`, `failing`, `pending`), summed over its runs. */
function count(text, word) {
  return [...text.matchAll(new RegExp(`^\\s*(\\d+) ${word}`, 'gm'))].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

const isLong = process.argv[2] === '--long';
const suites = isLong ? long : usual;
const wanted = process.argv.slice(isLong ? 3 : 2);
const total = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  const begun = Date.now();
  console.log(`\n== ${suite.name}`);
  const { code, text } = await run(suite);
  total.passed += count(text, 'passing');
  total.failed += count(text, 'failing');
  total.skipped += count(text, 'pending');
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  if (code === unsupported) {
    console.log(`== ${suite.name} skipped: ${text.trim().split('\n').at(-1)}`);
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
