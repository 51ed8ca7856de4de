import assert from 'node:assert/strict';
import { positions } from '../../src/base/position.ts';
import type { Fix, Problem } from '../../src/base/problem.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

/** The typed command, and what the shell gets after the fix. */
type Case = readonly [typed: string, meant: string];

/** Commands that YAML changes or rejects. */
const changed: readonly Case[] = [
  ['! rpm -q foo', '! rpm -q foo'],
  ['! "rpm" -q foo', '! "rpm" -q foo'],
  ["! 'rpm -q foo'", '! rpm -q foo'],
  ['! "rpm -q foo"', '! rpm -q foo'],
  ['!grep -q foo /etc/bar', '! grep -q foo /etc/bar'],
  ['!$foo -eq 1', '! $foo -eq 1'],
  ['! [ -f /etc/foo ]', '! [ -f /etc/foo ]'],
  ['![ -f /etc/foo ]', '! [ -f /etc/foo ]'],
  ['! [[ -f /etc/foo ]] && date', '! [[ -f /etc/foo ]] && date'],
  ['!important date', '! important date'],
  ['!!sh/run date', 'date'],
  ['!vault "date"', 'date'],
  ['&>/dev/null date', '&>/dev/null date'],
  ['&& date', 'date'],
  ['*/bin/date', '*/bin/date'],
  ['*.rpm -q', '*.rpm -q'],
  ['@daily date', '@daily date'],
  ['%post', '%post'],
  ['`date`', '`date`'],
  ['[ -f /etc/foo ]', '[ -f /etc/foo ]'],
  ['[[ -f /etc/foo ]]', '[[ -f /etc/foo ]]'],
  ['[ -f /etc/foo ] && date', '[ -f /etc/foo ] && date'],
  ['{ date; id; }', '{ date; id; }'],
  ['"$FOO" -q', '"$FOO" -q'],
  ["'/bin/a b' -q", "'/bin/a b' -q"],
  ['"/bin/a b" -q \'c d\'', '"/bin/a b" -q \'c d\''],
  ['echo note: foo', 'echo note: foo'],
  ["echo 'note: foo'", "echo 'note: foo'"],
  ['true', 'true'],
  ['"grep -q \'a\\.b\\d\' /etc/foo"', "grep -q 'a\\.b\\d' /etc/foo"],
  ['"grep -qE \'\\bfoo\\.bar\\b\' \\"/etc/foo\\""', 'grep -qE \'\\bfoo\\.bar\\b\' "/etc/foo"'],
  ['"echo \\$HOME"', 'echo \\$HOME'],
  ['"echo \\\'one\\\'"', "echo 'one'"],
  ['"grep -q \'\\bfoo\\b\' /etc/foo"', "grep -q '\\bfoo\\b' /etc/foo"],
  ['echo one #1', 'echo one #1'],
  ['echo "one #1"', 'echo "one #1"'],
  ['sed -n \'s/^ #//p\' "/etc/foo"', 'sed -n \'s/^ #//p\' "/etc/foo"'],
];

/** Commands of several lines, and texts that only a block scalar can hold. */
const manyLines: readonly Case[] = [
  ['>\n      date\n      id', 'date\nid\n'],
  ['>-\n      date\n      id', 'date\nid'],
  ['>+\n      date\n      id', 'date\nid\n'],
  ['>\n      date \\\n        -u', 'date \\\n  -u\n'],
  ['date\n      id', 'date\nid\n'],
  ['\n      date\n      id', 'date\nid\n'],
  ['date #1\n      id', 'date #1\nid\n'],
  ['"date\n      id -un"', 'date\nid -un\n'],
  ["'date\n\n      echo it''s\n      id -un'", "date\n\necho it's\nid -un\n"],
  ['"date \\\n      -u\n      echo \\"x\\""', 'date -u\necho "x"\n'],
  ['! rpm -q foo\n      && date', '! rpm -q foo\n&& date\n'],
  ['!\n      rpm -q foo', '! rpm -q foo'],
  ['@daily date\n\n      id', '@daily date\n\nid\n'],
  ['[ -f /etc/foo ] &&\n      date', '[ -f /etc/foo ] &&\ndate\n'],
  ['| date', 'date\n'],
  ['| date\n      id', 'date\nid\n'],
  ['> date\n      id', 'date\nid\n'],
  ['> /etc/foo', '> /etc/foo'],
  ['\n      - date\n      - id -un', 'date\nid -un\n'],
];

