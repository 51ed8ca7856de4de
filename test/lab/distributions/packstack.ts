import { packstackOldNames } from '../../../src/data/packstack-old-names.ts';
import { type AnswerKey, answerKeys, compareVersions, hasKey } from '../../../src/packstack/keys.ts';
import { optionsOf } from '../../../src/packstack/values.ts';
import { guestFile } from '../guest.ts';
import type { PackageFile } from './package.ts';

/** The default in the stand-in: `<local>` for the host's address, `<uuid>` for generated values. */
function defaultFor({ defaults, options }: AnswerKey, version: string): string {
  const value = defaults.findLast(({ since }) => compareVersions(since, version) <= 0)?.value ?? '';
  if (value.includes('uuid')) return '<uuid>';
  if (value.includes('get_localhost_ip')) return '<local>';
  return value.startsWith('<') ? (options[0] ?? 'computed') : value;
}

/** The source of the Packstack stand-in with the keys of one version. */
export function packstackText(version: string): string {
  const keys = answerKeys
    .filter((key) => hasKey(key, version))
    .map((key) => [
      key.name,
      {
        default: defaultFor(key, version),
        options: optionsOf(key, version),
        checks: key.checks,
        deprecates: packstackOldNames[key.name] ?? [],
      },
    ]);
  return guestFile('packstack.py')
    .replace('@VERSION@', version)
    .replace('@KEYS@', () => JSON.stringify(Object.fromEntries(keys)));
}

/** The program as a file of its package. */
export function packstackProgram(version: string): Readonly<Record<string, PackageFile>> {
  return { '/usr/bin/packstack': { text: packstackText(version), mode: '0755' } };
}
