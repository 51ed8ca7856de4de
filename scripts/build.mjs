// Bundles every entry of dist/, and writes the licenses of what the extension bundles. The source maps of a release are a separate
// artifact in out/sourcemaps. `--dev` builds readable bundles with their source maps next to them, `--watch` rebuilds them at every change.
// Type checking is `npm run check`.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, context } from 'esbuild';
import { contentsFile, distBundles, packageBundles, root } from './bundles.mjs';
import { bundledPackages, thirdPartyNotices } from './notices.mjs';

const isWatching = process.argv.includes('--watch');
const isDevelopment = isWatching || process.argv.includes('--dev');

/** Moves the source maps out of dist/: no bundle refers to them; they are needed only to read a stack trace. */
function moveSourceMaps() {
  const folder = join(root, 'out/sourcemaps');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(join(root, 'dist'), { recursive: true }))
    if (name.endsWith('.map')) renameSync(join(root, 'dist', name), join(folder, basename(name)));
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
const all = distBundles({ isDevelopment, isWatching });
if (isWatching) await Promise.all(all.map(async (options) => (await context(options)).watch()));
else {
  const results = await Promise.all(all.map((options) => build(options)));
  if (!isDevelopment) moveSourceMaps();
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(contentsFile, JSON.stringify(outputs));
  const inExtension = packageBundles(outputs).vsix.map((path) => outputs[path]);
  writeFileSync(join(root, 'ThirdPartyNotices.txt'), thirdPartyNotices(bundledPackages(root, inExtension)));
}