/** Commands that reach the shell unchanged, and what the shell gets; no problem is reported for them. */
const unchanged: readonly Case[] = [
  ['rpm -q foo', 'rpm -q foo'],
  ['rpm -q foo # is it there?', 'rpm -q foo'],
  ['"! rpm -q foo"', '! rpm -q foo'],
  ['"echo \'one #1\'" #one', "echo 'one #1'"],
  ['\'echo "a: b"\' # c', 'echo "a: b"'],
  ['echo a#b a:b $# {a,b} x[1] *.c &', 'echo a#b a:b $# {a,b} x[1] *.c &'],
  ['!!str date', 'date'],
  ['&here date', 'date'],
  ['|\n      ! rpm -q foo\n      echo one #1', '! rpm -q foo\necho one #1\n'],
  ['|-\n      date\n\n      id # who\n      # end', 'date\n\nid # who\n# end'],
  ['>-\n      date &&\n      id', 'date && id'],
  ['date\n      --utc', 'date --utc'],
  ['"date \\\n      -u"', 'date -u'],
];

const top = 'cluster: a\nnodes:\n  n1: { address: 10.0.0.1 } # the only one\nsteps:\n';

/** The ways to write a step with a command; `@` is its position. */
const frames = {
  'as the check of a step': `${top}  - name: foo # a step\n    check: @\n    run: "date" # now\n\n  # the end\n`,
  'as the first key of a step': `${top}  - check: @\n    name: foo\n    run: |\n      date\n`,
  'as the last line of a file': `${top}  - name: foo\n    run: date\n    check: @`,
  'with Windows line endings': `${top}  - name: foo\n    check: @\n    run: date\n`.replaceAll('\n', '\r\n'),
} as const;
const inBraces = `${top}  - { name: foo, check: @, run: "date" } # a step\n`;

function filled(frame: string, typed: string): string {
  return frame.replace('@', () => (frame.includes('\r') ? typed.replaceAll('\n', '\r\n') : typed));
}

function applied(text: string, { edits }: Fix): string {
  const ordered = edits.toSorted((a, b) => b.span.start - a.span.start);
  return ordered.reduce(
    (done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end),
    text,
  );
}

/** The problems of a text, without advice and without problems of the command itself. */
function problemsOf(text: string): readonly Problem[] {
  return decodeCluster(text).problems.filter(({ severity }) => severity === 'error');
}

function commandOf(text: string): string | undefined {
  return decodeCluster(text).cluster?.steps.find(({ id }) => id === 'foo')?.custom?.check;
}

/** Whether the fix leaves the text around the command unchanged. */
function assertFrameUnchanged(frame: string, after: string): void {
  const [before = '', behind = ''] = frame.split('@');
  assert.ok(after.startsWith(before.trimEnd()) && after.endsWith(behind), after);
}

function check(frame: string, [typed, meant]: Case): void {
  const text = filled(frame, typed);
  const { at } = positions(text);
  const [problem, ...more] = problemsOf(text);
  assert.ok(problem?.fix, text);
  const lines = [problem, ...more].map(({ span }) => at(span.start).line);
  const first = at(frame.indexOf('@')).line;
  // A command can start on the line after its key, and a bracket that is open continues after it.
  assert.ok((lines[0] ?? 0) - first <= (typed.startsWith('\n') ? 1 : 0), `${lines.join()} in ${text}`);
  assert.equal(lines.filter((line) => line === lines[0]).length, 1, text);
  const after = applied(text, problem.fix);
  assert.deepEqual(problemsOf(after), [], after);
  assert.equal(commandOf(after)?.trimEnd(), meant.trimEnd(), after);
  assertFrameUnchanged(frame, after);
}

describe('A command that YAML changes on its way to the shell', () => {
  for (const [place, frame] of Object.entries(frames))
    for (const each of [...changed, ...manyLines])
      it(`is one problem with a fix that keeps the rest, ${place}: ${JSON.stringify(each[0])}`, () => {
        check(frame, each);
      });

  for (const each of changed)
    it(`is one problem with a fix that keeps the rest, in braces: ${JSON.stringify(each[0])}`, () => {
      check(inBraces, each);
    });

  for (const [place, frame] of Object.entries(frames))
    for (const [typed, meant] of unchanged)
      it(`is not reported when the shell gets it unchanged, ${place}: ${JSON.stringify(typed)}`, () => {
        const text = filled(frame, typed);
        assert.deepEqual(problemsOf(text), []);
        assert.equal(commandOf(text)?.trimEnd(), meant.trimEnd());
      });
});
