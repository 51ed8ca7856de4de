import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../../src/base/l10n.ts';
import { createLogDocument, explainLine, type LogPart } from '../../../src/view/log/document.ts';
import type { Section } from '../../../src/view/log/outline.ts';
import { sectionTitle } from '../../../src/view/log/titles.ts';
import { fixtures } from '../../yum/logs.ts';

const text = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

/** What is read of a log without a head. */
function only(log: string): LogPart {
  const [part] = createLogDocument().read(log).parts;
  assert.ok(part);
  return part;
}

/** `title first-last` for each part of a log; nested parts are indented. */
function lines(sections: readonly Section[], indent = ''): readonly string[] {
  return sections.flatMap((section) => [
    `${indent}${english(sectionTitle(section))} ${section.first}-${section.last}`,
    ...lines(section.children, `${indent}  `),
  ]);
}

describe('The outline of a log', () => {
  it('has the phases of a run and the elements of its transaction', () => {
    const { outline } = only(text('logs/202-local-dnf4-pipe-upgrade-scriptlet-output.log'));
    const found = lines(outline.sections);
    assert.equal(found[0], 'Package tool run 1-53');
    const titles = found.map((line) => line.trim().replace(/ \d+-\d+$/, ''));
    for (const title of ['Packages (4)', 'Summary', 'Downloads', 'Transaction test', 'Result'])
      assert.ok(titles.includes(title), `${title} is not in\n${titles.join('\n')}`);
    assert.ok(titles.some((title) => /^Transaction \(\d+\)$/.test(title)));
    assert.ok(titles.includes('Upgrading beta-2:1.3-1.el9.noarch'));
  });

  it('has parts that follow each other, and nested parts that lie inside their parent', () => {
    for (const name of ['logs/seed-07-update-1071-replacing.log', 'written/yum3-cut-run-then-again.log']) {
      const { outline } = only(text(name));
      const check = (sections: readonly Section[], first: number, last: number): void => {
        let from = first;
        for (const section of sections) {
          assert.ok(section.first >= from && section.last >= section.first && section.last <= last, name);
          check(section.children, section.first, section.last);
          from = section.first;
        }
      };
      check(outline.sections, 0, outline.last);
    }
  });

  it('separates two runs in one text', () => {
    const { outline } = only(text('written/yum3-cut-run-then-again.log'));
    assert.equal(outline.sections.length, 2);
  });

  it('marks the lines that matter', () => {
    const log = text('written/yum3-dead-mirrors.log');
    const { outline, explanation } = only(log);
    const errors = outline.marks.filter(({ severity }) => severity === 'error');
    const last = errors.at(-1);
    assert.equal(last?.line, 'Cannot find a valid baseurl for repo: base/7/x86_64');
    assert.equal(log.split('\n')[last.row], last.line);
    assert.equal(explanation?.id, 'mirrorlist-gone');
  });

  it('is the same when the log grows piece by piece', () => {
    const log = text('logs/seed-06-openstack-train-with-upgrade.log');
    const growing = createLogDocument();
    let view = growing.read('');
    for (let end = 0; end <= log.length; end += 97) view = growing.read(log.slice(0, end));
    view = growing.read(log);
    assert.deepEqual(view, createLogDocument().read(log));
  });

  it('starts again when the text is replaced', () => {
    const document = createLogDocument();
    document.read(text('written/yum3-dead-mirrors.log'));
    assert.deepEqual(document.read('Nothing to do\n').marks, []);
  });
});

describe('The explanation of a log line', () => {
  it('is the explanation of the log when that is about the line, and otherwise what the line itself says', () => {
    const view = only(text('written/yum3-dead-mirrors.log'));
    assert.equal(explainLine(view, view.explanation?.line ?? '')?.id, 'mirrorlist-gone');
    assert.equal(explainLine(view, 'No package chrny available.')?.id, 'package-unavailable');
    assert.equal(explainLine(view, 'all is well'), undefined);
  });
});
