import { type Message, msg } from '../../base/l10n.ts';
import { wildcard } from '../../base/wildcard.ts';

/** The methods of a login; RFC 4252 and 4256. */
export type LoginMethod = 'publickey' | 'password' | 'keyboard-interactive';
export const loginMethods: readonly LoginMethod[] = ['publickey', 'password', 'keyboard-interactive'];

/** What the user's ssh config forbids; see docs/security.md for every keyword of ssh_config(5). */
export interface Security {
  /** The methods that may be used. */
  readonly methods: ReadonlySet<LoginMethod>;
  /** PubkeyAcceptedAlgorithms: whether a signature with it may be sent. */
  mayUse(algorithm: string): boolean;
  /** RequiredRSASize: the smallest RSA key, bits. */
  readonly rsaBits: number;
  /** CheckHostIP: the key of a name is compared with that of its address. */
  readonly checksAddress: boolean;
  /** BatchMode: nothing is asked. */
  readonly isBatch: boolean;
  /** The keyword that forbids to ask for a password or a passphrase. */
  readonly unaskedBy?: string;
  /** NumberOfPasswordPrompts: how often a password or a passphrase is asked for, one after another. */
  readonly attempts: number;
  /** Why nothing may connect with this config. */
  readonly refused?: Message;
}

/** OpenSSH's default of NumberOfPasswordPrompts. */
export const defaultAttempts = 3;

/** OpenSSH's default of RequiredRSASize. */
export const defaultRsaBits = 1_024;

const isYes = (value: string | undefined): boolean => /^(?:yes|true)$/i.test(value ?? '');
const isNo = (value: string | undefined): boolean => /^(?:no|false)$/i.test(value ?? '');

/** A list as in ssh_config(5): `+` and `^` add to the defaults, `-` removes patterns from them. */
function listOf(value: string | undefined): (algorithm: string) => boolean {
  if (value === undefined || /^[+^]/.test(value)) return () => true;
  const patterns = value
    .replace(/^-/, '')
    .split(',')
    .map((pattern) => wildcard(pattern.trim()));
  const isListed = (algorithm: string): boolean => patterns.some((fits) => fits(algorithm));
  return value.startsWith('-') ? (algorithm) => !isListed(algorithm) : isListed;
}

function attemptsOf(value: string | undefined): number {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : defaultAttempts;
}

/** Reads what forbids something; `value` gives the first value of a keyword in lower case, `isSet` whether the files have it. */
export function securityOf(
  value: (keyword: string) => string | undefined,
  isSet: (keyword: string) => boolean,
): Security {
  const isBatch = isYes(value('batchmode'));
  const attempts = attemptsOf(value('numberofpasswordprompts'));
  const isUnasked = isBatch || attempts === 0;
  const preferred = value('preferredauthentications')?.split(',');
  const off = new Map<LoginMethod, boolean>([
    ['publickey', isNo(value('pubkeyauthentication'))],
    ['password', isUnasked || isNo(value('passwordauthentication'))],
    [
      'keyboard-interactive',
      isUnasked ||
        [value('kbdinteractiveauthentication'), value('challengeresponseauthentication')].some(isNo),
    ],
  ]);
  const methods = loginMethods.filter(
    (method) => !off.get(method) && (preferred === undefined || preferred.includes(method)),
  );
  const bits = Number(value('requiredrsasize'));
  return {
    methods: new Set(methods),
    mayUse: listOf(value('pubkeyacceptedalgorithms') ?? value('pubkeyacceptedkeytypes')),
    rsaBits: Number.isInteger(bits) && bits > 0 ? bits : defaultRsaBits,
    // Before 8.5, ssh -G printed a default of yes.
    checksAddress: isSet('checkhostip') && isYes(value('checkhostip')),
    isBatch,
    attempts,
    ...(isUnasked && { unaskedBy: isBatch ? 'BatchMode' : 'NumberOfPasswordPrompts' }),
    ...(isYes(value('proxyusefdpass')) && {
      refused: msg('ProxyUseFdpass yes is not supported: a socket cannot be taken over from another program'),
    }),
  };
}
