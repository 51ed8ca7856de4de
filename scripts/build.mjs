// Bundles every entry of dist/ and writes the licenses of the bundled packages. The source maps of a release are a separate artifact in
// out/sourcemaps. `--dev` builds readable bundles with their source maps next to them, `--watch` rebuilds them at every change.
// Type checking is `npm run check`.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWatching = process.argv.includes('--watch');
const isDevelopment = isWatching || process.argv.includes('--dev');
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: !isDevelopment,
  sourcemap: isDevelopment ? 'linked' : 'external',
  // Enough to find the position; the sources are in the repository.
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: isWatching ? 'info' : 'warning',
  outdir: 'dist',
  // ssh2's optional native helpers: it runs without them, and the extension contains no native code.
  external: ['vscode', 'cpu-features'],
};

/** Keeps the engine's entry out of the other bundles: they load `engine.js` on first use. */
const engineBoundary = {
  name: 'engine-boundary',
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
/** These contain an SSH server: ssh2 reads the name of a class there (lib/utils.js, onCHANNEL_CLOSE). */
const withServer = { cli: 'src/cli/main.ts', demo: 'src/demo/entry.ts' };

const bundles = (entries, keepNames) => ({
  ...shared,
  keepNames,
  plugins: [engineBoundary],
  entryPoints: Object.entries(entries).map(([out, path]) => ({ in: join(root, path), out })),
  loader: { '.node': 'empty' },
});

/** The page of the dashboard: runs in a browser, with a style sheet next to it. */
const webview = {
  ...shared,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  external: [],
  outdir: 'dist/webview',
  entryPoints: [
    { in: join(root, 'src/webview/main.ts'), out: 'dashboard' },
    { in: join(root, 'src/webview/dashboard.css'), out: 'dashboard' },
  ],
};

/** Moves the source maps out of dist/: no bundle refers to them; they are needed only to read a stack trace. */
function moveSourceMaps() {
  const folder = join(root, 'out/sourcemaps');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(join(root, 'dist'), { recursive: true }))
    if (name.endsWith('.map')) renameSync(join(root, 'dist', name), join(folder, basename(name)));
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
const all = [bundles(inEditor, false), bundles(withServer, true), webview];
if (isWatching) await Promise.all(all.map(async (options) => (await context(options)).watch()));
else {
  const results = await Promise.all(all.map((options) => build(options)));
  if (!isDevelopment) moveSourceMaps();
  const notices = thirdPartyNotices(
    root,
    results.map(({ metafile }) => metafile),
  );
  writeFileSync(join(root, 'ThirdPartyNotices.txt'), notices);
}
