import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { loadBundle } from '../support/bundles.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { type Figure, median } from './report.ts';

const root = join(import.meta.dirname, '../..');
const rounds = 15;
const isBundle = (name: string): boolean => name.endsWith('.js');

/** The size of the VSIX, the time to load the extension, and the modules that it loads. */
export function benchLoad(): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-bench-'));
  try {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
    const vsix = join(folder, 'stackprep.vsix');
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '-o', vsix], { cwd: root });
    const peer = join(folder, 'peer.js');
    const entry = { contents: "require('vscode-languageclient/node')", resolveDir: root };
    buildSync({
      stdin: entry,
      outfile: peer,
      bundle: true,
      minify: true,
      platform: 'node',
      external: ['vscode'],
    });
    const ours: number[] = [];
    const theirs: number[] = [];
    const extension = join(root, 'dist/extension.js');
    for (let round = 0; round < rounds; round += 1) {
      ours.push(loadBundle(extension).milliseconds);
      theirs.push(loadBundle(peer).milliseconds);
    }
    const others = loadBundle(extension).files.filter((file) => file !== extension && file !== 'vscode');
    const size = statSync(vsix).size / 1000;
    const unbundled = Number(
      execFileSync(
        'du',
        [
          '-sk',
          'ssh2',
          'yaml',
          'vscode-languageclient',
          'vscode-languageserver',
          'vscode-languageserver-protocol',
        ],
        { cwd: join(root, 'node_modules'), encoding: 'utf8' },
      )
        .split('\n')
        .reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0),
    );
    const time = median(ours);
    return [
      {
        name: 'load.vsix',
        unit: 'kB',
        ours: size,
        peer: { name: 'its libraries unbundled', value: unbundled },
        goal: '<=1000kB',
        met: size <= 1000,
      },
      {
        name: 'load.require',
        unit: 'ms',
        ours: time,
        peer: { name: 'vscode-languageclient alone', value: median(theirs) },
        goal: '<=50ms',
        met: time <= 50,
      },
      {
        name: 'load.modules',
        unit: 'modules',
        ours: others.length,
        peer: { name: 'bundles in dist', value: readdirSync(join(root, 'dist')).filter(isBundle).length },
        goal: '<=2 (parts that it shares; no ssh2, demo or scripts)',
        met: others.length <= 2 && others.every((file) => basename(file).startsWith('part-')),
      },
    ];
  } finally {
    clearAwaySync(folder);
  }
}
