import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type Message, msg, plain } from '../../base/l10n.ts';
import { commands, views } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { failureCount } from '../../view/tree.ts';
import type { TreeItemView } from '../../view/tree-item.ts';
import { t } from '../editor/texts.ts';
import { createThrottle } from '../stores/throttle.ts';
import { themeIcon } from './icons.ts';
import { markdown } from './markdown.ts';
import { pickItem } from './pick-item.ts';
import { changedItems, indexTree, type TreeIndex } from './tree-index.ts';

/**
 * VS Code shows a change of a tree only once there was no further one for 200 ms (`ExtHostTreeView`), so that more frequent ones
 * would never be shown during a run.
 */
const refreshEvery = 300;

export interface Sidebar extends Disposable {
  /** Refreshes what has changed, soon. */
  update(): void;
  /** The target of the item with that id. */
  target(id: string): Target | undefined;
  reveal(target: Target): Promise<void>;
}

function draw(view: TreeItemView): TreeItem {
  const open =
    view.kind === 'cluster' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  const state = view.children.length === 0 ? TreeItemCollapsibleState.None : open;
  const item = new TreeItem(t(plain(view.label)), state);
  // With the file, VS Code colors the row by its problems.
  if (view.kind === 'cluster') item.resourceUri = Uri.parse(view.target.uri);
  const description = view.description && t(view.description);
  item.id = view.id;
  item.iconPath = themeIcon(view.icon, view.isOld);
  item.tooltip = markdown(view.tooltip);
  item.contextValue = [view.kind, ...view.traits].join(' ');
  const old = view.isOld ? t(msg('from an earlier run')) : undefined;
  const label = [t(view.spoken), old].filter((part) => part !== undefined).join(', ');
  item.accessibilityInformation = { label };
  item.command =
    view.opens === 'log'
      ? { command: commands.showLog, title: t(msg('Show Log')), arguments: [view.id] }
      : { command: commands.openFile, title: t(msg('Go to Cluster File')), arguments: [view.id] };
  if (description) item.description = description;
  return item;
}

/** The contents of the sidebar. */
export interface SidebarContent {
  readonly items: () => readonly TreeItemView[];
  /** The message above the items; undefined for none. */
  readonly message: (items: readonly TreeItemView[]) => Message | undefined;
}

function showMessage(view: TreeView<string>, content: Message | undefined): void {
  const message = workspace.isTrusted
    ? content
    : msg(
        'This workspace is not trusted. Stackprep does not connect to its nodes, but still checks files as you type.',
      );
  const text = message && t(message);
  // Assigned, because the property is a setter; undefined means no message, an empty text would leave a gap.
  if (view.message !== text) Object.assign(view, { message: text });
}

function showFailures(view: TreeView<string>, count: number): void {
  if ((view.badge?.value ?? 0) === count) return;
  const tooltip = t(count === 1 ? msg('1 failure') : msg('{0} failures', count));
  Object.assign(view, { badge: count === 0 ? undefined : { value: count, tooltip } });
}

/** The provider of the sidebar: elements are item ids, so that VS Code keeps selection and expansion while items change. */
export function createSidebar({ items, message }: SidebarContent): Sidebar {
  let shown = items();
  let index: TreeIndex = indexTree(shown);
  const changed = new EventEmitter<string | string[] | undefined>();
  const provider: TreeDataProvider<string> = {
    onDidChangeTreeData: changed.event,
    getChildren: (id) =>
      id === undefined ? [...index.roots] : (index.item(id)?.children ?? []).map((child) => child.id),
    getParent: (id) => index.parent(id),
    getTreeItem: (id) => {
      const view = index.item(id);
      return view ? draw(view) : new TreeItem('');
    },
  };
  const view = window.createTreeView(views.nodes, { treeDataProvider: provider, showCollapseAll: true });
  const show = (): void => {
    showMessage(view, message(shown));
    showFailures(view, failureCount(shown));
  };
  show();
  const trusted = workspace.onDidGrantWorkspaceTrust(show);
  const pacer = createThrottle(refreshEvery, () => {
    const before = index;
    shown = items();
    index = indexTree(shown);
    show();
    const ids = changedItems(before, index);
    if (ids === undefined) changed.fire(undefined);
    else if (ids.length > 0) changed.fire([...ids]);
  });
  return {
    update: pacer.request,
    target: (id) => index.item(id)?.target,
    reveal: async (target) => {
      const item = pickItem([...index.all()], target);
      if (item) await view.reveal(item.id, { select: true, focus: true, expand: true });
    },
    dispose: () => {
      pacer.dispose();
      trusted.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}
