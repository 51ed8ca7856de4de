import { type Disposable, StatusBarAlignment, window } from 'vscode';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { commands } from '../../protocol/contributions.ts';
import { type ClusterSource, talliedOf } from '../../view/live.ts';
import { withAge } from '../../view/old.ts';
import { progressLine } from '../../view/progress-line.ts';
import { statusText } from '../../view/status.ts';
import { headline } from '../../view/tally.ts';
import { t } from '../editor/texts.ts';

export interface StatusBar extends Disposable {
  update(): void;
}

/** The counts of the whole cluster. */
function overview(source: ClusterSource): Message {
  const names = source.outline.nodes.map(({ id }) => id);
  return withAge(source, headline(talliedOf(source, names)) ?? statusText('unchecked'));
}

/** Shows the run in progress, then its outcome; hidden before the first run. */
export function createStatusBar(sources: () => readonly ClusterSource[]): StatusBar {
  const item = window.createStatusBarItem('stackprep.run', StatusBarAlignment.Left);
  item.name = 'Stackprep';
  return {
    update: () => {
      const known = sources().filter(({ state }) => state.run !== undefined);
      const running = known.find(({ scope }) => scope !== undefined);
      const last = [...known].sort(
        (a, b) => (b.state.run?.startedAt ?? 0) - (a.state.run?.startedAt ?? 0),
      )[0];
      const shown = running ?? last;
      if (!shown) {
        item.hide();
        return;
      }
      const { outline, state } = shown;
      const name = outline.cluster.id;
      const failed = !running && (state.run?.outcome === 'failed' || state.run?.outcome === 'unreachable');
      const { text, short } = progressLine(shown);
      const found = t(joined([name, overview(shown)], ': '));
      item.text = running ? `$(sync~spin) ${name} ${t(short)}` : `$(${failed ? 'error' : 'server'}) ${found}`;
      item.tooltip = running ? t(joined([name, text], ': ')) : t(msg('Show {0} in the sidebar', name));
      item.accessibilityInformation = { label: running ? `${name}: ${t(text)}` : found };
      item.command = {
        title: t(msg('Show in Sidebar')),
        command: commands.reveal,
        arguments: [{ uri: outline.uri }],
      };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
