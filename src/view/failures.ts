import type { FailureCode } from '../base/failure.ts';
import { type Message, msg } from '../base/l10n.ts';

const texts: Readonly<Record<FailureCode, Message>> = {
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
  lost: msg('connection lost'),
  cancelled: msg('cancelled'),
  sessions: msg('too many sessions'),
  become: msg('sudo refused'),
  protocol: msg('broken off'),
  'secret-missing': msg('secret missing'),
  'not-kept': msg('not followed'),
};

/** The same for a code that a journal has told. */
export function failureWords(code: string): Message {
  return Object.hasOwn(texts, code) ? texts[code as FailureCode] : msg('unknown');
}

/** Why a node could not be used, in two or three words for beside its name. */
export function failureLabel(code: FailureCode): Message {
  return texts[code];
}
