import type { DashboardTexts } from '../protocol/dashboard.ts';
import type { DashboardHead, DashboardRow, DashboardStep } from '../view/dashboard/model.ts';
import { arrange, element, setText } from './dom.ts';
import { axisLength, clock, type Segment, segmentsOf } from './times.ts';

/** The timeline: one bar per node or closed group, a segment per step. */
export interface Timeline {
  readonly element: HTMLElement;
  show(of: TimelineContent): void;
}

export interface TimelineContent {
  readonly head: DashboardHead;
  readonly steps: readonly DashboardStep[];
  /** The rows of the matrix, each with the rows whose times it shows. */
  readonly bars: readonly {
    readonly row: DashboardRow;
    readonly of: readonly DashboardRow[];
  }[];
  readonly now: number;
}

interface Bar {
  readonly element: HTMLElement;
  readonly label: HTMLElement;
  readonly track: HTMLElement;
  readonly segments: Map<number, HTMLElement>;
}

const ticks = [0, 0.25, 0.5, 0.75, 1];

function createBar(row: DashboardRow): Bar {
  const root = element('div', 'bar');
  const label = element('span', 'label', row.label);
  const track = element('div', 'track');
  root.append(label, track);
  return { element: root, label, track, segments: new Map() };
}

function showSegment(
  bar: Bar,
  { column, from, to, isOpen }: Segment,
  axis: { readonly from: number; readonly length: number },
): HTMLElement {
  const made = bar.segments.get(column) ?? element('div', 'segment');
  bar.segments.set(column, made);
  made.dataset.column = String(column);
  made.classList.toggle('open', isOpen);
  const percent = (value: number): string => `${((100 * value) / axis.length).toFixed(2)}%`;
  const [left, width] = [percent(from - axis.from), percent(to - from)];
  if (made.style.left !== left) made.style.left = left;
  if (made.style.width !== width) made.style.width = width;
  return made;
}

export function createTimeline({ labels }: DashboardTexts): Timeline {
  const root = element('section', 'timeline');
  root.setAttribute('aria-hidden', 'true');
  const axisRow = element('div', 'axis');
  const axisLabels = ticks.map(() => element('span'));
  axisRow.append(...axisLabels);
  const bars = new Map<string, Bar>();
  const list = element('div', 'bars');
  root.append(element('h2', '', labels.timeline), axisRow, list);
  let content: TimelineContent | undefined;

  root.addEventListener('pointerover', (event) => {
    const target = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.segment') : null;
    const row = target?.closest<HTMLElement>('[data-row]')?.dataset.row;
    if (!target || !content || row === undefined) return;
    const bar = content.bars.find((each) => each.row.id === row);
    const column = Number(target.dataset.column);
    const segment = segmentsOf(bar?.of ?? [], content.now).find((each) => each.column === column);
    if (bar && segment) target.title = segmentTitle(segment, bar.row.label, content.steps[column]?.id ?? '');
  });

  function segmentTitle({ from, to }: Segment, node: string, step: string): string {
    const start = `${labels.start} ${new Date(from).toLocaleTimeString(document.documentElement.lang)}`;
    return [`${step} · ${node}`, start, `${labels.length} ${clock(to - from)}`].join('\n');
  }

  return {
    element: root,
    show: (next) => {
      content = next;
      const { head, now } = next;
      const withTimes = next.bars.flatMap(({ row, of }) => {
        const segments = segmentsOf(of, now);
        return segments.length > 0 ? [{ row, of, segments }] : [];
      });
      root.hidden = withTimes.length === 0 || head.startedAt === undefined;
      if (head.startedAt === undefined) return;
      const isRunning = head.finishedAt === undefined;
      const axis = {
        from: head.startedAt,
        length: axisLength((head.finishedAt ?? now) - head.startedAt, isRunning),
      };
      for (const [index, label] of axisLabels.entries())
        setText(label, clock((ticks[index] ?? 0) * axis.length));
      const present = new Set(withTimes.map(({ row }) => row.id));
      for (const id of bars.keys()) if (!present.has(id)) bars.delete(id);
      const elements = withTimes.map(({ row, of, segments }) => {
        const bar = bars.get(row.id) ?? createBar(row);
        bars.set(row.id, bar);
        bar.element.dataset.row = row.id;
        const parts = segments.map((segment) => {
          const part = showSegment(bar, segment, axis);
          const [first] = of;
          part.dataset.status =
            of.length === 1
              ? (first?.cells[segment.column]?.status ?? '')
              : row.cells[segment.column]?.status;
          return part;
        });
        arrange(bar.track, parts);
        for (const column of bar.segments.keys())
          if (!segments.some((segment) => segment.column === column)) bar.segments.delete(column);
        return bar.element;
      });
      arrange(list, elements);
    },
  };
}
