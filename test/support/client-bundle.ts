import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { clearAway } from './clear-away.ts';

const root = join(import.meta.dirname, '../..');

/** Modules of the client, bundled with a `vscode` that the test provides. */
export interface ClientBundle<Exports> {
  readonly exports: Exports;
  /** Replaces the `vscode` module; it is read at each use. */
  use(vscode: object): void;
  dispose(): Promise<void>;
}

/** Bundles modules of `src/client` by name; `keys` are the exports of `vscode` that they import. */
export async function bundleClient<Exports>(
  modules: readonly string[],
  keys: readonly string[],
): Promise<ClientBundle<Exports>> {
  const folder = await mkdtemp(join(tmpdir(), 'stackprep-client-'));
  const place: { vscode: object } = { vscode: { l10n: {} } };
  const name = `fake-vscode-${modules.join('-')}`;
  Object.assign(globalThis, { [name]: place });
  const getter = (key: string): string =>
    `Object.defineProperty(exports, '${key}', { enumerable: true, get: () => globalThis['${name}'].vscode.${key} });`;
  await build({
    stdin: {
      contents: modules.map((each) => `export * from './src/client/${each}.ts';`).join('\n'),
      resolveDir: root,
    },
    outfile: join(folder, 'client.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [
      {
        name: 'vscode',
        setup: (builder) => {
          builder.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'fake' }));
          builder.onLoad({ filter: /.*/, namespace: 'fake' }, () => ({
            contents: ['l10n', ...keys].map(getter).join('\n'),
          }));
        },
      },
    ],
  });
  return {
    exports: createRequire(import.meta.url)(join(folder, 'client.cjs')),
    use: (vscode) => {
      place.vscode = { l10n: {}, ...vscode };
    },
    dispose: () => clearAway(folder),
  };
}
