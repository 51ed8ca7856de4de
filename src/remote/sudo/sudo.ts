import { randomBytes } from 'node:crypto';
import { cancelled, type Failure } from '../../base/failure.ts';
import type { Command } from '../../shell/command.ts';
import { orAborted } from '../base/abort.ts';
import type { Prompts } from '../base/prompts.ts';
import { nameOf, type Target } from '../base/target.ts';
import type { Output } from '../base/transport.ts';
import { inputOnly } from '../channel/dialogue.ts';
import { execute } from '../channel/exec.ts';
import type { Session } from '../channel/session.ts';
import { probeLine, type SudoMode, substituteLine, sudoCommand } from './command.ts';
import { createDialogue, sudoWait } from './dialogue.ts';
import { isSudoMissing, noPassword, sudoFailed } from './failures.ts';
import type { DeclinedPasswords, PasswordAttempt, SudoPasswords } from './passwords.ts';
import { collectOutput, readProbe } from './probe.ts';
import { askPassword, passwordStorageKey, type SudoGroup } from './question.ts';

export interface SudoAccess {
  readonly prompts: Prompts;
  readonly passwords: SudoPasswords;
  readonly group: SudoGroup;
  /** Of the run; without it, every command asks. */
  readonly refused?: { readonly sudo: DeclinedPasswords };
}

/** A probe is shared by concurrent commands; cancelling one of them does not stop it. */
const never = new AbortController().signal;

/** `said` is the output of sudo's probe. */
type SudoProbe = { readonly way: SudoMode; readonly said: string } | { readonly failure: Failure };

/** sudo on one connection: probes once how it works, and runs commands as root. */
export class Sudo {
  readonly #session: Session;
  readonly #target: Target;
  readonly #access: SudoAccess;
  #found: Promise<SudoProbe> | undefined;

  constructor(session: Session, target: Target, access: SudoAccess) {
    this.#session = session;
    this.#target = target;
    this.#access = access;
  }

  async *execute(command: Command, signal: AbortSignal, begun?: () => void): AsyncGenerator<Output, void> {
    const lost = (failure: Failure): Output => ({ type: 'lost', failure });
    const target = this.#target;
    const found = await orAborted(this.#find(), signal);
    if (!found) return yield lost(cancelled(nameOf(target)));
    if ('failure' in found) return yield lost(found.failure);
    const attempt = found.way.password ? await this.#password(signal) : undefined;
    if (found.way.password && !attempt)
      return yield lost(signal.aborted ? cancelled(nameOf(target)) : noPassword(target, found.said));
    const nonce = randomBytes(12).toString('hex');
    const words = { prompt: `[stackprep-${nonce}]`, begun: `stackprep-begun-${nonce}` };
    const { line, input } = sudoCommand(command, found.way, words);
    const { tty } = found.way;
    const { limits } = this.#session;
    const more = { ...(attempt && { attempt }), ...(begun && { begun }) };
    const dialogue = createDialogue({ target, words, input, tty, limits, ...more });
    try {
      yield* execute({ session: this.#session, target, line, tty, dialogue, signal });
    } finally {
      attempt?.untried();
    }
  }

  #password(signal: AbortSignal): Promise<PasswordAttempt | undefined> {
    const { passwords, group, refused } = this.#access;
    const { user, node } = this.#target;
    const ask = (isRepeated: boolean) =>
      askPassword({ ...this.#access, target: this.#target, isRepeated, signal });
    const keep = passwordStorageKey(group, user);
    const checked = (isRight: boolean) => void this.#access.prompts.answerChecked?.(keep, isRight);
    const declined = refused && { declined: refused.sudo };
    return passwords.take({ group: group.id, user, node, ask, checked, signal, ...declined });
  }

  /** Concurrent commands share one probe; a failed one is not cached. */
  #find(): Promise<SudoProbe> {
    this.#found ??= this.#probe(false).then((found) => {
      if ('failure' in found) this.#found = undefined;
      return found;
    });
    return this.#found;
  }

  /** `refused` is what sudo wrote when it wanted a terminal. */
  async #probe(tty: boolean, refused = ''): Promise<SudoProbe> {
    const [session, target] = [this.#session, this.#target];
    const waiting = sudoWait(target, session.limits, () => '');
    const dialogue = { ...inputOnly(''), waiting };
    const probed = await collectOutput(
      execute({ session, target, line: probeLine, tty, dialogue, signal: never }),
    );
    if (probed.end.type === 'lost') {
      const { failure } = probed.end;
      // The library's words for a refused terminal (PermitTTY).
      const isRefused = tty && /pseudo-terminal/i.test(failure.detail ?? '');
      return { failure: isRefused ? sudoFailed(target, refused) : failure };
    }
    const answer = readProbe(probed, tty);
    if (answer === 'tty') return this.#probe(true, probed.said);
    if (answer !== 'failed') return { way: answer, said: probed.said };
    const found = isSudoMissing(probed.said) ? await this.#substitutes() : [];
    return { failure: sudoFailed(target, probed.said, found) };
  }

  /** Programs that could take the place of a missing sudo. */
  async #substitutes(): Promise<readonly string[]> {
    const [session, target] = [this.#session, this.#target];
    const waiting = sudoWait(target, session.limits, () => '');
    const dialogue = { ...inputOnly(''), waiting };
    const { said } = await collectOutput(
      execute({ session, target, line: substituteLine, dialogue, signal: never }),
    );
    return said.split('\n').filter((path) => /^\/[\w/]{1,60}$/.test(path));
  }
}
