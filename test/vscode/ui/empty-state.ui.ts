import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';

const WELCOME = {
  en: 'There is no cluster file in this folder.',
  ko: '이 폴더에는 클러스터 파일이 없습니다.',
};
const UNREADABLE = { en: 'cannot be read yet', ko: '아직 읽을 수 없습니다' };

describe('The sidebar without a cluster', () => {
  const ui = provideUi();

  for (const language of languagesOf('ko')) {
    it(`explains what a cluster file is and offers to create one (${language})`, async () => {
      const workbench = await ui.open({ language });
      await workbench.show('Stackprep');
      await workbench.waitForText('sidebar', WELCOME[language]);
      await workbench.screenshot('empty');
    });

    it(`reports that the existing file cannot be read yet (${language})`, async () => {
      const workbench = await ui.open({ files: { 'lab.cluster.yaml': 'cluster: lab\n' }, language });
      await workbench.show('Stackprep');
      await workbench.waitForText('sidebar', UNREADABLE[language]);
      await workbench.screenshot('unreadable');
    });
  }

  it('leads from an empty folder to a new cluster file', async () => {
    const workbench = await ui.open({});
    await workbench.show('Stackprep');
    await workbench.page
      .locator('.part.sidebar')
      .getByRole('button', { name: 'Create Cluster File' })
      .click();
    await workbench.answer('192.168.113.171 192.168.113.172 db1');
    await workbench.pick('stein', 'Stein');
    await workbench.pick('', 'Manually');
    await workbench.waitForText('editor', 'cluster: lab');
    await workbench.waitForText('editor', '▶ Run on 2 nodes');
    await workbench.waitForText('sidebar', 'db1');
    const written = await readFile(join(workbench.workspace, 'lab.cluster.yaml'), 'utf8');
    assert.match(written, /db1: \{ address: 192\.168\.113\.172, roles: \[compute\] \}/);
    await workbench.screenshot('created');
  });
});
