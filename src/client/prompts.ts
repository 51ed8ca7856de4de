import { type CancellationToken, CancellationTokenSource, window } from 'vscode';
import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import type {
  HostKeyAnswer,
  HostKeyQuestion,
  OccupiedAnswer,
  OccupiedQuestion,
  Prompts,
  SecretQuestion,
} from '../remote/base/prompts.ts';
import { placeOf } from '../remote/base/target.ts';
import { occupantText } from '../view/occupant.ts';
import type { Turns } from './editor/dialog-queue.ts';
import { t } from './editor/texts.ts';
import { timeText } from './editor/time.ts';
import { askAboutKey } from './host-key-dialog.ts';
import { askToKeep } from './secrets/ask.ts';
import type { Vault } from './secrets/vault.ts';

/** Runs a function that takes a VS Code cancellation token, given a signal. */
async function withToken<Result>(signal: AbortSignal, act: (token: CancellationToken) => Promise<Result>) {
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await act(source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

function titleOf({ kind, node, user, host, port }: SecretQuestion): Message {
  switch (kind) {
    case 'sudo':
      return msg('Password for sudo');
    case 'keyboard':
    case 'passphrase':
    case 'password':
      return plain(`${node} (${user}@${placeOf({ host, port })})`);
    default:
      return assertNever(kind);
  }
}

async function askSecret(question: SecretQuestion, token: CancellationToken): Promise<string | undefined> {
  const { text, echo, attempt } = question;
  const prompt = attempt > 1 ? msg('Incorrect. {0}', text) : text;
  const options = { title: t(titleOf(question)), prompt: t(prompt), password: !echo, ignoreFocusOut: true };
  return await window.showInputBox(options, token);
}

async function askHostKey({
  node,
  host,
  port,
  algorithm,
  fingerprint,
  note,
}: HostKeyQuestion): Promise<HostKeyAnswer> {
  const lines = [
    msg('Address: {0}', placeOf({ host, port })),
    msg('Key type: {0}', algorithm),
    msg('Fingerprint: {0}', fingerprint),
    ...(note ? [note] : []),
    msg('Compare it with the output of ssh-keygen -l on the node. Trust it only if both are identical.'),
  ];
  const answer = await askAboutKey({
    question: msg("The authenticity of host {0} can't be established.", node),
    details: lines,
    fingerprint,
    answers: [
      { label: msg('Trust and Save'), value: 'save' as const },
      { label: msg('Trust Once'), value: 'once' as const },
    ],
  });
  return answer ?? 'reject';
}

async function askToMakeKey(path: string): Promise<boolean> {
  const make = t(msg('Create Key'));
  const answer = await window.showWarningMessage(
    t(msg('The key file {0} does not exist.', path)),
    { modal: true, detail: t(msg('Step `ssh-keys` can create it: Ed25519, without a passphrase.')) },
    make,
  );
  return answer === make;
}

async function askOccupied({ node, by }: OccupiedQuestion): Promise<OccupiedAnswer> {
  const wait = t(msg('Wait'));
  const join = t(msg('Join'));
  const lines = [
    joined([occupantText(by, timeText(by.since)), '.']),
    plain(''),
    msg('Wait: start when that run has finished on the node.'),
    msg('Join: follow its log and start nothing there.'),
  ];
  const answer = await window.showWarningMessage(
    t(msg('{0} is in use by another run.', node)),
    { modal: true, detail: lines.map(t).join('\n') },
    wait,
    join,
  );
  if (answer === wait) return 'wait';
  return answer === join ? 'join' : 'leave';
}

/** Asks the user in VS Code dialogs, one at a time; each names the node and its address. */
export function createPrompts(vault: Vault, turns: Turns): Prompts {
  /** The answers that are being tried, by the key under which they may be stored. */
  const tried = new Map<string, { readonly answer: string; readonly title: Message }>();

  async function secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined> {
    const { keep, attempt } = question;
    const kept = keep !== undefined && attempt === 1 ? await vault.get(keep) : undefined;
    if (kept !== undefined) return kept;
    return await withToken(signal, async (token) => {
      const answer = await askSecret(question, token);
      if (answer && keep !== undefined) tried.set(keep, { answer, title: titleOf(question) });
      return answer;
    });
  }

  /** Asks only once the answer has been accepted, so that a wrong one is neither stored nor asked about. */
  async function offerToKeep(keep: string, answer: string, title: Message): Promise<void> {
    const { signal } = new AbortController();
    const isWanted = await turns.take(signal, false, () => askToKeep(title));
    if (isWanted) await vault.keep(keep, answer);
  }

  return {
    secret: (question, signal) => turns.take(signal, undefined, () => secret(question, signal)),
    // A modal dialog cannot be closed from code; if the question is obsolete, its answer is not awaited.
    hostKey: (question, signal) => turns.take<HostKeyAnswer>(signal, 'reject', () => askHostKey(question)),
    answerChecked: async (keep, isRight) => {
      const given = tried.get(keep);
      tried.delete(keep);
      if (!isRight) await vault.forget(keep);
      else if (given) await offerToKeep(keep, given.answer, given.title);
    },
    occupied: (question, signal) => turns.take<OccupiedAnswer>(signal, 'leave', () => askOccupied(question)),
    makeKey: (path, signal) => turns.take(signal, false, () => askToMakeKey(path)),
  };
}
