import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PUBLISHER = 'stackprep-tests';
const NAME = 'language-pack-ko';
const ID = `${PUBLISHER}.${NAME}`;
const VERSION = '1.0.0';

/**
 * Makes `ko` a display language of the server: a language pack (an extension with `contributes.localizations`) in
 * `folder`, and its entry in `languagepacks.json`, which the server reads for every page whose browser requests Korean.
 * The texts of the workbench stay English; extensions with Korean texts show those.
 */
export async function makeKoreanPack(folder: string, serverData: string): Promise<void> {
  const translations = join(folder, 'translations/main.i18n.json');
  await mkdir(join(folder, 'translations'), { recursive: true });
  await mkdir(join(serverData, 'User'), { recursive: true });
  await writeJson(join(folder, 'package.json'), manifest());
  await writeJson(translations, { version: VERSION, contents: {} });
  // Without this file, the server assumes English and ignores the language of the browser.
  await writeJson(join(serverData, 'User/argv.json'), {});
  await writeJson(join(serverData, 'languagepacks.json'), {
    ko: {
      hash: createHash('md5').update(ID).update(VERSION).digest('hex'),
      extensions: [{ extensionIdentifier: { id: ID }, version: VERSION }],
      translations: { vscode: translations },
      label: '한국어',
    },
  });
}

function manifest(): object {
  const localization = {
    languageId: 'ko',
    languageName: 'Korean',
    localizedLanguageName: '한국어',
    translations: [{ id: 'vscode', path: './translations/main.i18n.json' }],
  };
  return {
    name: NAME,
    publisher: PUBLISHER,
    version: VERSION,
    engines: { vscode: '^1.91.0' },
    contributes: { localizations: [localization] },
  };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
