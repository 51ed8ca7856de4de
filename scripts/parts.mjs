// How the bundles in dist/ share their modules: what is loaded at the first call of a function, and one part for what all have.
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/** Large tables that the views need only for some texts, as separate bundles. */
const lazy = [
  { name: 'catalogue', path: 'src/steps/catalogue.ts', functions: ['findStep'] },
  { name: 'explain', path: 'src/yum/explain/match.ts', functions: ['hitsOf', 'hitsAmongScriptlets'] },
];

/** Their entries, by the name of the bundle. */
export const lazyModules = Object.fromEntries(lazy.map(({ name, path }) => [name, path]));

const fromViews = /^src\/(client|plan|view)\//;

/** Makes the views load these modules when they first call a function of theirs; it is the same instance that others import. */
export const loadingLazily = {
  name: 'loading-lazily',
  setup(builder) {
    const { absWorkingDir } = builder.initialOptions;
    const below = (path) => relative(absWorkingDir, path).split(sep).join('/');
    for (const { name, path, functions } of lazy) {
      const isImported = new RegExp(`/${path.split('/').at(-1).replace('.', '\\.')}$`);
      builder.onResolve({ filter: isImported }, ({ path: specifier, resolveDir, importer, kind }) =>
        kind === 'import-statement' &&
        fromViews.test(below(importer)) &&
        below(join(resolveDir, specifier)) === path
          ? { path: name, namespace: 'lazy' }
          : undefined,
      );
      builder.onResolve({ filter: new RegExp(`^lazy:${name}$`) }, () => ({
        path: `./${name}.js`,
        external: true,
      }));
      builder.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'lazy' }, () => ({
        contents: [
          'let loaded;',
          `const load = () => (loaded ??= require('lazy:${name}'));`,
          ...functions.map((each) => `export const ${each} = (...values) => load().${each}(...values);`),
        ].join('\n'),
      }));
    }
  },
};

/** What a module loads at once: not what it loads on first use, nor types. */
const loadedAtOnce = ({ imports }) =>
  imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map(({ path }) => path);

/** The modules that some entries load at once, with all that these load. */
function reachedFrom(inputs, entryPoints) {
  const all = new Set(entryPoints);
  for (const path of all) for (const to of loadedAtOnce(inputs[path])) all.add(to);
  return all;
}

/** Whether some modules need the editor's interface, which only the extension has. */
const isOfEditor = (inputs, modules) =>
  [...modules].some((path) => inputs[path].imports.some((each) => each.external && each.path === 'vscode'));

/** All roots of bundles and of what is loaded on first use, with the modules that each of them loads at once. */
async function rootsOf(options) {
  const { metafile } = await build({ ...options, plugins: options.plugins.slice(0, -1), minify: false });
  const { inputs } = metafile;
  const later = Object.values(inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ kind, external }) => kind === 'dynamic-import' && !external)
    .map(({ path }) => path);
  const first = options.entryPoints.map(({ in: path }) =>
    relative(options.absWorkingDir, path).split(sep).join('/'),
  );
  return [...new Set([...first, ...later])].map((path) => {
    const modules = reachedFrom(inputs, [path]);
    return { path, modules, isOfEditor: isOfEditor(inputs, modules) };
  });
}

/** What the activation has in common with others: by the name of the part, the modules, and the roots that import them. */
async function partsOf(options, activationEntry) {
  const roots = await rootsOf(options);
  const activation = roots.find(({ path }) => path === activationEntry);
  const others = roots.filter((root) => root !== activation);
  const early = others.find(({ path }) => activation.modules.has(path));
  if (early) throw new Error(`${early.path} is loaded on first use, but the activation loads it at once`);
  const commonWith = (some) =>
    [...activation.modules].filter(
      (path) => !path.startsWith('lazy:') && some.some(({ modules }) => modules.has(path)),
    );
  const ofEditor = others.filter((root) => root.isOfEditor);
  const everywhere = commonWith(others.filter((root) => !root.isOfEditor));
  const inEditor = commonWith(ofEditor).filter((path) => !everywhere.includes(path));
  return {
    everywhere: { modules: everywhere, roots: roots.map(({ path }) => path) },
    editor: { modules: inEditor, roots: [activation, ...ofEditor].map(({ path }) => path) },
  };
}

/**
 * Makes one part of all modules that the activation shares with other bundles, and one of those that need the editor: esbuild makes a part
 * for every set of bundles that has the same modules, dozens of small files, each of which VS Code would read. So all of these bundles
 * import all of these modules.
 */
export function withFewParts(options, activationEntry) {
  const name = 'few-parts';
  const setup = async (builder) => {
    const parts = await partsOf(options, activationEntry);
    builder.onResolve({ filter: /^part:/ }, ({ path }) => ({
      path: path.slice('part:'.length),
      namespace: name,
    }));
    builder.onLoad({ filter: /./, namespace: name }, ({ path }) => ({
      contents: parts[path].modules.map((module) => `import './${module}';`).join('\n'),
      resolveDir: options.absWorkingDir,
    }));
    builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const imported = Object.entries(parts).filter(([, { roots }]) =>
        roots.some((root) => join(options.absWorkingDir, root) === path),
      );
      if (imported.length === 0) return undefined;
      const imports = imported.map(([part]) => `import 'part:${part}';`).join('\n');
      return { contents: `${readFileSync(path, 'utf8')}\n${imports}`, loader: 'ts' };
    });
  };
  return { ...options, plugins: [{ name, setup }, ...options.plugins] };
}
