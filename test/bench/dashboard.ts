import { openDashboard } from '../support/dashboard-page.ts';
import {
  begin,
  connected,
  manyNodes,
  started,
  stepDone,
  stepStarted,
  yumProgress,
} from '../support/dashboard-stories.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { type Figure, median } from './report.ts';

const updates = 50;
const every = 100;

/** Counts in the page the frames and the tasks that block them. */
const observe = `
  window.frames_ = []; window.tasks_ = [];
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) tasks_.push(duration); })
    .observe({ type: 'longtask' });
  let last = performance.now();
  const frame = () => { const now = performance.now(); frames_.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

interface Seen {
  readonly frames: readonly number[];
  readonly tasks: readonly number[];
}

/** 200 nodes with 25 steps, all shown and all running, at ten updates per second in a real browser. */
export async function benchDashboard(): Promise<readonly Figure[]> {
  const launched = await launchBrowser();
  if (!launched.ok) throw new Error(launched.reason);
  const browser = launched.value;
  try {
    const story = manyNodes();
    const page = await openDashboard({ browser });
    story.add(0, started(story), ...story.nodes.flatMap(connected));
    const opened = performance.now();
    await page.show(story.source(true), begin);
    await page.page.locator('.grid .name').nth(1).click();
    await page.page.locator('[data-row="node200"]').waitFor({ state: 'attached' });
    const first = performance.now() - opened;
    await page.page.evaluate(observe);
    const models: number[] = [];
    for (let turn = 0; turn < updates; turn += 1) {
      const due = performance.now() + every;
      const step = story.steps[Math.floor(turn / 2)] ?? '';
      const at = 1000 * turn;
      for (const node of story.nodes) {
        if (turn % 2 === 0) story.add(at, ...stepStarted(node, step), yumProgress(node, step, 40));
        else story.add(at, yumProgress(node, step, 99), ...stepDone(node, step, 1000));
      }
      const from = performance.now();
      await page.show(story.source(true), begin + at);
      models.push(performance.now() - from);
      await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
    }
    const { frames, tasks } = await page.page.evaluate<Seen>('({ frames: frames_, tasks: tasks_ })');
    const sorted = frames.toSorted((a, b) => a - b);
    const slow = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
    const longest = tasks.reduce((most, each) => Math.max(most, each), 0);
    const peer = { name: 'a frame of 60 Hz', value: 1000 / 60 };
    return [
      { name: 'dashboard-open-200x25', unit: 'ms', ours: first, peer, goal: '<=2000ms', met: first <= 2000 },
      {
        name: 'dashboard-frame-median',
        unit: 'ms',
        ours: median(frames),
        peer,
        goal: '<=34ms',
        met: median(frames) <= 34,
      },
      { name: 'dashboard-frame-p95', unit: 'ms', ours: slow, peer, goal: '<=100ms', met: slow <= 100 },
      {
        name: 'dashboard-longest-task',
        unit: 'ms',
        ours: longest,
        peer,
        goal: '<=100ms',
        met: longest <= 100,
      },
      {
        name: 'dashboard-update',
        unit: 'ms',
        ours: median(models),
        peer: { name: 'the interval', value: every },
        goal: '<=100ms',
        met: median(models) <= every,
      },
    ];
  } finally {
    await browser.close();
  }
}
