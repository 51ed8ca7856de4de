import { type MessageItem, window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import type { CancelRequest } from '../../run/cancel.ts';
import type { ClusterSource, Target } from '../../view/live.ts';
import { t } from '../editor/texts.ts';
import type { RunStore } from '../stores/run-store.ts';

export interface CancelNeeds {
  readonly runs: RunStore;
  readonly source: (uri: string) => ClusterSource | undefined;
}

/** Asks for confirmation, and cancels the target: the run, its nodes or its step. */
export type Cancel = (target: Target) => Promise<void>;

interface Answer extends MessageItem {
  /** Undefined if there is nothing to cancel. */
  readonly when?: CancelRequest['when'];
}

export function createCancel({ runs, source }: CancelNeeds): Cancel {
  return async ({ uri, ...what }) => {
    const { cancelQuestion } = await import('../../view/cancel.ts');
    const now = source(uri);
    const asked = now && cancelQuestion(now, { uri, ...what });
    if (!asked) {
      void window.showInformationMessage(t(msg('Nothing is left to cancel.')));
      return;
    }
    const run = runs.current(uri);
    const answers: readonly Answer[] = [
      ...asked.answers.map(({ label, when }) => ({ title: t(label), when })),
      { title: t(msg('Keep Running')), isCloseAffordance: true },
    ];
    const options = { modal: true, detail: asked.details.map(t).join('\n\n') };
    const answer = await window.showWarningMessage<Answer>(t(asked.question), options, ...answers);
    // While the dialog was open, the run may have ended and another one started.
    if (answer?.when && runs.current(uri) === run) runs.cancel(uri, { ...what, when: answer.when });
  };
}
