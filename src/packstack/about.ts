import { type Message, msg, type Translate } from '../base/l10n.ts';
import { packstackVersions } from '../data/packstack.ts';
import { describeKey } from './describe.ts';
import { type AnswerKey, defaultOf, newestPackstack } from './keys.ts';
import { hasOptions, optionsOf } from './values.ts';

function releaseOf(version: string): string {
  const release = Object.entries(packstackVersions).find(([, each]) => each === version)?.[0];
  return release === undefined ? version : `${version} (${release})`;
}

/** Information about a key, line by line. */
export function aboutKey(key: AnswerKey, version?: string): readonly Message[] {
  const what = describeKey(key.name);
  const value = defaultOf(key, version);
  const options = optionsOf(key, version);
  return [
    ...(what ? [what] : []),
    ...(hasOptions(key) ? [msg('Values: {0}.', options.join(', '))] : []),
    value === undefined
      ? msg('Default: chosen by Packstack.')
      : value === ''
        ? msg('Default: empty.')
        : msg('Default: {0}.', value),
    ...(key.isSecret
      ? [msg('Secret. If the file has none, Packstack generates one and writes it to the file.')]
      : []),
    key.last === newestPackstack
      ? msg('Command-line option: {0}. Available since Packstack {1}.', key.option, releaseOf(key.first))
      : msg(
          'Command-line option: {0}. Available in Packstack {1} to {2} only.',
          key.option,
          releaseOf(key.first),
          releaseOf(key.last),
        ),
  ];
}

/** Like above, as Markdown. */
export function keyPage(key: AnswerKey, translate: Translate, version?: string): string {
  return [`**${key.name}**`, ...aboutKey(key, version).map(translate)].join('\n\n');
}
