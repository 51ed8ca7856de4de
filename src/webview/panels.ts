import type { DashboardIntent, DashboardTexts } from '../protocol/dashboard.ts';
import type { DashboardCause, DashboardHead, DashboardRun } from '../view/dashboard/model.ts';
import { arrange, button, element, setText } from './dom.ts';
import { glyph, setGlyph } from './glyphs.ts';

type Send = (intent: DashboardIntent) => void;

/** A part of the page that is drawn again when its content differs. */
export interface Panel<Content> {
  readonly element: HTMLElement;
  show(content: Content): void;
}

/** The line above the matrix: what runs or ran, its progress, and what can be done with all of it. */
export function createHead(
  texts: DashboardTexts,
  { send, filter }: { readonly send: Send; readonly filter: HTMLElement },
): Panel<DashboardHead> {
  const root = element('header');
  const title = element('h1');
  const run = element('span', 'run');
  const text = element('p', 'summary');
  const bar = element('div', 'progress');
  bar.setAttribute('role', 'progressbar');
  bar.append(element('div'));
  const actions = element('div', 'actions');
  const line = element('div', 'line');
  line.append(title, run, actions);
  root.append(line, text, bar);
  let shown = '';
  return {
    element: root,
    show: (head) => {
      setText(title, head.cluster);
      title.title = head.file;
      setText(run, head.run ?? '');
      setText(text, head.text);
      bar.hidden = head.percent === undefined;
      bar.style.setProperty('--percent', `${head.percent ?? 0}%`);
      bar.setAttribute('aria-valuenow', String(head.percent ?? 0));
      bar.setAttribute('aria-label', head.text);
      root.classList.toggle('past', head.isPast === true);
      const key = JSON.stringify([head.isPast, head.actions]);
      if (key === shown) return;
      shown = key;
      // The only list that is replaced while it may have the focus: the run has ended or begun.
      actions.replaceChildren(
        ...(head.isPast ? [button(texts.labels.current, 'button', () => send({ type: 'showRun' }))] : []),
        filter,
        ...head.actions.map((action) =>
          button(texts.actions[action], 'button', () => send({ type: 'act', action })),
        ),
      );
    },
  };
}

function causeElement(cause: DashboardCause, texts: DashboardTexts, send: Send): HTMLElement {
  const root = element('li', 'cause');
  root.dataset.status = cause.status;
  const picture = glyph();
  setGlyph(picture, cause.status);
  const body = element('div');
  body.append(element('h3', '', cause.title), element('p', '', cause.text));
  if (cause.quote !== undefined) body.append(element('pre', '', cause.quote));
  const buttons = cause.actions.map((action) => {
    const { nodes, step } = cause;
    const target = step === undefined ? { nodes } : { nodes, step };
    const made = button(texts.actions[action], 'link', () => send({ type: 'act', action, ...target }));
    made.setAttribute('aria-label', `${texts.actions[action]}: ${cause.title}`);
    return made;
  });
  const actions = element('div', 'actions');
  actions.append(...buttons);
  body.append(actions);
  root.append(picture, body);
  return root;
}

/** A section with a list that keeps the elements of unchanged items. */
function createList<Item extends { readonly id: string }>(
  className: string,
  title: string,
  draw: (item: Item) => HTMLElement,
): Panel<readonly Item[]> {
  const root = element('section', className);
  const list = element('ul');
  root.append(element('h2', '', title), list);
  let known = new Map<string, { readonly text: string; readonly element: HTMLElement }>();
  return {
    element: root,
    show: (items) => {
      root.hidden = items.length === 0;
      const next = new Map(
        items.map((item) => {
          const text = JSON.stringify(item);
          const old = known.get(item.id);
          return [item.id, old?.text === text ? old : { text, element: draw(item) }] as const;
        }),
      );
      known = next;
      arrange(
        list,
        [...next.values()].map((each) => each.element),
      );
    },
  };
}

/** Why steps failed and nodes could not be used, each with its actions. */
export function createCauses(texts: DashboardTexts, send: Send): Panel<readonly DashboardCause[]> {
  return createList('causes', texts.labels.causes, (cause) => causeElement(cause, texts, send));
}

/** The runs of the cluster, newest first; a click shows one on this page. */
export function createRuns({ labels }: DashboardTexts, send: Send): Panel<readonly DashboardRun[]> {
  return createList('runs', labels.runs, ({ id, text, status, isShown }) => {
    const item = element('li', 'run');
    item.dataset.status = status;
    const picture = glyph();
    setGlyph(picture, status);
    const show = button(text, 'link', () => send({ type: 'showRun', run: id }));
    if (isShown) show.setAttribute('aria-current', 'true');
    item.append(picture, show);
    return item;
  });
}
