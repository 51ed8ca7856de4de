import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabNode } from './node.ts';

/** File names that break careless shell code; the last one is not UTF-8. */
const names: readonly Buffer[] = [
  'with blank',
  ' blank first and last ',
  "quote'single",
  'quote"double',
  'dollar$(touch pwned)',
  'back`touch pwned`tick',
  'semi;touch pwned;colon',
  'star*and?',
  '-rf',
  'new\nline',
  'tab\tand\u001b[31mescape',
  'back\\slash',
  '한국어',
].map((name) => Buffer.from(name));

const noText = Buffer.from([0xff, 0xfe, 0x41]);

/**
 * Writes files with hostile names into a node: `.repo` files (all sections disabled but one), profile scripts
 * and files of root. Returns their paths within the node.
 */
export function hostileFiles(node: LabNode): readonly Buffer[] {
  const made: Buffer[] = [];
  const write = (folder: string, name: Buffer, ending: string, text: string) => {
    const seen = Buffer.concat([Buffer.from(`${folder}/`), name, Buffer.from(ending)]);
    mkdirSync(join(node.root, folder), { recursive: true });
    writeFileSync(Buffer.concat([Buffer.from(node.root), seen]), text);
    made.push(seen);
  };
  names.forEach((name, index) => {
    write('/etc/yum.repos.d', name, '.repo', section(`hostile-${index}`, false));
    write('/etc/profile.d', name, '.sh', ': nothing\n');
    write('/root', name, '', 'hostile\n');
  });
  // The package manager itself fails on a .repo file whose name is not UTF-8.
  write('/root', noText, '', 'hostile\n');
  write('/etc/yum.repos.d', Buffer.from('epel with blank'), '.repo', section('epel-hostile', true));
  return made;
}

function section(id: string, enabled: boolean): string {
  const lines = [`[${id}]`, `name=${id}`, 'baseurl=file:///srv/no/such/place', 'skip_if_unavailable=1'];
  return `${[...lines, `enabled=${enabled ? 1 : 0}`, 'gpgcheck=0'].join('\n')}\n`;
}
