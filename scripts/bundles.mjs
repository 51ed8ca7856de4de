// What is bundled from which entry, and how: for dist/ (build.mjs) and as the single file (package.mjs).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { lazyModules, loadingLazily, withFewParts } from './parts.mjs';

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

/** The imports of the command line that are other bundles, or parts of the single file. */
const lazy = [
  { filter: /^stackprep:server$/, bundle: './server.js', source: 'src/server/main.ts' },
  { filter: /^stackprep:demo$/, bundle: './demo.js', source: 'src/demo/entry.ts' },
];

/** Leaves the lazy bundles outside, or takes them in. */
const lazyBundles = (isInside) => ({
  name: 'lazy-bundles',
  setup(builder) {
    for (const { filter, bundle, source } of lazy)
      builder.onResolve({ filter }, () =>
        isInside ? { path: join(root, source) } : { path: bundle, external: true },
      );
  },
});

/** Leaves ssh2's SFTP out: nothing here opens or offers it, and its code would be a twelfth of the extension, in two bundles. */
const withoutSftp = {
  name: 'without-sftp',
  setup(builder) {
    builder.onLoad({ filter: /ssh2[\\/]lib[\\/]protocol[\\/]SFTP\.js$/ }, () => ({
      contents: 'exports.SFTP = class SFTP {};',
    }));
  },
};

/** Keeps the name of a class of ssh2's server that lib/utils.js reads (onCHANNEL_CLOSE): bundles have shorter names. */
const withSessionName = {
  name: 'with-session-name',
  setup(builder) {
    builder.onLoad({ filter: /ssh2[\\/]lib[\\/]server\.js$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\nObject.defineProperty(Session, 'name', { value: 'Session' });`,
    }));
  },
};

/**
 * Turns ES modules that share parts, which esbuild makes in that format only, into CommonJS, which VS Code loads; writes them with
 * their source maps.
 */
const asCommonJs = (isDevelopment) => ({
  name: 'as-common-js',
  setup(builder) {
    builder.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code, map } = await transform(text, {
          format: 'cjs',
          platform: 'node',
          target: shared.target,
          minify: !isDevelopment,
          // The one of the first pass is in the text.
          sourcemap: isDevelopment ? 'inline' : 'external',
          sourcesContent: false,
          sourcefile: basename(path),
          legalComments: 'none',
          charset: 'utf8',
        });
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, code, { mode: code.startsWith('#!') ? 0o755 : 0o644 });
        if (map) writeFileSync(`${path}.map`, map);
      }
    });
  },
});

/** They share their parts; `app/entry.ts` and the lazy modules are what the others load on first use. */
const entries = {
  ...lazyModules,
  extension: 'src/client/extension.ts',
  server: 'src/server/main.ts',
  engine: 'src/app/entry.ts',
  demo: 'src/demo/entry.ts',
  cli: 'src/cli/main.ts',
};

const named = (all) => Object.entries(all).map(([out, path]) => ({ in: join(root, path), out }));

/** The options of esbuild for everything in dist/. */
export function distBundles({ isDevelopment, isWatching }) {
  const common = {
    ...shared,
    minify: !isDevelopment,
    sourcemap: isDevelopment ? 'linked' : 'external',
    charset: 'utf8',
    logLevel: isWatching ? 'info' : 'warning',
  };
  const bundles = {
    ...common,
    sourcemap: 'inline',
    format: 'esm',
    splitting: true,
    write: false,
    outdir: 'dist',
    // In the same folder, since modules look for others in `__dirname`.
    chunkNames: 'part-[hash]',
    plugins: [lazyBundles(false), loadingLazily, withoutSftp, withSessionName, asCommonJs(isDevelopment)],
    entryPoints: named(entries),
  };
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
  return [withFewParts(bundles, entries.extension), webview];
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
    plugins: [lazyBundles(true), withoutSftp],
    entryPoints: [join(root, 'src/cli/main.ts')],
    banner: { js: commonJs },
  };
}

/** Where the build leaves what each bundle contains: the `outputs` of esbuild's metafiles. */
export const contentsFile = join(root, 'out/bundles.json');

/** The bundles that each package needs, as paths of outputs; `outputs` is the content of that file. */
export function packageBundles(outputs) {
  const reached = (names) => {
    const all = new Set(names.map((name) => `dist/${name}.js`));
    for (const path of all) {
      if (!outputs[path]) throw new Error(`${path} is not in ${contentsFile}: npm run build`);
      for (const { path: to, external } of outputs[path].imports) if (!external) all.add(to);
    }
    return [...all].sort();
  };
  const onFirstUse = ['server', 'engine', 'demo', ...Object.keys(lazyModules)];
  return {
    vsix: reached([...onFirstUse, 'extension', 'webview/dashboard']),
    npm: reached([...onFirstUse, 'cli']),
  };
}
