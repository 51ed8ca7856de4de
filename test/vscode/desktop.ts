import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { buildSuite, PROJECT } from './build.ts';
import { prepareRun, readResult, report } from './result.ts';

const USAGE = `Runs test/vscode/suite inside desktop VS Code, which is downloaded on first use.
  --version <version>  such as 1.91.0 or insiders (default: stable)
  --code <path>        an installed VS Code instead of a downloaded one
  --grep <text>        only the tests whose title matches
Exit code: 0 passed, 1 failed, 2 did not run.`;

interface DesktopOptions {
  readonly version: string;
  readonly code: string | undefined;
  readonly grep: string;
}

async function runDesktop(scratch: string, { version, code, grep }: DesktopOptions): Promise<number> {
  const { workspace, resultFile, env } = await prepareRun(scratch, grep);
  const ended = await runTests({
    ...(code === undefined ? { version } : { vscodeExecutablePath: code }),
    extensionDevelopmentPath: PROJECT,
    extensionTestsPath: await buildSuite(),
    extensionTestsEnv: env,
    launchArgs: [
      ...[workspace, '--disable-extensions', '--disable-workspace-trust', '--disable-telemetry'],
      ...[`--user-data-dir=${join(scratch, 'data')}`, `--extensions-dir=${join(scratch, 'extensions')}`],
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  const result = await readResult(resultFile);
  if (result !== undefined) return report(result) ? 0 : 1;
  console.error(`Desktop VS Code did not run the suite: ${String(ended)}`);
  return 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      version: { type: 'string', default: 'stable' },
      code: { type: 'string' },
      grep: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const scratch = await mkdtemp(join(tmpdir(), 'stackprep-desktop-'));
  try {
    return await runDesktop(scratch, { version: values.version, code: values.code, grep: values.grep });
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

void main().then((code) => {
  process.exitCode = code;
});
