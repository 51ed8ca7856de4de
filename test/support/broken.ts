import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutated, type Random } from './random.ts';
import { examples, people } from './texts.ts';

const root = join(import.meta.dirname, '../..');

function texts(folder: string): readonly string[] {
  const files = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => readFileSync(join(root, folder, name), 'utf8'));
}

/** Complete cluster files without a problem. */
export const wholeFiles: readonly string[] = [...examples, ...texts('test/cases/valid')];

/** The cluster files of the rules' cases, each with some problems, and those of other users except the longest. */
export const caseFiles: readonly string[] = [
  ...texts('test/cases/rules').flatMap((text) => text.split(/^--- # .*\n/m)),
  ...people.filter((text) => text.length < 10_000),
];

/** Answer files of two versions of Packstack. */
export const answerFiles: readonly string[] = texts('test/cases/packstack');

const words = (
  '{ } [ ] : - , ? ! & * | > % @ # " \' \\ ` $ null ~ true 0 -1 1e999 0x10 2025.1 constructor __proto__ ' +
  'toString hasOwnProperty &a *a <<: !!binary [1:3] [001:200] [9:1] [1:99999] 10.0.0.0/8 ::1 fd00::/64 ' +
  'controller packstack stein epoxy enabled disabled nodes: steps: services: sshd: Match CONFIG_HEAT_INSTALL: 한글 🐧 ' +
  '\ud800 rm -rf "$x"/ <<EOF $( ${ ` \ufeff \u00a0 \f \u2028'
).split(' ');

/** A random text with random edits, including words and lines of other texts. */
export function broken(source: Random, corpus: readonly string[]): string {
  const { below } = source;
  const one = (list: readonly string[]): string => list[below(list.length)] ?? '';
  let text = one(corpus);
  for (let times = 1 + below(4); times > 0; times -= 1) {
    const lines = text.split('\n');
    const line = below(lines.length);
    const how = below(5);
    if (how === 0) text = lines.toSpliced(line, 1, ' '.repeat(below(6)) + lines[line]?.trim()).join('\n');
    else if (how === 1) text = lines.toSpliced(line, 1, one(one(corpus).split('\n'))).join('\n');
    else if (how === 2) text = text.replace(/[\w.-]{2,}/g, (word) => (below(30) === 0 ? one(words) : word));
    else text = mutated(text, source);
  }
  return text;
}
