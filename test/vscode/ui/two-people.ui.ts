import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtCommand, start } from '../../cli/built.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../../support/sshd.ts';
import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';

/** The words of both languages that this test looks for. */
const words = {
  en: {
    save: 'Trust and Save',
    join: 'Join',
    forget: 'Forget Node',
    gone: 'was forgotten',
    undo: 'no longer be undone',
  },
  ko: {
    save: '신뢰하고 저장',
    join: '참여',
    forget: '기록 지우기',
    gone: '기록을 지웠습니다',
    undo: '더 이상 되돌릴 수 없는',
  },
} as const;

describe('A node on which a run of the command line works', () => {
  const ui = provideUi({ settings: { 'stackprep.confirmRun': false } });
  let home: Home;
  let sshd: Sshd;
  beforeEach(async function () {
    if (opensshMissing() !== undefined) this.skip();
    home = await makeHome();
    await authorize(home, await keygen(home, 'id_ed25519'));
    const base = `STACKPREP_BASE=${home.file('node')}`;
    sshd = await startSshd({ home, settings: [`SetEnv SHLVL=5 HOME=${home.path} ${base}`] });
    await home.write('known', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
  });
  afterEach(async () => {
    await sshd?.stop();
    await home?.remove();
  });

  for (const language of languagesOf('ko'))
    it(`is joined on request, shown in tree and lens, and forgotten only afterwards (${language})`, async () => {
      const workbench = await ui.open({ language });
      const said = words[language];
      const stop = home.file('stop');
      const file = join(workbench.workspace, 'lab.cluster.yaml');
      await writeFile(stop, '');
      await writeFile(
        file,
        [
          'cluster: lab',
          `ssh: { user: root, port: ${sshd.port}, identity: ${JSON.stringify(home.file('id_ed25519'))} }`,
          'nodes:',
          '  openstack1: { address: 127.0.0.1 }',
          'steps:',
          `  - { name: tune, check: 'test -e ${home.file('tuned')}', run: 'echo begun; while [ -e ${stop} ]; do sleep 0.1; done; touch ${home.file('tuned')}' }`,
          '',
        ].join('\n'),
      );
      const theirs = start([
        ...[...builtCommand(), 'run', file, '--yes'],
        ...['--known-hosts', home.file('known'), '--state-dir', home.file('state')],
      ]);
      while (!existsSync(home.file('node/holder'))) await sleep(50);
      await workbench.show('Stackprep');
      await workbench.waitForText('sidebar', 'lab');
      await workbench.openFile('lab.cluster.yaml');
      await workbench.command('stackprep.run');
      await workbench.waitForText('dialog', 'SHA256:');
      await workbench.dialog(said.save);
      await workbench.waitForText('dialog', 'tune');
      await workbench.screenshot(`occupied-${language}`);
      await workbench.dialog(said.join);
      await workbench.waitForText('sidebar', 'tune');
      await workbench.waitForText('editor', 'tune');
      await workbench.screenshot(`joined-${language}`);
      await rm(stop);
      await theirs.ended;
      await workbench.waitForText('notifications', 'lab');
      await workbench.screenshot(`joined-end-${language}`);
      mkdirSync(home.file('node/kept/first/locale'), { recursive: true });
      await workbench.command('stackprep.forgetNode');
      await workbench.waitForText('dialog', said.undo);
      await workbench.screenshot(`forget-${language}`);
      await workbench.dialog(said.forget);
      await workbench.waitForText('notifications', said.gone);
      assert.equal(existsSync(home.file('node')), false);
    });
});
