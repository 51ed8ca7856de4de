import { answerKeys, defaultOf, hasKey } from '../../../src/packstack/keys.ts';
import { optionsOf } from '../../../src/packstack/values.ts';
import { guestFile } from '../guest.ts';
import type { PackageFile } from './package.ts';

/** The stand-in for Packstack, with the keys of one version. */
export function packstackProgram(version: string): Readonly<Record<string, PackageFile>> {
  const keys = answerKeys
    .filter((key) => hasKey(key, version))
    .map((key) => [
      key.name,
      {
        default:
          defaultOf(key, version) ?? (key.isSecret ? 'PW_PLACEHOLDER' : (key.options[0] ?? '127.0.0.1')),
        options: key.checks.includes('options') ? optionsOf(key, version) : [],
        secret: key.isSecret && key.checks.includes('not_empty'),
      },
    ]);
  const text = guestFile('packstack.py')
    .replace('@VERSION@', version)
    .replace('@KEYS@', () => JSON.stringify(Object.fromEntries(keys)));
  return { '/usr/bin/packstack': { text, mode: '0755' } };
}
