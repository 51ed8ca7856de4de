import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { clearAway } from '../support/clear-away.ts';
import { launchBrowser } from './browser.ts';
import { PROJECT } from './build.ts';
import { startServer, type VsCodeServer } from './server.ts';
import type { Language } from './titles.ts';
import { Workbench } from './workbench.ts';

export interface OpenOptions {
  /** Files of the workspace by their path inside it; the folder is created for this window. */
  readonly files?: Readonly<Record<string, string>>;
  /** Absolute path of an existing folder to open instead. */
  readonly workspace?: string;
  /** A file of the workspace to open. */
  readonly open?: string;
  readonly language?: Language;
}

/** Windows for the tests of one `describe`. */
export interface Ui {
  open(options: OpenOptions): Promise<Workbench>;
  /** The home folder of the extension host. */
  home(): string;
  /** The folder where Stackprep keeps its journals and logs. */
  state(): string;
}

export interface UiOptions {
  /** Absolute path of the extension; by default this project. */
  readonly extension?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

const WINDOW = { width: 1400, height: 900 };

interface Running {
  readonly server: VsCodeServer;
  readonly browser: Browser;
  /** Workspaces and the home folder of the extension host. */
  readonly scratch: string;
  readonly home: string;
}

/**
 * Registers the hooks of the enclosing `describe`: one server and browser for all its tests, a screenshot
 * `failed-<title>` of every window when a test fails, and the windows closed after each test.
 */
export function provideUi(options: UiOptions = {}): Ui {
  const extension = options.extension ?? PROJECT;
  const windows: { workbench: Workbench; context: BrowserContext }[] = [];
  let running: Running | undefined;

  before(async function () {
    this.timeout(600_000);
    running = await start(options);
  });
  afterEach(async function () {
    const failed = this.currentTest?.state === 'failed' ? this.currentTest.title : undefined;
    for (const { workbench, context } of windows.splice(0)) {
      if (failed !== undefined) console.error(await workbench.screenshot(`failed-${slug(failed)}`));
      await context.close();
    }
  });
  after(async () => {
    await running?.browser.close();
    await running?.server.stop();
    if (running !== undefined) await clearAway(running.scratch);
  });

  const up = (): Running => {
    if (running === undefined) throw new Error('there is no VS Code in the body of describe()');
    return running;
  };
  return {
    home: () => up().home,
    state: () => join(up().server.storage, 'stackprep.stackprep/state'),
    async open({ files = {}, workspace, open, language = 'en' }) {
      const running = up();
      const folder = workspace ?? (await makeWorkspace(running.scratch, files));
      const file = open === undefined ? {} : { open: join(folder, open) };
      const context = await running.browser.newContext({ locale: language, viewport: WINDOW });
      const page = await context.newPage();
      const workbench = new Workbench({ page, workspace: folder, extension, language });
      windows.push({ workbench, context });
      await page.goto(running.server.url({ workspace: folder, ...file }));
      await workbench.ready();
      await workbench.closeAuxiliaryBar();
      return workbench;
    },
  };
}

async function start(options: UiOptions): Promise<Running> {
  const scratch = await mkdtemp(join(tmpdir(), 'stackprep-ui-'));
  const home = join(scratch, 'home');
  await mkdir(home);
  const { extension = PROJECT, settings = {} } = options;
  const server = await startServer({ installed: [extension], settings, env: { HOME: home, ...options.env } });
  if (!server.ok) throw new Error(server.reason);
  const browser = await launchBrowser();
  if (browser.ok) return { server: server.value, browser: browser.value, scratch, home };
  await server.value.stop();
  throw new Error(browser.reason);
}

async function makeWorkspace(scratch: string, files: Readonly<Record<string, string>>): Promise<string> {
  const parent = await mkdtemp(join(scratch, 'workspace-'));
  const folder = join(parent, 'seed-lab');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return folder;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
