import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { componentOfKey, describeKey } from './describe.ts';
import { effectiveAnswers } from './effective.ts';
import { isRead } from './groups.ts';
import { hostList } from './hosts.ts';
import { answerKeys, findAnswerKey } from './keys.ts';
import type { Values } from './need.ts';

/** A difference between the effective answers of two files. */
export interface AnswerChange {
  readonly key: string;
  /** The values; undefined if Packstack computes the default on the node, or for a secret. */
  readonly from?: string;
  readonly to?: string;
  /** The file whose Packstack does not have the key. */
  readonly lacking?: 'old' | 'new';
  readonly isSecret: boolean;
  /** What the key is about, if known. */
  readonly about?: Message;
  /** What the change does, in sentences. */
  readonly effects: readonly Message[];
}

interface Side {
  readonly values: Values;
  readonly has: (key: string) => boolean;
}

/** The effective answers of a file; what its Packstack does not have, it ignores. */
function sideOf(text: string): Side {
  const { values, isKnown } = effectiveAnswers(text).judged;
  return { values: (key) => (isKnown(key) ? values(key) : undefined), has: isKnown };
}

/** The values of a list are split at commas and stripped of blanks (PS utils/strings.py and neutron_350.py). */
function isSame(key: string, one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const isList = findAnswerKey(key)?.checks.some((check) => check.startsWith('multi_')) === true;
  const parts = (value: string) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return one === other || (isList && parts(one).join() === parts(other).join());
}

/** Passwords that an installed cloud keeps, whatever the file says afterwards. */
const keptPasswords: Readonly<Record<string, Message>> = {
  CONFIG_MARIADB_PW: msg(
    'A MariaDB that is installed already keeps its password. Packstack can no longer log in to it and stops.',
  ),
  CONFIG_KEYSTONE_ADMIN_PW: msg(
    'If Keystone is installed already, Packstack logs in with the new password and is refused until you change it there.',
  ),
  CONFIG_SWIFT_HASH: msg('An installed Swift no longer finds its objects. This value can never be changed.'),
  CONFIG_HEAT_AUTH_ENC_KEY: msg('Heat can no longer read the secrets of existing stacks.'),
};

function installEffect(key: string, from: string | undefined, to: string | undefined): readonly Message[] {
  const name = componentOfKey(key);
  if (name === undefined) return [];
  if (to === 'y') return [msg('Packstack installs {0} in the next run.', name)];
  if (from !== 'y') return [];
  return [
    msg(
      '{0} is no longer configured. Packstack removes nothing: its packages, services and data stay.',
      name,
    ),
  ];
}

/** Hosts that come and go; Packstack only ever adds to a host. */
function hostEffects(key: string, from: string | undefined, to: string | undefined): readonly Message[] {
  const [before, after] = [hostList(from), hostList(to)];
  const added = after.filter((host) => !before.includes(host));
  const removed = before.filter((host) => !after.includes(host));
  const isList = key.endsWith('_HOSTS');
  return [
    ...(added.length > 0
      ? [msg('Packstack logs in to {0} and installs the services there.', added.join(', '))]
      : []),
    ...(removed.length > 0
      ? [
          isList
            ? msg(
                '{0} is no longer configured. Its services stay; disable them there and delete them from the cloud.',
                removed.join(', '),
              )
            : msg(
                'The service stays on {0} with its data, and the others no longer use it.',
                removed.join(', '),
              ),
        ]
      : []),
  ];
}

function effectsOf(key: string, from: string | undefined, to: string | undefined): readonly Message[] {
  const kept = own(keptPasswords, key);
  if (kept) return [kept];
  if (/^CONFIG_[A-Z]+_INSTALL$/.test(key)) return installEffect(key, from, to);
  if (/_HOSTS?$/.test(key)) return hostEffects(key, from, to);
  if (key === 'EXCLUDE_SERVERS')
    return [
      to
        ? msg('Packstack changes nothing on {0} in the next run.', hostList(to).join(', '))
        : msg('Packstack applies the manifests of all hosts again.'),
    ];
  if (key === 'CONFIG_NEUTRON_L2_AGENT')
    return [
      msg(
        'Packstack sets up {0} instead of {1}. Existing networks, routers and ports are not converted.',
        to ?? '',
        from ?? '',
      ),
    ];
  return [];
}

/** The differences between the effective answers of two files, in the order of the keys; answers that neither file makes Packstack read are left out. */
export function compareAnswers(oldText: string, newText: string): readonly AnswerChange[] {
  const [before, after] = [sideOf(oldText), sideOf(newText)];
  return answerKeys.flatMap(({ name: key, isSecret }): readonly AnswerChange[] => {
    const [wasRead, willBeRead] = [before, after].map(({ values, has }) => has(key) && isRead(key, values));
    const [from, to] = [before.values(key), after.values(key)];
    if (!(wasRead || willBeRead) || isSame(key, from, to)) return [];
    const lacking = before.has(key) ? (after.has(key) ? undefined : 'new') : 'old';
    const about = describeKey(key);
    return [
      {
        key,
        isSecret,
        ...(lacking === undefined ? {} : { lacking }),
        ...(isSecret || from === undefined ? {} : { from }),
        ...(isSecret || to === undefined ? {} : { to }),
        ...(about === undefined ? {} : { about }),
        effects: effectsOf(key, from, to),
      },
    ];
  });
}
