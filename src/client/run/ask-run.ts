import { window } from 'vscode';
import { type Message, msg } from '../../base/l10n.ts';
import type { ChangeKind } from '../../base/run-kind.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Rollout } from '../../cluster/rollout.ts';
import { type BatchChoice, batchChoices } from '../../view/batches.ts';
import type { Reach } from '../../view/reach.ts';
import { t } from '../editor/texts.ts';
import type { Question } from './confirm.ts';

/** The change that the user is asked about. */
export interface AskedChange {
  readonly kind: ChangeKind;
  readonly cluster: Cluster;
  readonly reach: Reach;
  readonly question: Question;
  /** The label of the button that starts it. */
  readonly answer: Message;
}

async function pick(choices: readonly BatchChoice[]): Promise<Rollout | undefined> {
  const items = choices.map(({ label, detail, rollout }) => ({
    label: t(label),
    detail: t(detail),
    rollout,
  }));
  const title = t(msg('In Which Batches?'));
  return (await window.showQuickPick(items, { title, matchOnDetail: true }))?.rollout;
}

/** Asks for confirmation, and on request for the batches; undefined if the user cancels. */
export async function askChange(change: AskedChange): Promise<Rollout | undefined> {
  const { kind, cluster, reach, question, answer } = change;
  const names = reach.nodes.map(({ name }) => name);
  const choices = batchChoices(kind, cluster, names);
  const [yes, other] = [t(answer), t(msg('Choose Batches…'))];
  const options = { modal: true, detail: t(question.detail) };
  const more = choices.length > 0 ? [other] : [];
  const picked = await window.showWarningMessage(t(question.question), options, yes, ...more);
  if (picked === other) return await pick(choices);
  return picked === yes ? {} : undefined;
}
