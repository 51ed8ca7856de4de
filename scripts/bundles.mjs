// What is bundled from which entry, and how: for dist/ (build.mjs) and as the single file (package.mjs).
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Enough to find the position; the sources are in the repository.
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  // ssh2's optional native helpers: it runs without them, and the extension contains no native code.
  external: ['vscode', 'cpu-features'],
  loader: { '.node': 'empty' },
};

/** The bundles that the others load on first use, by the specifier of the import. */
const lazy = [
  { filter: /\/app\/entry\.ts$/, bundle: './engine.js', source: 'src/app/entry.ts' },
  { filter: /^stackprep:server$/, bundle: './server.js', source: 'src/server/main.ts' },
  { filter: /^stackprep:demo$/, bundle: './demo.js', source: 'src/demo/entry.ts' },
];

/** Leaves the lazy bundles outside, or takes them in. */
const lazyBundles = (isInside) => ({
  name: 'lazy-bundles',
  setup(builder) {
    for (const { filter, bundle, source } of lazy)
      builder.onResolve({ filter }, ({ kind }) => {
        if (kind === 'entry-point') return undefined;
        return isInside ? { path: join(root, source) } : { path: bundle, external: true };
      });
  },
});

const inEditor = {
  extension: 'src/client/extension.ts',
  server: 'src/server/main.ts',
  engine: 'src/app/entry.ts',
};
/** These contain an SSH server: ssh2 reads the name of a class there (lib/utils.js, onCHANNEL_CLOSE). */
const withServer = { cli: 'src/cli/main.ts', demo: 'src/demo/entry.ts' };

/** The options of esbuild for everything in dist/. */
export function distBundles({ isDevelopment, isWatching }) {
  const common = {
    ...shared,
    minify: !isDevelopment,
    sourcemap: isDevelopment ? 'linked' : 'external',
    logLevel: isWatching ? 'info' : 'warning',
  };
  const bundles = (entries, keepNames) => ({
    ...common,
    format: 'cjs',
    outdir: 'dist',
    keepNames,
    plugins: [lazyBundles(false)],
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: join(root, path), out })),
  });
  /** The page of the dashboard: runs in a browser, with a style sheet next to it. */
  const webview = {
    ...common,
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
  return [bundles(inEditor, false), bundles(withServer, true), webview];
}

/** What the bundled CommonJS modules expect to be there: ssh2's WebAssembly reads `__dirname`, and Node's own modules are required. */
const commonJs = `import { createRequire as stackprepRequire } from 'node:module';
const require = stackprepRequire(import.meta.url);
const __dirname = require('node:path').dirname(require('node:url').fileURLToPath(import.meta.url));`;

/** The options of esbuild for the command line as one ES module. */
export function singleFile() {
  return {
    ...shared,
    minify: true,
    keepNames: true,
    format: 'esm',
    write: false,
    plugins: [lazyBundles(true)],
    entryPoints: [join(root, 'src/cli/main.ts')],
    banner: { js: commonJs },
  };
}

/** Where the build leaves what each bundle contains: the `outputs` of esbuild's metafiles. */
export const contentsFile = join(root, 'out/bundles.json');

/** The bundles of each package, as paths of outputs. */
export const packages = {
  vsix: ['extension', 'server', 'engine', 'demo', 'webview/dashboard'].map((name) => `dist/${name}.js`),
  npm: ['cli', 'server', 'engine', 'demo'].map((name) => `dist/${name}.js`),
};
