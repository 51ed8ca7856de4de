import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Language = 'en' | 'ko';

interface Manifest {
  readonly contributes?: {
    readonly languages?: readonly { readonly id: string; readonly aliases?: readonly string[] }[];
    readonly commands?: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
    }[];
  };
}

/** The label of one of the extension's commands in the command palette: `category: title` in the given language. */
export async function paletteLabel(extension: string, id: string, language: Language): Promise<string> {
  const manifest = (await readJson(join(extension, 'package.json'))) as Manifest;
  const command = manifest.contributes?.commands?.find((candidate) => candidate.command === id);
  if (command === undefined) throw new Error(`package.json contributes no command ${id}`);
  const texts = await nls(extension, language);
  const translated = (text: string): string =>
    text.replace(/^%(.+)%$/, (whole, key: string) => texts[key] ?? whole);
  const label = [command.category, command.title].filter((part) => part !== undefined);
  return label.map(translated).join(': ');
}

/** The name of a language mode in the status bar. */
export async function languageName(extension: string, id: string): Promise<string> {
  const manifest = (await readJson(join(extension, 'package.json'))) as Manifest;
  const language = manifest.contributes?.languages?.find((candidate) => candidate.id === id);
  if (language === undefined) throw new Error(`package.json contributes no language ${id}`);
  return language.aliases?.[0] ?? id;
}

/** The manifest's texts by key; a text without a translation stays English. */
async function nls(extension: string, language: Language): Promise<Readonly<Record<string, string>>> {
  const names =
    language === 'en' ? ['package.nls.json'] : ['package.nls.json', `package.nls.${language}.json`];
  const tables = names.map((name) => join(extension, name)).filter((path) => existsSync(path));
  return Object.assign({}, ...(await Promise.all(tables.map(readJson)))) as Record<string, string>;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
