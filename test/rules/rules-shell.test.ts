import assert from 'node:assert/strict';
import { called } from '../../src/rules/custom.ts';
import { readShell } from '../../src/rules/shell.ts';

/** The commands of a script as lists of words. */
function commands(text: string): string[][] {
  return readShell(text).commands.map(({ words }) => words.map((word) => word.text));
}

describe('The shell parser', () => {
  for (const [what, text, expected] of [
    ['words and quotes', `echo "a b" 'c d' e\\ f g"h"i`, [['echo', 'a b', 'c d', 'e f', 'ghi']]],
    ['operators', 'a; b && c || d | e\nf & g', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
    ['comments', '# one\na # two\nb#c', [['a'], ['b#c']]],
    ['conditions', 'if a; then b; elif c; then d; else e; fi', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['loops', 'for x in 1 2; do a "$x"; done\nwhile b; do c; done', [['a', '$x'], ['b'], ['c']]],
    ['case', 'case $x in a|b) c ;; *) d ;; esac; e', [['c'], ['d'], ['e']]],
    ['subshells', '( cd /tmp && a ) | b', [['cd', '/tmp'], ['a'], ['b']]],
    [
      'substitutions',
      'a "$(b "c d" | e)" `f g` $((1 + 2))',
      [['a', '$(b "c d" | e)', '`f g`', '$((1 + 2))']],
    ],
    ['redirections', 'a >b 2>&1 </c >>d 2>/dev/null e', [['a', 'e']]],
    ['here-documents', "cat <<EOF >x\nit's; rm -rf /\nEOF\nb", [['cat'], ['b']]],
    ['two here-documents', "a <<X <<-'Y'\none\nX\n\ttwo\n\tY\nb", [['a'], ['b']]],
    ['characters that are not blanks for the shell', 'a\u00a0b \ufeffc\f', [['a\u00a0b', '\ufeffc\f']]],
    ['continued lines', 'a \\\n  b', [['a', 'b']]],
    ['an apostrophe in a default', `a="\${b:-don't}"; c`, [[`a=\${b:-don't}`], ['c']]],
  ] as const) {
    it(`recognizes ${what}`, () => {
      assert.deepEqual(commands(text), expected);
      assert.equal(readShell(text).openQuote, undefined);
    });
  }

  it('reports where an unclosed quote opens', () => {
    assert.equal(readShell("a 'b").openQuote, 2);
    assert.equal(readShell('a "b').openQuote, 2);
    assert.equal(readShell('a "b\\""').openQuote, undefined);
  });

  it('reports which variables are quoted and guarded', () => {
    const [command] = readShell(`rm $a "$b" \${c} "\${d:?}" \${e%x} '$f' \\$g $$ $1`).commands;
    const found = command?.words.flatMap((word) => word.variables) ?? [];
    assert.deepEqual(
      found.map(
        ({ name, isQuoted, isGuarded }) =>
          `${name}${isQuoted ? ' quoted' : ''}${isGuarded ? ' guarded' : ''}`,
      ),
      ['a', 'b quoted', 'c', 'd quoted guarded', 'e', '1'],
    );
  });

  it('finds the command after sudo, env and assignments', () => {
    const name = (text: string) => readShell(text).commands.map((command) => called(command)?.name);
    assert.deepEqual(name('sudo -n LC_ALL=C /usr/bin/yum update'), ['yum']);
    assert.deepEqual(name('A=1 env B=2 nohup c'), ['c']);
    assert.deepEqual(name('A=1'), [undefined]);
  });

  it('records which files a command writes and reads', () => {
    const [first, second] = readShell('a > b >> c\nd < e').commands;
    assert.deepEqual(
      first?.writes.map(({ operator, target }) => `${operator} ${target.text}`),
      ['> b', '>> c'],
    );
    assert.deepEqual([first.hasInput, second?.hasInput], [false, true]);
  });

  it('parses every prefix of a script to its end', () => {
    const text = `if [ "$a" = 'b' ]; then cat <<EOF | c "\${d:-$(e \`f\`)}"\nx\nEOF\nfi; case x in y) z;; esac`;
    for (let end = 0; end <= text.length; end += 1)
      assert.ok(readShell(text.slice(0, end)).commands.length >= 0);
  });
});
