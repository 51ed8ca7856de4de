import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { type Folder, temporaryFolder } from '../cli/folder.ts';
import { hasProgram } from '../support/programs.ts';

const log = 'Loaded plugins: fastestmirror\nNo package chrny available.\nError: Nothing to do\n';

interface Made {
  readonly name: string;
  readonly text?: string;
  /** `0` is a file, `2` a link, `3` a device, `6` a pipe. */
  readonly kind?: string;
  readonly link?: string;
  /** The size of the header instead of that of the text. */
  readonly size?: Buffer;
}

/** An entry of a tar archive; POSIX.1-1988, ustar. */
function entry({ name, text = '', kind = '0', link = '', size }: Made): Buffer {
  const head = Buffer.alloc(512);
  const body = Buffer.from(text);
  head.write(name, 0, 100);
  head.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  size?.copy(head, 124);
  head.write(kind, 156);
  head.write(link, 157);
  head.write('ustar\x0000', 257);
  head.write(' '.repeat(8), 148);
  head.write(
    `${head
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

const archive = (...all: readonly Made[]): Buffer => Buffer.concat([...all.map(entry), Buffer.alloc(1024)]);

describe('An archive from another place', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const explain = async (name: string, bytes: Buffer) => {
    writeFileSync(join(folder.path, name), bytes);
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path, columns: 400 });
    const code = await main(['logs', 'explain', name], io);
    return { code, out: stdout.text(), err: stderr.text() };
  };

  it('is read in memory: a path out of it writes no file, and links, devices and pipes are left out', async () => {
    const outside = join(folder.path, 'outside');
    const { code, out, err } = await explain(
      'a.tar',
      archive(
        { name: '../outside/yum.log', text: log },
        { name: `${outside}/dnf.log`, text: log },
        { name: 'link/yum.log', kind: '2', link: '/etc/passwd' },
        { name: 'hard/yum.log', kind: '1', link: '/etc/passwd' },
        { name: 'device/yum.log', kind: '3' },
        { name: 'pipe/yum.log', kind: '6' },
      ),
    );
    assert.equal(code, 0);
    assert.equal(out.match(/No package chrny available/g)?.length, 2);
    assert.doesNotMatch(out, /link|hard|device|pipe|root:/);
    assert.match(err, /2 logs read/);
    assert.deepEqual([readdirSync(folder.path), existsSync(outside)], [['a.tar'], false]);
  });

  it('names its files without anything that a terminal obeys', async () => {
    const name = '\u001b]52;c;ZQ==\u0007\u202e{0}/__proto__/yum.log';
    const { code, out } = await explain('a.tar', archive({ name, text: log }));
    assert.equal(code, 0);
    assert.doesNotMatch(out, /[\u001b\u0007\u202e]/u);
    assert.match(out, /<U\+001B>]52;c;ZQ==<U\+0007><U\+202E>\{0\}\/__proto__\/yum\.log/);
  });

  const sizes: Readonly<Record<string, Buffer>> = {
    'a negative size': Buffer.alloc(12, 0xff),
    'a size of 512 GB': Buffer.from('800000000000007fffffffff', 'hex'),
    'a size in letters': Buffer.from('zzzzzzzzzzz\0'),
  };
  for (const [name, size] of Object.entries(sizes))
    it(`is called damaged: ${name}`, async () => {
      const { code, err } = await explain('a.tar', archive({ name: 'yum.log', text: log, size }));
      assert.equal(code, 2);
      assert.match(err, /a\.tar cannot be unpacked: it is damaged, or not a tar archive\./);
    });

  for (const name of ['a.tar', 'a.tar.gz', 'a.tgz', 'a.tar.xz', 'a.txz'])
    it(`is called damaged if it is something else: ${name}`, async function () {
      if (name.endsWith('xz') && !hasProgram('xz')) this.skip();
      const { code, err } = await explain(name, Buffer.from('no archive '.repeat(200)));
      assert.equal(code, 2);
      assert.match(err, /cannot be unpacked: it is damaged(?:, or not a tar archive)?\./);
    });

  it('is not read to its end if it unpacks to more than it may', async () => {
    const zeros = '\0'.repeat(64 * 1024 * 1024);
    const large = Buffer.from('800000000000000010000001', 'hex');
    const one = gzipSync(entry({ name: 'ok/yum.log', text: log }));
    // A file of 256 MB and a byte, and then what the archive says there is.
    const bomb = gzipSync(entry({ name: 'bomb/yum.log', size: large }));
    const content = gzipSync(Buffer.from(zeros), { level: 1 });
    const rest = gzipSync(Buffer.concat([Buffer.alloc(512), Buffer.alloc(1024)]));
    const { code, out, err } = await explain(
      'a.tar.gz',
      Buffer.concat([one, bomb, ...Array(4).fill(content), rest]),
    );
    assert.equal(code, 0);
    assert.match(out, /ok\/yum\.log/);
    assert.match(err, /1 logs read, .* Not everything was read: the bundle is too large\./s);
  });
});
