import { join } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import { msg } from '../base/l10n.ts';
import { commands as ids } from '../protocol/contributions.ts';
import { type DemoCluster, type DemoModule, type DemoOptions, demoFile } from '../protocol/demo.ts';
import { t } from './editor/texts.ts';

export interface DemoNeeds {
  readonly folder: string;
  readonly options: () => Omit<DemoOptions, 'folder'>;
  /** Hears when the demo has started or stopped, with the uri of its cluster file. */
  readonly changed: (uri: string) => void;
  /** Does a first check, when the person wants one. */
  readonly check: (uri: string) => Promise<void>;
}

/** The embedded demo cluster, at most one at a time. */
export interface Demo {
  readonly running: boolean;
  /** Of its cluster file, which outlives the nodes. */
  readonly uri: string;
  /** The known_hosts file of its nodes, while they are up. */
  knownHosts(): readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Offers to start it once, where its file is open and its nodes are gone with the window that had them. */
  offer(): Promise<void>;
}

/** The demo is a bundle of its own; its path is put together here, so that the bundler leaves it out of this one. */
function loadDemo(): DemoModule {
  const load: (path: string) => unknown = require;
  return load(join(__dirname, 'demo.js')) as DemoModule;
}

/** Shows the file as it is on disk now: an editor that was open before may still have the last demo's ports. */
async function showFresh(uri: Uri): Promise<void> {
  const { document } = await window.showTextDocument(uri, { preview: false });
  const written = new TextDecoder().decode(await workspace.fs.readFile(uri));
  if (document.getText() !== written) await commands.executeCommand('workbench.action.files.revert');
}

export function createDemo({ folder, options, changed, check }: DemoNeeds): Demo {
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
  async function start(): Promise<void> {
    isKnown = true;
    await stop();
    const started = await loadDemo().startDemo({ folder, ...options() });
    cluster = started;
    const uri = Uri.file(started.clusterFile);
    changed(uri.toString());
    await showFresh(uri);
    void greet(started);
  }
  async function greet({ notes, clusterFile }: DemoCluster): Promise<void> {
    const now = t(msg('Check Now'));
    const answer = await window.showInformationMessage(notes.map(t).join(' '), now);
    if (answer === now && cluster?.clusterFile === clusterFile) await check(Uri.file(clusterFile).toString());
  }
  return {
    get running() {
      return cluster !== undefined;
    },
    uri: Uri.file(join(folder, demoFile)).toString(),
    knownHosts: () => (cluster ? [cluster.knownHosts] : []),
    start: async () => {
      starting ??= start().finally(() => {
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
