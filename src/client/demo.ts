import { join } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import { msg } from '../base/l10n.ts';
import { commands as ids } from '../protocol/contributions.ts';
import { type DemoCluster, type DemoModule, type DemoOptions, demoFile } from '../protocol/demo.ts';
import { t } from './editor/texts.ts';

export interface DemoNeeds {
  readonly folder: string;
  readonly options: () => Omit<DemoOptions, 'folder'>;
  /** Called when the demo has started or stopped, with the URI of its cluster file. */
  readonly changed: (uri: string) => void;
  /** Runs a first check, if the user wants one. */
  readonly check: (uri: string) => Promise<void>;
  /** Runs the steps and shows the dashboard, if the user wants that. */
  readonly run: (uri: string) => Promise<void>;
}

/** The embedded demo cluster; at most one runs at a time. */
export interface Demo {
  readonly running: boolean;
  /** URI of its cluster file, which remains after the nodes stop. */
  readonly uri: string;
  /** The known_hosts file of its nodes while they are running. */
  knownHosts(): readonly string[];
  /** Starts it, with other scenarios than those of the settings if given. */
  start(scenarios?: DemoOptions['scenarios']): Promise<void>;
  stop(): Promise<void>;
  /** Offers once to start it, if its file is open but its nodes ended with an earlier window. */
  offer(): Promise<void>;
}

/** The demo is a separate bundle; the path is computed so that the bundler does not include it in this one. */
function loadDemo(): DemoModule {
  const load: (path: string) => unknown = require;
  return load(join(__dirname, 'demo.js')) as DemoModule;
}

/** Shows the file as it is on disk: an open editor may still have the ports of the previous demo. */
async function showFresh(uri: Uri): Promise<void> {
  const { document } = await window.showTextDocument(uri, { preview: false });
  const written = new TextDecoder().decode(await workspace.fs.readFile(uri));
  if (document.getText() !== written) await commands.executeCommand('workbench.action.files.revert');
}

export function createDemo({ folder, options, changed, check, run }: DemoNeeds): Demo {
  let cluster: DemoCluster | undefined;
  let starting: Promise<void> | undefined;
  let isKnown = false;
  async function stop(): Promise<void> {
    const stopped = cluster;
    if (!stopped) return;
    cluster = undefined;
    await stopped.stop();
    changed(Uri.file(stopped.clusterFile).toString());
  }
  async function start(scenarios: DemoOptions['scenarios']): Promise<void> {
    isKnown = true;
    await stop();
    const started = await loadDemo().startDemo({ folder, translate: t, ...options(), scenarios });
    cluster = started;
    const uri = Uri.file(started.clusterFile);
    changed(uri.toString());
    await showFresh(uri);
    void greet(started);
  }
  async function greet({ notes, clusterFile }: DemoCluster): Promise<void> {
    const now = t(msg('Check Now'));
    const all = t(msg('Run Steps…'));
    const answer = await window.showInformationMessage(notes.map(t).join(' '), all, now);
    if (answer === undefined || cluster?.clusterFile !== clusterFile) return;
    await (answer === all ? run : check)(Uri.file(clusterFile).toString());
  }
  return {
    get running() {
      return cluster !== undefined;
    },
    uri: Uri.file(join(folder, demoFile)).toString(),
    knownHosts: () => (cluster ? [cluster.knownHosts] : []),
    start: async (scenarios) => {
      starting ??= start(scenarios ?? options().scenarios).finally(() => {
        starting = undefined;
      });
      await starting;
    },
    stop,
    offer: async () => {
      if (isKnown) return;
      isKnown = true;
      const again = t(msg('Start Demo Cluster'));
      const text = t(
        msg('The simulated nodes of the demo cluster stopped when their VS Code window closed.'),
      );
      if ((await window.showInformationMessage(text, again)) === again)
        await commands.executeCommand(ids.startDemo);
    },
  };
}
