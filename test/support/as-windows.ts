import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/**
 * A module of src with the paths of Windows: its `node:path` is `path.win32`, and `process.platform` is win32. What the operating
 * system itself does (files, pipes, programs) stays that of this computer.
 */
export async function asWindows<Module>(file: string): Promise<Module> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src', file)],
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'silent' },
    define: { 'process.platform': '"win32"' },
    external: ['cpu-features', 'vscode'],
    loader: { '.node': 'empty' },
    plugins: [
      {
        name: 'windows-paths',
        setup: (builder) => {
          builder.onResolve({ filter: /^(?:node:)?path$/ }, ({ importer }) =>
            importer.includes('node_modules') ? undefined : { path: 'path', namespace: 'windows' },
          );
          builder.onLoad({ filter: /.*/, namespace: 'windows' }, () => ({
            contents: "module.exports = require('node:path/win32');",
          }));
        },
      },
    ],
  });
  const module: { exports: unknown } = { exports: {} };
  const code = outputFiles?.[0]?.text ?? '';
  new Function('module', 'exports', 'require', '__dirname', code)(
    module,
    module.exports,
    createRequire(import.meta.url),
    import.meta.dirname,
  );
  return module.exports as Module;
}
