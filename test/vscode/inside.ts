import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { clearAway } from '../support/clear-away.ts';
import { launchBrowser } from './browser.ts';
import { buildSuite, PROJECT } from './build.ts';
import { CANNOT, provideVsCode } from './needs.ts';
import { follow, prepareRun, readResult, report, type SuiteResult, type SuiteRun } from './result.ts';
import { startServer } from './server.ts';

interface InsideOptions {
  readonly extension: string;
  readonly language: string;
  readonly timeoutMs: number;
  readonly grep: string;
}

const USAGE = `Runs test/vscode/suite inside the extension host of a VS Code server.
  --extension <folder>  the extension under development (default: this project)
  --language <en|ko>    the display language (default: en)
  --grep <text>         only the tests whose title matches
  --timeout <seconds>   for the suite as a whole (default: 600)
Exit code: 0 passed, 1 failed, 2 did not run, ${CANNOT} this system cannot run it.`;

/** Runs the suite once in an empty workspace with a separate home folder; returns the exit code. */
async function runInside(options: InsideOptions): Promise<number> {
  const provided = await provideVsCode();
  if (!provided.ok) {
    console.error(`${provided.reason} (test/vscode/desktop.ts runs the suite in desktop VS Code)`);
    return CANNOT;
  }
  const scratch = await mkdtemp(join(tmpdir(), 'stackprep-inside-'));
  try {
    return await runIn(scratch, options);
  } finally {
    await clearAway(scratch);
  }
}

async function runIn(
  scratch: string,
  { extension, language, timeoutMs, grep }: InsideOptions,
): Promise<number> {
  const { workspace, env, ...files } = await prepareRun(scratch, grep);
  const module = await buildSuite();
  const server = await startServer({ env, forTests: true });
  if (!server.ok) return didNotRun(server.reason);
  try {
    const browser = await launchBrowser();
    if (!browser.ok) return didNotRun(browser.reason);
    try {
      const context = await browser.value.newContext({ locale: language });
      const pageLog = await open(context, server.value.url({ workspace, tests: { extension, module } }));
      const result = await waitForResult(files, timeoutMs);
      if (result !== undefined) return report(result) ? 0 : 1;
      const seconds = Math.round(timeoutMs / 1000);
      return didNotRun(`no result after ${seconds} s\n${pageLog()}\n-- server --\n${server.value.log()}`);
    } finally {
      await browser.value.close();
    }
  } finally {
    await server.value.stop();
  }
}

/** Opens the workbench and returns its console output, for a report when no result arrives. */
async function open(context: BrowserContext, url: string): Promise<() => string> {
  const lines: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => lines.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`[page error] ${error.message}`));
  page.on('crash', () => lines.push('[the browser page crashed]'));
  // A busy computer takes longer than the usual 30 s to load the workbench.
  await page.goto(url, { timeout: 300_000, waitUntil: 'commit' });
  return () => lines.slice(-60).join('\n');
}

async function waitForResult(
  { resultFile, consoleFile }: Pick<SuiteRun, 'resultFile' | 'consoleFile'>,
  timeoutMs: number,
): Promise<SuiteResult | undefined> {
  const printNew = follow(consoleFile);
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await readResult(resultFile);
    await printNew();
    if (result !== undefined || Date.now() > deadline) return result;
    await delay(250);
  }
}

function didNotRun(reason: string): number {
  console.error(reason);
  return 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: PROJECT },
      language: { type: 'string', default: 'en' },
      grep: { type: 'string', default: '' },
      timeout: { type: 'string', default: '600' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const timeoutMs = Number(values.timeout) * 1000;
  return runInside({ extension: values.extension, language: values.language, timeoutMs, grep: values.grep });
}

void main().then((code) => {
  process.exitCode = code;
});
