import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NamedMutant, named } from './mutant.mts';
import { shellMutants } from './shell.mts';
import { instrumented, type SwitchedMutant } from './typescript.mts';

const sampleSize = 150;

export interface ModuleSample {
  readonly module: string;
  readonly typescript: readonly (NamedMutant & SwitchedMutant)[];
  readonly shell: readonly NamedMutant[];
}

export interface Samples {
  readonly modules: readonly ModuleSample[];
  /** The files of the samples' TypeScript mutants, with all mutants in them, by path. */
  readonly instrumentedTexts: ReadonlyMap<string, string>;
}

export function filesBelow(root: string, folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => pattern.test(name))
    .sort();
}

const rank = (name: string): string => createHash('sha256').update(name).digest('hex');

/** The same mutants every time, wherever they have moved: those whose names have the lowest hashes. */
function lowest<T extends NamedMutant>(all: readonly T[]): readonly T[] {
  return [...all].sort((left, right) => (rank(left.name) < rank(right.name) ? -1 : 1)).slice(0, sampleSize);
}

const isTypescript = (mutant: NamedMutant): mutant is NamedMutant & SwitchedMutant => 'id' in mutant;

export async function samplesOf(root: string, modules: readonly string[]): Promise<Samples> {
  const texts = new Map(
    modules
      .flatMap((module) => filesBelow(root, `src/${module}`, /(?<!\.sh)\.ts$|\.sh$/))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );
  const typescript = await instrumented(new Map([...texts].filter(([file]) => file.endsWith('.ts'))));
  const mutantsOf = (file: string, text: string): readonly NamedMutant[] =>
    named(
      file.endsWith('.sh')
        ? shellMutants(file, text)
        : typescript.mutants.filter((mutant) => mutant.file === file),
      text,
    );
  const all = [...texts].flatMap(([file, text]) => mutantsOf(file, text));
  const samples = modules.map((module) => {
    const own = all.filter(({ file }) => file.startsWith(`src/${module}/`));
    const sample = lowest(own);
    console.log(`${module}: ${sample.length} of ${own.length} mutants`);
    const shell = sample.filter((mutant) => !isTypescript(mutant));
    return { module, typescript: sample.filter(isTypescript), shell };
  });
  const files = new Set(samples.flatMap(({ typescript }) => typescript.map(({ file }) => file)));
  return {
    modules: samples,
    instrumentedTexts: new Map([...typescript.texts].filter(([file]) => files.has(file))),
  };
}
