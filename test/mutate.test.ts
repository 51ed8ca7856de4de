import assert from 'node:assert/strict';

const script = `# a comment && nothing else
f() {
  [ "$1" = a ] || return 1
  cat <<END
kept && as it is
END
  rm -f "$1"
}
[ "$2" = a ] || return 1
`;

describe('The mutators of npm run mutate', () => {
  it('change shell operators, tests, exit codes and commands, but neither comments nor here-documents', async () => {
    const { shellMutants } = await import('../scripts/mutate/shell.mts');
    const mutants = shellMutants('x.sh', script).map(({ start, end, replacement }) => [
      script.slice(0, start).split('\n').length,
      script.slice(start, end),
      replacement,
    ]);
    assert.deepEqual(mutants, [
      [3, '||', '&&'],
      [3, ' = ', ' != '],
      [3, 'return 1', 'return 0'],
      [7, 'rm -f "$1"', ':'],
      [9, '||', '&&'],
      [9, ' = ', ' != '],
      [9, 'return 1', 'return 0'],
    ]);
  });

  it('place each change of TypeScript at its position', async () => {
    const { instrumented } = await import('../scripts/mutate/typescript.mts');
    const text = 'export const isLate = (now: number): boolean =>\n  now > 5 && now < 9;\n';
    const { mutants, texts } = await instrumented(new Map([['x.ts', text]]));
    const changed = mutants.map(({ start, end, replacement }) => [text.slice(start, end), replacement]);
    for (const expected of [
      ['now > 5', 'now >= 5'],
      ['now > 5 && now < 9', 'now > 5 || now < 9'],
    ])
      assert.ok(
        changed.some(([from, to]) => from === expected[0] && to === expected[1]),
        JSON.stringify(changed),
      );
    for (const { id } of mutants) assert.ok(texts.get('x.ts')?.includes(`stryMutAct_9fa48("${id}")`), id);
  });

  it('give equal mutants distinct names, which are stable when other lines change', async () => {
    const { named } = await import('../scripts/mutate/mutant.mts');
    const { shellMutants } = await import('../scripts/mutate/shell.mts');
    const names = (text: string) => named(shellMutants('x.sh', text), text).map(({ name }) => name);
    assert.equal(new Set(names(`${script}${script}`)).size, names(`${script}${script}`).length);
    assert.deepEqual(names(`x=1\n${script}`), names(script));
  });
});
