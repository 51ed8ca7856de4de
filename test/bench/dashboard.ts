import type { Page } from 'playwright-core';
import { openDashboard } from '../support/dashboard-page.ts';
import {
  begin,
  connected,
  manyNodes,
  type Story,
  started,
  stepDone,
  stepStarted,
  yumProgress,
} from '../support/dashboard-stories.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { type Figure, median } from './report.ts';

const turns = 50;
const every = 100;

const measured = new Set(['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);

/** Milliseconds of processor time that the page's main thread has taken for script, style and layout; without paint. */
async function meter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const parts = metrics.filter(({ name }) => measured.has(name));
    return parts.reduce((sum, { value }) => sum + 1000 * value, 0);
  };
}

/** Adds what half a second of a run brings: every node starts or ends a step. */
function advance(story: Story, turn: number): void {
  const step = story.steps[Math.floor(turn / 2)] ?? '';
  for (const node of story.nodes) {
    if (turn % 2 === 0) story.add(1000 * turn, ...stepStarted(node, step), yumProgress(node, step, 40));
    else story.add(1000 * turn, yumProgress(node, step, 99), ...stepDone(node, step, 1000));
  }
}

/** 200 nodes with 25 steps, all shown and all running, in a real browser: the processor time of an update when every node changes. */
export async function benchDashboard(): Promise<readonly Figure[]> {
  const launched = await launchBrowser();
  if (!launched.ok) throw new Error(launched.reason);
  const browser = launched.value;
  try {
    const story = manyNodes();
    const dashboard = await openDashboard({ browser });
    const { page } = dashboard;
    const spent = await meter(page);
    story.add(0, started(story), ...story.nodes.flatMap(connected));
    const before = await spent();
    await dashboard.show(story.source(true), begin);
    await page.locator('.grid .name').nth(1).click();
    await page.locator('[data-row="node200"]').waitFor({ state: 'attached' });
    const first = (await spent()) - before;
    const updates: number[] = [];
    const views: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      advance(story, turn);
      const earlier = await spent();
      views.push(await dashboard.show(story.source(true), begin + 1000 * turn));
      updates.push((await spent()) - earlier);
    }
    const peer = { name: 'the interval', value: every };
    const figure = (name: string, ours: number, goal: number): Figure => ({
      ...{ name, unit: 'ms', ours, peer },
      goal: `<=${goal}ms`,
      met: ours <= goal,
    });
    return [
      figure('dashboard-open-200x25', first, 1000),
      figure('dashboard-page-per-update', median(updates), every / 2),
      figure(
        'dashboard-page-worst-update',
        Math.max(0, ...updates.toSorted((a, b) => b - a).slice(0, 1)),
        every,
      ),
      figure('dashboard-snapshot-and-message', median(views), every / 2),
    ];
  } finally {
    await browser.close();
  }
}
