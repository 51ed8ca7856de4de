import { assertNever } from '../../base/assert-never.ts';
import type { Failure } from '../../base/failure.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { offeredKeyTypes } from '../base/algorithms.ts';
import type { ChangedHostKeyQuestion, HostKeyAnswer, HostKeyQuestion } from '../base/prompts.ts';
import { rsaBits } from '../base/rsa-bits.ts';
import { defaultRsaBits } from '../base/security.ts';
import { nameOf, notFollowedText, placeOf, printable, type Target } from '../base/target.ts';
import type { FoundRecords, KnownHostName } from './host-keys.ts';
import { findHostKey, fingerprint, type HostKey, type HostRecord } from './known-hosts.ts';
import type { Revocation } from './revoked-keys.ts';

export interface HostToVerify {
  readonly target: Target;
  readonly found: FoundRecords;
  readonly presented: HostKey;
  /** The records of the address of a name, if CheckHostIP compares them. */
  readonly atAddress?: { readonly address: string; readonly records: readonly HostRecord[] };
  readonly ask: (question: HostKeyQuestion) => Promise<HostKeyAnswer>;
  /** Asks whether to replace the known key; without it, a changed key is refused. */
  readonly askChanged?: (question: ChangedHostKeyQuestion) => Promise<boolean>;
}

/** `save` and `replaced` take effect once the host has proved that it has the key. */
export type HostVerdict =
  | { readonly ok: true; readonly save: boolean; readonly replaced?: readonly HostKey[] }
  | { readonly ok: false; readonly failure: Failure };

/** The name of the host in known_hosts files. */
export function knownHostName(target: Target): KnownHostName {
  return target.hostKeyAlias === undefined ? target : { host: target.hostKeyAlias, port: 22 };
}

/** Decides about a host key before anything about the user is sent; only an unknown key leads to a prompt. */
export async function verifyHost(wanted: HostToVerify): Promise<HostVerdict> {
  const { target, found, presented, ask, askChanged } = wanted;
  if (!found.ok) return { ok: false, failure: unreadable(target, found) };
  const short = tooShort(target, presented);
  if (short) return { ok: false, failure: short };
  const verdict = findHostKey(found.records, presented, offeredKeyTypes(target.algorithms));
  switch (verdict.verdict) {
    case 'known':
      return confirmAddress(wanted);
    case 'revoked':
      return { ok: false, failure: revoked(target, verdict.record, presented) };
    case 'changed':
      if (await askChanged?.(changedQuestion(target, verdict.record, presented)))
        return { ok: true, save: true, replaced: otherKeys(found.records, presented) };
      return { ok: false, failure: changed(target, verdict.record, presented) };
    case 'unknown': {
      const setting = settingAgainstQuestions(target);
      if (setting !== undefined) return { ok: false, failure: refusedUnasked(target, presented, setting) };
      if (target.acceptNew) return { ok: true, save: true };
      const note = verdict.record && noteOn(verdict.record);
      const answer = await ask({ ...questionOn(target, presented), ...(note && { note }) });
      if (answer !== 'reject') return { ok: true, save: answer === 'save' };
      return { ok: false, failure: rejected(target, presented, note) };
    }
    default:
      return assertNever(verdict);
  }
}

function questionOn({ node, host, port }: Target, presented: HostKey): HostKeyQuestion {
  return { node, host, port, algorithm: presented.type, fingerprint: fingerprint(presented) };
}

function changedQuestion(
  target: Target,
  { file, line, key }: HostRecord & { key: HostKey },
  presented: HostKey,
): ChangedHostKeyQuestion {
  const old = { algorithm: key.type, fingerprint: fingerprint(key), file, line };
  return { ...questionOn(target, presented), old };
}

/** The other known keys of the host, without certificate authorities. */
function otherKeys(records: readonly HostRecord[], { base64 }: HostKey): readonly HostKey[] {
  return records.flatMap(({ marker, key }) =>
    marker === 'none' && key && key.base64 !== base64 ? [key] : [],
  );
}

function noteOn({ marker, file, line }: HostRecord): Message {
  return marker === 'cert-authority'
    ? msg(
        '{0} line {1} trusts a certificate authority for this host, but host certificates are not supported.',
        file,
        line,
      )
    : msg("{0} line {1} is for this host but can't be read.", file, line);
}

function unreadable(target: Target, { file, cause }: FoundRecords & { ok: false }): Failure {
  return {
    code: 'host-key-unknown',
    message: msg(
      "{0} ({1}): can't check its host key, because {2} can't be read.",
      nameOf(target),
      placeOf(target),
      file,
    ),
    action: msg('Make {0} readable and reconnect.', file),
    detail: cause,
  };
}

/** The file could not be written, so the key could not be saved. */
export function notSaved(target: Target, cause: string): Failure {
  return {
    code: 'host-key-unknown',
    message: msg('{0} ({1}): its host key could not be saved.', nameOf(target), placeOf(target)),
    action: msg(
      'Check that the file in the details can be written, or trust the key for this connection only.',
    ),
    detail: cause,
  };
}

/** RequiredRSASize, or its default: why an RSA key is too short. */
function tooShort(target: Target, key: HostKey): Failure | undefined {
  const bits = rsaBits(Buffer.from(key.base64, 'base64'));
  const minimum = target.security?.rsaBits ?? defaultRsaBits;
  if (bits === undefined || bits >= minimum) return undefined;
  return {
    code: 'host-key-unknown',
    message: msg(
      '{0} ({1}): its RSA host key has {2} bits, but at least {3} are required (RequiredRSASize).',
      nameOf(target),
      placeOf(target),
      bits,
      minimum,
    ),
    action: msg('Create a new host key on the host with `ssh-keygen -A`. Nothing was sent to it.'),
    detail: `${key.type} ${fingerprint(key)}`,
  };
}

