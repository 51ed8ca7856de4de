import { type Disposable, StatusBarAlignment, window } from 'vscode';
import { joined, msg } from '../../base/l10n.ts';
import { commands } from '../../protocol/contributions.ts';
import type { ClusterSource } from '../../view/live.ts';
import { withAge } from '../../view/old.ts';
import { overviewOf } from '../../view/overview.ts';
import { progressLine } from '../../view/progress-line.ts';
import { statusText } from '../../view/status.ts';
import { iconText, t } from '../editor/texts.ts';

export interface StatusBar extends Disposable {
  update(): void;
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
      const { text, brief } = progressLine(shown);
      const found = joined([name, withAge(shown, overviewOf(shown) ?? statusText('unchecked'))], ': ');
      const progress = iconText(joined([name, brief], ' '));
      item.text = running
        ? `$(sync~spin) ${progress}`
        : `$(${failed ? 'error' : 'server'}) ${iconText(found)}`;
      item.tooltip = running ? t(joined([name, text], ': ')) : t(msg('Show {0} in the sidebar', name));
      item.accessibilityInformation = { label: t(running ? joined([name, text], ': ') : found) };
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
