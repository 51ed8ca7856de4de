import { commands as editor, Uri, window } from 'vscode';
import { msg, plain } from '../base/l10n.ts';
import type { Outline } from '../cluster/outline.ts';
import { commands, languageId } from '../protocol/contributions.ts';
import type { Target } from '../view/live.ts';
import { decodeTarget } from './cluster/target.ts';
import { fileName } from './editor/file-name.ts';
import { iconText, t } from './editor/texts.ts';
import type { OutlineStore } from './stores/outline-store.ts';

export interface Chooser {
  /** The target given by a command's argument alone. */
  given(argument: unknown): Target | undefined;
  /** The target of a command: its argument, the cluster of the active document, that of the last run, or the one that the user picks. */
  target(argument: unknown): Promise<Target | undefined>;
}

async function offerNew(): Promise<void> {
  const create = t(msg('Create Cluster File'));
  const text = t(msg('No cluster file found.'));
  if ((await window.showInformationMessage(text, create)) === create) {
    await editor.executeCommand(commands.createClusterFile);
  }
}

export interface ChooserNeeds {
  readonly outlines: OutlineStore;
  /** The target of a tree item. */
  readonly item: (id: string) => Target | undefined;
  /** The target of a read-only document: a log, the page of a run, a plan, a script, or the result of a search. */
  readonly page: (uri: Uri) => Target | undefined;
  /** When the last run of a cluster file began. */
  readonly lastRun: (uri: string) => number | undefined;
}

/** The clusters in the order of their last runs, the newest first; then those without any. */
function lastFirst(all: readonly Outline[], lastRun: ChooserNeeds['lastRun']): readonly Outline[] {
  return all.toSorted((one, other) => (lastRun(other.uri) ?? 0) - (lastRun(one.uri) ?? 0));
}

export function createChooser({ outlines, item, page, lastRun }: ChooserNeeds): Chooser {
  const given = (argument: unknown): Target | undefined => {
    if (typeof argument === 'string') return item(argument);
    // The title bar of an editor passes its document.
    if (argument instanceof Uri)
      return outlines.has(argument.toString()) ? { uri: argument.toString() } : page(argument);
    return decodeTarget(argument);
  };
  return {
    given,
    target: async (argument) => {
      const known = given(argument);
      if (known) return known;
      const front = window.activeTextEditor?.document;
      if (front?.languageId === languageId) return { uri: front.uri.toString() };
      const shown = front && page(front.uri);
      if (shown) return { uri: shown.uri };
      const all = lastFirst(outlines.all(), lastRun);
      const [first, second] = all;
      if (!first) {
        const [faulty] = outlines.unreadable();
        if (faulty !== undefined) return { uri: faulty };
        void offerNew();
        return undefined;
      }
      if (!second) return { uri: first.uri };
      const items = all.map(({ uri, cluster }) => ({
        label: iconText(plain(cluster.id)),
        description: iconText(plain(fileName(uri))),
        uri,
      }));
      const picked = await window.showQuickPick(items, { title: t(msg('Select a cluster')) });
      return picked && { uri: picked.uri };
    },
  };
}
