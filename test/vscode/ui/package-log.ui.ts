import { languagesOf } from '../languages.ts';
import { provideUi } from '../ui.ts';

/** A failed run of yum 3 as a CI system stores it, between the lines of other programs. */
const LOG = [
  'Preparing the job',
  'Loaded plugins: fastestmirror',
  'Could not retrieve mirrorlist http://mirrorlist.centos.org/?release=7&arch=x86_64&repo=os&infra=stock error was',
  '14: curl#6 - "Could not resolve host: mirrorlist.centos.org; Unknown error"',
  '',
  '',
  'Cannot find a valid baseurl for repo: base/7/x86_64',
  'Error: Process completed with exit code 1.',
]
  .map((line) => `2026-11-30T10:00:00.0000000Z ${line}\n`)
  .join('');

const TEXTS = {
  en: { explain: 'Explain Package Log', end: 'yum 3 · failed', cause: 'was shut down when CentOS 7' },
  ko: { explain: '패키지 로그 설명', end: 'yum 3 · 실패', cause: '지원이 끝나면서 중단되었습니다' },
};

describe('A log that is not of a run', () => {
  const ui = provideUi();

  for (const language of languagesOf('ko')) {
    const { explain, end, cause } = TEXTS[language];

    it(`is explained with Explain Package Log in its title, in the editor and as a problem (${language})`, async () => {
      const workbench = await ui.open({
        files: { 'ci.log': LOG, 'notes.log': 'an application starts\n' },
        language,
      });
      const button = workbench.page.locator('.editor-actions').getByRole('button', { name: explain });
      await workbench.openFile('ci.log');
      await button.waitFor();
      await workbench.openFile('notes.log');
      await button.waitFor({ state: 'detached' });
      await workbench.openFile('ci.log');
      await button.click();
      await workbench.waitForText('editor', end);
      await workbench.palette('Problems: Focus on Problems View');
      await workbench.waitForText('problems', cause);
      await workbench.screenshot('package-log');
    });
  }
});