/** The setting of the ssh config that refuses an unknown key without a question. */
function settingAgainstQuestions({ strict, security }: Target): string | undefined {
  if (strict) return 'StrictHostKeyChecking yes';
  return security?.isBatch ? 'BatchMode yes' : undefined;
}

/** CheckHostIP: a known key is confirmed if the address of the name is known with another one; sshconnect.c, check_host_key. */
async function confirmAddress({ target, presented, atAddress, ask }: HostToVerify): Promise<HostVerdict> {
  if (!atAddress) return { ok: true, save: false };
  const other = findHostKey(atAddress.records, presented, offeredKeyTypes(target.algorithms));
  if (other.verdict !== 'changed' && other.verdict !== 'revoked') return { ok: true, save: false };
  const { file, line } = other.record;
  const note = msg(
    '{0} line {1} has another key for its address {2} (CheckHostIP).',
    file,
    line,
    atAddress.address,
  );
  const isRefused = other.verdict === 'revoked' || settingAgainstQuestions(target) !== undefined;
  const answer = isRefused ? 'reject' : await ask({ ...questionOn(target, presented), note });
  if (answer !== 'reject') return { ok: true, save: false };
  const failure = rejected(target, presented);
  return { ok: false, failure: { ...failure, action: note } };
}

/** A setting forbids the prompt. */
function refusedUnasked(target: Target, key: HostKey, setting: string): Failure {
  return {
    code: 'host-key-unknown',
    message: msg(
      '{0} ({1}): its host key {2} is in no known_hosts file, and your ssh config sets {3}.',
      nameOf(target),
      placeOf(target),
      fingerprint(key),
      setting,
    ),
    action: msg('Compare the key and add it to a known_hosts file, or remove the setting.'),
    detail: `${key.type} ${fingerprint(key)}`,
  };
}

/** The settings of the ssh config about host keys that are not followed. */
function notFollowedNote(target: Target): readonly Message[] {
  const notFollowed = notFollowedText(target, 'host key');
  return notFollowed === undefined ? [] : [msg('{0} in your ssh config is not followed.', notFollowed)];
}

function withNote(target: Target, message: Message): Message {
  const notes = notFollowedNote(target);
  return notes.length === 0 ? message : joined([message, ...notes], ' ');
}

/** The user does not trust the key; `note` is why it is unknown although a file has the host. */
export function rejected(target: Target, key: HostKey, note?: Message): Failure {
  const reasons = [...(note ? [note] : []), ...notFollowedNote(target)];
  return {
    code: 'host-key-unknown',
    message: joined(
      [msg('{0} ({1}): its host key was not accepted.', nameOf(target), placeOf(target)), ...reasons],
      ' ',
    ),
    action: msg(
      'Compare the fingerprint with the one on the host itself (ssh-keygen -l), then connect again.',
    ),
    detail: `${key.type} ${fingerprint(key)}`,
  };
}

function revoked(target: Target, { file, line }: HostRecord, key: HostKey): Failure {
  return {
    code: 'host-key-revoked',
    message: msg(
      '{0} ({1}): its host key is revoked by {2} line {3}.',
      nameOf(target),
      placeOf(target),
      file,
      line,
    ),
    action: msg('Do not log in; ask the person who revoked the key. Nothing was sent to the host.'),
    detail: `${key.type} ${fingerprint(key)}`,
  };
}

/** The key is in a list of RevokedHostKeys, or a list can't be read. */
export function revokedByList(
  target: Target,
  found: Exclude<Revocation, { type: 'clear' }>,
  key: HostKey,
): Failure {
  const [name, place, { file }] = [nameOf(target), placeOf(target), found];
  if (found.type === 'revoked')
    return {
      code: 'host-key-revoked',
      message: msg(
        '{0} ({1}): its host key is revoked by {2} (RevokedHostKeys in your ssh config).',
        name,
        place,
        file,
      ),
      action: msg('Do not log in; ask the person who revoked the key. Nothing was sent to the host.'),
      detail: `${key.type} ${fingerprint(key)}`,
    };
  return {
    code: 'host-key-revoked',
    message: msg(
      "{0} ({1}): can't check whether its host key is revoked, because {2} (RevokedHostKeys in your ssh config) can't be read.",
      name,
      place,
      file,
    ),
    action: msg(
      'Make {0} a readable list of keys, or remove RevokedHostKeys from your ssh config. Nothing was sent to the host.',
      file,
    ),
    detail: printable(found.cause),
  };
}

function changed(
  target: Target,
  { file, line, key: old }: HostRecord & { key: HostKey },
  key: HostKey,
): Failure {
  return {
    code: 'host-key-changed',
    message: withNote(
      target,
      msg(
        '{0} ({1}): its host key has changed. {2} line {3} has {4}, but the host presents {5}. Someone could be eavesdropping.',
        nameOf(target),
        placeOf(target),
        file,
        line,
        `${old.type} ${fingerprint(old)}`,
        `${key.type} ${fingerprint(key)}`,
      ),
    ),
    action: msg(
      'If the host was reinstalled, compare the new fingerprint with the one on the host and replace the key: `stackprep trust FILE --node {0}` on the command line, Replace Host Key in the editor. Nothing was sent to it.',
      target.node,
    ),
    detail: `${file}:${line} ${fingerprint(old)} -> ${fingerprint(key)}`,
  };
}
