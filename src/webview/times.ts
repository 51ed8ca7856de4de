import type { DashboardCell, DashboardRow } from '../view/dashboard/model.ts';

/** A part of a bar of the timeline, in milliseconds since 1970; `isOpen` while the step runs. */
export interface Segment {
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
}

/** When a step ran; undefined if the last run has not started it. */
function segmentOf(cell: DashboardCell, column: number, now: number): Segment | undefined {
  const { startedAt, milliseconds } = cell;
  if (startedAt === undefined) return undefined;
  const to = milliseconds === undefined ? Math.max(now, startedAt) : startedAt + milliseconds;
  return { column, from: startedAt, to, isOpen: milliseconds === undefined };
}

/** The steps of one node in the order of their columns; of several nodes from the first start to the last end. */
export function segmentsOf(rows: readonly DashboardRow[], now: number): readonly Segment[] {
  const merged = new Map<number, Segment>();
  for (const { cells } of rows) {
    cells.forEach((cell, column) => {
      const one = segmentOf(cell, column, now);
      if (!one) return;
      const other = merged.get(column);
      merged.set(
        column,
        other
          ? {
              column,
              from: Math.min(one.from, other.from),
              to: Math.max(one.to, other.to),
              isOpen: one.isOpen || other.isOpen,
            }
          : one,
      );
    });
  }
  return [...merged.values()].sort((one, other) => one.from - other.from);
}

const scales = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440].map(
  (minutes) => minutes * 60_000,
);

/** The length of the time axis: while a run is in progress it has room, so that bars do not move with every second. */
export function axisLength(milliseconds: number, isRunning: boolean): number {
  const minimum = Math.max(milliseconds, 1000);
  if (!isRunning) return minimum;
  return scales.find((scale) => scale >= minimum) ?? minimum * 1.25;
}

/** `4:12`, `1:02:09`: the same in every language. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor((seconds % 3600) / 60),
    String(seconds % 60).padStart(2, '0'),
  ];
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
