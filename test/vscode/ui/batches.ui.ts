import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../../src/run/events.ts';
import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';

const TEXTS = {
  en: {
    choose: 'Choose Batches…',
    title: 'In Which Batches?',
    first: 'One Node First',
    all: 'All nodes start together.',
    notStarted: 'not started',
  },
  ko: {
    choose: '묶음 선택…',
    title: '어떤 묶음으로 실행하시겠습니까?',
    first: '노드 한 대 먼저',
    all: '모든 노드를 함께 시작합니다.',
    notStarted: '시작하지 않음',
  },
};
/** The port refuses connections. */
const file = `cluster: lab
nodes:
  a: { address: 10.0.0.1, host: 127.0.0.1, port: 1 }
  b: { address: 10.0.0.2, host: 127.0.0.1, port: 1 }
  c: { address: 10.0.0.3, host: 127.0.0.1, port: 1 }
steps: [locale]
`;

describe('The batches of a run', () => {
  const ui = provideUi();
  for (const language of languagesOf('en')) {
    const texts = TEXTS[language];

    it(`are chosen before it starts, and the run stops after a canary that fails (${language})`, async () => {
      const workbench = await ui.open({
        files: { 'lab.cluster.yaml': file },
        open: 'lab.cluster.yaml',
        language,
      });
      await workbench.show('Stackprep');
      await workbench.row('c').waitFor();
      await workbench.command('stackprep.run');
      await workbench.dialog(texts.choose);
      const picks = workbench.page.locator('.quick-input-widget');
      await picks.getByText(texts.title).waitFor();
      await picks.getByText(texts.all).waitFor();
      await workbench.screenshot('batches');
      await workbench.pick('', texts.first);
      await workbench.waitForText('sidebar', texts.notStarted);
      await workbench.screenshot('batches-stopped');

      const runs = join(ui.state(), 'runs');
      const [run = ''] = await readdir(runs);
      const journal = await readFile(join(runs, run, 'journal.jsonl'), 'utf8');
      const events = journal
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RunEvent]));
      const planned = events.find((event) => event.type === 'batches-planned');
      assert.deepEqual(planned?.batches, [['a'], ['b', 'c']]);
      const ends = events.flatMap((event) =>
        event.type === 'node-finished' ? [`${event.node} ${event.outcome}`] : [],
      );
      assert.deepEqual(ends, ['a unreachable', 'b not-started', 'c not-started']);
    });
  }
});
