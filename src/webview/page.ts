import type {
  DashboardIntent,
  DashboardMemory,
  DashboardSection,
  DashboardTexts,
} from '../protocol/dashboard.ts';
import type { DashboardRow } from '../view/dashboard/model.ts';
import type { DashboardUpdate } from '../view/dashboard/update.ts';
import { button, element, setText } from './dom.ts';
import { createGrid, type GridPlace } from './grid.ts';
import { applyUpdate, emptyModel, nodesOf, type PageModel, visibleRows } from './model.ts';
import { createCauses, createHead, createRuns } from './panels.ts';
import { createTimeline } from './timeline.ts';

/** The page of a run: matrix, causes, timeline and list of runs. */
export interface Page {
  readonly element: HTMLElement;
  update(update: DashboardUpdate): void;
  /** Shows the times until now; called every second. */
  tick(): void;
}

export interface PageNeeds {
  readonly texts: DashboardTexts;
  readonly send: (intent: DashboardIntent) => void;
  readonly memory: DashboardMemory | undefined;
  readonly remember: (memory: DashboardMemory) => void;
}

/** An earlier run has no menu: its commands would mean the current state. */
function sectionOf(
  { head }: PageModel,
  { isGroup }: DashboardRow,
  column: number | undefined,
): DashboardSection {
  if (head?.isPast) return 'past';
  if (column !== undefined) return 'cell';
  return isGroup ? 'group' : 'node';
}

/** What VS Code gives to the commands of a context menu: a target, and words for the `when` clauses. */
function menuContext(model: PageModel, { row: id, column }: GridPlace): string | undefined {
  const row = model.rows.get(id);
  if (!row || !model.head) return undefined;
  const cell = column === undefined ? undefined : row.cells[column];
  const step = column === undefined ? undefined : model.steps[column]?.id;
  return JSON.stringify({
    webviewSection: sectionOf(model, row, column),
    stackprepTraits: (cell ?? row).traits.join(' '),
    uri: model.head.uri,
    nodes: nodesOf(model, id),
    ...(step === undefined ? {} : { step }),
    preventDefaultContextMenuItems: true,
  });
}

/** What a click or Enter does: the log if there is one, else the place in the file. */
function openIntent(model: PageModel, { row: id, column }: GridPlace): DashboardIntent | undefined {
  const row = model.rows.get(id);
  const at = column === undefined ? row : row?.cells[column];
  if (!at || at.status === 'none') return undefined;
  const step = column === undefined ? undefined : model.steps[column]?.id;
  const hasLog = at.traits.includes('log');
  // The file may have changed since an earlier run.
  if (!hasLog && model.head?.isPast) return undefined;
  const action = hasLog ? 'log' : 'openFile';
  return { type: 'act', action, nodes: nodesOf(model, id), ...(step === undefined ? {} : { step }) };
}

export function createPage({ texts, send, memory, remember }: PageNeeds): Page {
  const { labels } = texts;
  const root = element('main');
  const open = new Set(memory?.open);
  let onlyFailures = memory?.onlyFailures ?? false;
  let model = emptyModel;
  let offset = 0;

  const filter = button(labels.onlyFailures, 'button toggle', () => {
    onlyFailures = !onlyFailures;
    keep();
    draw();
    tick();
  });
  const grid = createGrid(texts, (place) => {
    if (place.column === undefined && model.rows.get(place.row)?.isGroup) toggle(place.row);
    else {
      const intent = openIntent(model, place);
      if (intent) send(intent);
    }
  });
  const empty = element('p', 'empty', labels.searching);
  const head = createHead(texts, { send, filter });
  const causes = createCauses(texts, send);
  const timeline = createTimeline(texts);
  const runs = createRuns(texts, send);
  const live = element('div', 'live');
  live.setAttribute('role', 'status');
  const parts = [head.element, grid.element, causes.element, timeline.element, runs.element];
  for (const part of parts) part.hidden = true;
  root.append(empty, ...parts, element('footer', '', labels.hint), live);

  // Before VS Code reads it: five thousand cells need no attribute for the one menu that opens.
  document.addEventListener(
    'contextmenu',
    (event) => {
      const place = grid.placeOf(event.target);
      const target =
        event.target instanceof Element ? event.target.closest<HTMLElement>('.name, .cell') : null;
      const context = place && menuContext(model, place);
      if (target && context) target.dataset.vscodeContext = context;
    },
    { capture: true },
  );

  function keep(): void {
    if (model.head) remember({ uri: model.head.uri, open: [...open], onlyFailures });
  }

  function toggle(id: string): void {
    if (!open.delete(id)) open.add(id);
    keep();
    draw();
    tick();
  }

  function draw(): void {
    if (!model.head) return;
    filter.setAttribute('aria-pressed', String(onlyFailures));
    const rows = visibleRows(model, { open, onlyFailures });
    grid.show(rows, model.steps, open);
    grid.element.hidden = false;
    empty.hidden = rows.length > 0;
    setText(empty, labels.noFailures);
  }

  function tick(): void {
    if (!model.head) return;
    const now = model.head.finishedAt ?? Date.now() + offset;
    grid.tick(now);
    const bars = visibleRows(model, { open, onlyFailures }).flatMap((row) => {
      if (row.isGroup && open.has(row.id)) return [];
      const of = nodesOf(model, row.id).flatMap((id) => model.rows.get(id) ?? []);
      return [{ row, of }];
    });
    timeline.show({ head: model.head, steps: model.steps, bars, now });
  }

  return {
    element: root,
    tick,
    update: (update) => {
      const isFirst = model.head === undefined;
      model = applyUpdate(model, update);
      if (update.head) {
        offset = update.head.now - Date.now();
        head.element.hidden = false;
        head.show(update.head);
        // What was there when the page opened is no news.
        if (!isFirst) setText(live, update.head.announcement);
      }
      if (update.causes) causes.show(update.causes);
      if (update.runs) runs.show(update.runs);
      if (isFirst) keep();
      draw();
      // Times and bars otherwise move once a second.
      if (isFirst || update.order || (update.head && update.head.finishedAt !== undefined)) tick();
    },
  };
}
