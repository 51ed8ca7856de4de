import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Reason } from '../base/states.ts';
import type { Repairable } from '../cluster/outline.ts';
import type { FailureCause } from '../run/events.ts';
import type { Remedy } from '../yum/explain/known-failure.ts';
import { reasonText } from './reasons.ts';

/** What Stackprep itself can do about a failure. */
export function remedyText(remedy: Remedy): Message {
  return remedy.kind === 'run-step'
    ? msg('Run step `{0}`.', remedy.step)
    : msg('Set `{0}` in the cluster file.', `${remedy.key}: ${remedy.value}`);
}

function isSet({ key, value }: Extract<Remedy, { kind: 'set-key' }>, settings: Repairable): boolean {
  const found = key
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null
          ? own(inner as Readonly<Record<string, unknown>>, name)
          : undefined,
      settings,
    );
  return found === value;
}

/** Removes remedies that cannot help: the failed step itself, and settings that the cluster file, if known, already contains. */
export function usefulCause(trouble: FailureCause, step: string, settings?: Repairable): FailureCause {
  const { explanation } = trouble;
  if (!explanation) return trouble;
  const remedies = explanation.remedies.filter((remedy) =>
    remedy.kind === 'run-step' ? remedy.step !== step : settings === undefined || !isSet(remedy, settings),
  );
  return { ...trouble, explanation: { ...explanation, remedies } };
}

/** Why a step failed: the known cause, else the script's description of the exit code. */
export function causeTexts(
  trouble: FailureCause | undefined,
  reasons: readonly Reason[],
): readonly Message[] {
  return trouble?.explanation ? [trouble.explanation.cause] : reasons.map(reasonText);
}

/** The line to show with the cause: the one that it explains, else the main error; undefined if there is none. */
export function causeLine(trouble: FailureCause | undefined): string | undefined {
  const explained = trouble?.explanation?.line ?? '';
  return explained === '' ? trouble?.line : explained;
}

/** What to do about it; undefined if the cause is unknown. */
export function adviceTexts(trouble: FailureCause | undefined): readonly Message[] {
  const explanation = trouble?.explanation;
  return explanation ? [explanation.advice, ...explanation.remedies.map(remedyText)] : [];
}
