/** An expression that the source builds at run time, and its position. */
export interface Built {
  /** `yum/clean.ts:38`, below src. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

const built = new Map<string, Built>();
const frame = /\/src\/([^\s()]+?\.ts):(\d+)/;

globalThis.RegExp = new Proxy(RegExp, {
  construct(target, args: ConstructorParameters<typeof RegExp>, newTarget): RegExp {
    const made: RegExp = Reflect.construct(target, args, newTarget);
    const [, file, line] = frame.exec(new Error('where').stack ?? '') ?? [];
    const each = { place: `${file}:${line}`, source: made.source, flags: made.flags };
    if (file !== undefined) built.set(JSON.stringify(each), each);
    return made;
  },
});

/** The source is loaded now, because some of its expressions are built while it loads. */
async function main(): Promise<void> {
  const { readCluster } = await import('../../../src/rules/decode.ts');
  const { createYumParser } = await import('../../../src/yum/parser.ts');
  const { createLogReader } = await import('../../../src/yum/explain/log-reader.ts');
  const { readScript } = await import('../../../src/demo/script.ts');
  await import('../../../src/run/mask-shapes.ts');
  const { clusterTexts } = await import('../texts.ts');

  const braces =
    'cluster: a\nsteps:\n  - { name: x, run: test -f `a`, check: `b` }\n  - { name: y, run: [[ -f a ]] && b }\n';
  for (const text of [...clusterTexts, braces]) readCluster(text);
  for (const line of [
    '==> a.host-1: Loaded plugins: x',
    '#8 1.234 Loaded plugins: x',
    '0.123 Loaded plugins: x',
  ])
    createYumParser().push(`${line}\n`);
  createLogReader().push('Error: Nothing to do\n');
  readScript(
    '# stackprep {"version":1,"kind":"run","steps":[{"id":"a","own":false,"intent":{}}]}\nsp_nonce=n\nsp_main() {\n}\nsp_main </dev/null\n',
  );
  process.stdout.write(JSON.stringify([...built.values()]));
}

void main();
