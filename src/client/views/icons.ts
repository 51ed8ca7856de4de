import { ThemeColor, ThemeIcon } from 'vscode';
import type { TreeIcon } from '../../view/tree-item.ts';

/** Codicon and theme color; each of them identifies the status. */
const icons: Readonly<Record<TreeIcon, readonly [icon: string, color?: string]>> = {
  cluster: ['server-environment'],
  faulty: ['error', 'problemsErrorIcon.foreground'],
  node: ['vm'],
  range: ['layers'],
  waiting: ['watch', 'disabledForeground'],
  running: ['loading~spin'],
  done: ['pass', 'testing.iconPassed'],
  changed: ['pass', 'testing.iconPassed'],
  unchanged: ['pass', 'testing.iconPassed'],
  needed: ['circle-filled', 'charts.yellow'],
  drifted: ['warning', 'charts.orange'],
  undone: ['discard', 'charts.yellow'],
  'nothing-to-undo': ['discard', 'disabledForeground'],
  // testing.iconFailed is white in the high contrast theme, less conspicuous than what passed.
  failed: ['error', 'problemsErrorIcon.foreground'],
  interrupted: ['error', 'problemsErrorIcon.foreground'],
  unreachable: ['debug-disconnect', 'problemsErrorIcon.foreground'],
  blocked: ['circle-slash', 'charts.orange'],
  'not-started': ['debug-pause', 'charts.orange'],
  cancelled: ['circle-slash', 'disabledForeground'],
  unknown: ['question', 'disabledForeground'],
  unchecked: ['circle-large-outline', 'disabledForeground'],
  unavailable: ['dash', 'disabledForeground'],
};

/** A state that an earlier run found is grey, and hollow also where its icon is not. */
const oldIcons: Partial<Readonly<Record<TreeIcon, string>>> = { needed: 'circle' };
const oldColor = 'disabledForeground';

export function themeIcon(icon: TreeIcon, isOld = false): ThemeIcon {
  const [id, color] = isOld ? [oldIcons[icon] ?? icons[icon][0], oldColor] : icons[icon];
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
