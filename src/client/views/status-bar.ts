import { type Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { msg } from '../../core/l10n.ts';
import type { ClusterSource } from '../../core/view/live.ts';
import { commands } from '../../protocol/contributions.ts';
import { progressLine } from '../run/progress.ts';
import { t } from '../texts.ts';

export interface StatusBar extends Disposable {
  update(): void;
}

/** Shows the run that goes on, and after it how it ended; nothing before the first run. */
export function createStatusBar(sources: () => readonly ClusterSource[]): StatusBar {
  const item = window.createStatusBarItem('stackprep.run', StatusBarAlignment.Left);
  item.name = 'Stackprep';
  return {
    update: () => {
      const known = sources().filter(({ state }) => state.run !== undefined);
      const running = known.find(({ scope }) => scope !== undefined);
      const last = [...known].sort((a, b) => (b.state.run?.startedAt ?? 0) - (a.state.run?.startedAt ?? 0))[0];
      const shown = running ?? last;
      if (!shown) {
        item.hide();
        return;
      }
      const { outline, state } = shown;
      const name = outline.cluster.id;
      const failed = !running && (state.run?.outcome === 'failed' || state.run?.outcome === 'unreachable');
      const { text, percent } = progressLine(shown);
      item.text = running ? `$(sync~spin) ${name} ${percent} %` : failed ? `$(error) ${name}` : `$(server) ${name}`;
      item.tooltip = running ? t(msg('{0}: {1}', name, text)) : t(msg('Show {0} in the sidebar', name));
      item.accessibilityInformation = { label: running ? `${name}: ${t(text)}` : name };
      item.command = { title: t(msg('Show in Sidebar')), command: commands.reveal, arguments: [{ uri: outline.uri }] };
      item.backgroundColor = failed ? new ThemeColor('statusBarItem.errorBackground') : undefined;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
