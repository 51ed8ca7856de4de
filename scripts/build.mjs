// Bundles every entry of dist/ and writes the licences of what is bundled; `--watch` rebuilds. Type checking is `npm run check`.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  outdir: 'dist',
  // ssh2's optional native helpers: it runs without them, and nothing native goes into the extension.
  external: ['vscode', 'cpu-features'],
};

/** The engine's entry behind a bundle border: whoever imports it loads `engine.js` on first use. */
const borders = {
  name: 'borders',
  setup(builder) {
    builder.onResolve({ filter: /\/app\/entry\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './engine.js', external: true },
    );
  },
};

const inEditor = {
  extension: 'src/client/extension.ts',
  server: 'src/server/main.ts',
  engine: 'src/app/entry.ts',
};
/** These hold an SSH server: ssh2 asks for the name of a class there (lib/utils.js, onCHANNEL_CLOSE). */
const withServer = { cli: 'src/cli/main.ts', demo: 'src/demo/entry.ts' };

const bundles = (entries, keepNames) => ({
  ...shared,
  keepNames,
  plugins: [borders],
  entryPoints: Object.entries(entries).map(([out, path]) => ({ in: join(root, path), out })),
  loader: { '.node': 'empty' },
});

rmSync(join(root, 'dist'), { recursive: true, force: true });
const all = [bundles(inEditor, false), bundles(withServer, true)];
if (process.argv.includes('--watch'))
  await Promise.all(all.map(async (options) => (await context(options)).watch()));
else {
  const results = await Promise.all(all.map((options) => build(options)));
  const notices = thirdPartyNotices(
    root,
    results.map(({ metafile }) => metafile),
  );
  writeFileSync(join(root, 'ThirdPartyNotices.txt'), notices);
}
