import type { Failure, FailureCode } from '../base/failure.ts';
import { english, joined, type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { oneLine } from '../base/visible.ts';
import { currentCode } from './renamed-codes.ts';

const texts: Readonly<Record<FailureCode, Message>> = {
  'name-invalid': msg('invalid name'),
  'name-not-found': msg('name not found'),
  refused: msg('connection refused'),
  unreachable: msg('unreachable'),
  timeout: msg('no answer'),
  handshake: msg('no common SSH method'),
  'host-key-unknown': msg('host key unknown'),
  'host-key-changed': msg('host key changed'),
  'host-key-revoked': msg('host key revoked'),
  'identity-unreadable': msg('key file unreadable'),
  auth: msg('login refused'),
  jump: msg('jump host failed'),
  config: msg('ssh config unreadable'),
  'login-shell': msg('no command started'),
  lost: msg('connection lost'),
  cancelled: msg('cancelled'),
  sessions: msg('too many sessions'),
  become: msg('sudo refused'),
  protocol: msg('interrupted'),
  occupied: msg('in use by another run'),
  'secret-missing': msg('no value for the secret'),
  'secret-source': msg('the secret cannot be read'),
  'later-format': msg('later version'),
  'journal-unwritable': msg('no longer followed'),
};

/** Why a node failed, in two or three words next to its name; an unknown code is shown unchanged. */
export function failureLabel(code: string): Message {
  return own(texts, currentCode(code)) ?? (code === '' ? msg('unknown') : msg('unknown failure "{0}"', code));
}

/**
 * The message of the remote side or the operating system about a failure, on one printable line; undefined if there is none, or
 * if the failure's own message already quotes it.
 */
export function saidOf({ message, action, detail = '' }: Failure): string | undefined {
  const said = oneLine(detail);
  if (said === '') return undefined;
  const quoted = [message, action].map((part) => oneLine(english(part), Number.POSITIVE_INFINITY));
  const isQuoted = quoted.some((text) => text.includes(said.replace(/…$/, '')));
  return isQuoted ? undefined : said;
}

/** A failure for display: what failed and where, the underlying message, and what to do. */
export function failureTexts(failure: Failure): readonly Message[] {
  const said = saidOf(failure);
  const details = said === undefined ? [] : [msg('Details: "{0}"', said)];
  return [failure.message, ...details, failure.action];
}

/** Like above, in one message. */
export function failureText(failure: Failure): Message {
  return joined(failureTexts(failure), ' ');
}

/** A short form of the failure with the underlying message, to show next to a node's name. */
export function failureNote(failure: Failure): Message {
  const label = failureLabel(failure.code);
  const said = saidOf(failure);
  return said === undefined ? label : joined([label, `"${said}"`], ': ');
}
