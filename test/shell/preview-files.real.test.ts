import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { previewFilesSh } from '../../src/shell/preview-files.sh.ts';
import { clearAwaySync } from '../support/clear-away.ts';

const secret = 'pa55&word\\x';
const table = ' libsecret   x86_64   0:0.20.4-4.el9   baseos   161 k\n';

/** What the node prints of the input, decoded from base64. */
function printed(secrets: string, command: string, input: string): string {
  const text = `${previewFilesSh.text}
sp_nonce=n
sp_preview_secrets=${secrets}
sp_secret() { printf '%s\\n' '${secret}'; }
sp_preview_find_known
${command} | sp_preview_text output`;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', text], { input, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines
    .map((line) => Buffer.from(line.replace(/^@@stackprep:n\ttext\toutput\t/, ''), 'base64').toString('utf8'))
    .join('');
}

describe('The output of a package manager in a preview', () => {
  it('has secrets replaced by their names before it is encoded, and nothing else', () => {
    assert.equal(
      printed(
        'mirror',
        'sp_preview_named -',
        `Error: https://u:${secret}@h/x and ${secret}\n${table}token: x`,
      ),
      `Error: https://u:{secret: mirror}@h/x and {secret: mirror}\n${table}token: x`,
    );
  });

  it('has former values hidden next to a secret, whatever lines the new file has', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackprep-preview-'));
    try {
      writeFileSync(join(folder, 'new'), `a=1\n@@\n@@n x\nkey=${secret}\n`);
      writeFileSync(join(folder, 'old'), 'a=1\n@@\nkey=former\nb=2\n');
      assert.equal(
        printed('queue', `sp_preview_named ${folder}/old ${folder}/new`, ''),
        'a=1\n@@\nkey={hidden}\nb={hidden}\n',
      );
    } finally {
      clearAwaySync(folder);
    }
  });

  it('stays as it is without secrets', () => {
    for (const text of [`a\n\n${table}\n`, table, 'x', '\n', 'no line break x', '@@\n@@\nx\n', ''])
      assert.equal(printed('', 'sp_preview_named -', text), text);
  });
});
