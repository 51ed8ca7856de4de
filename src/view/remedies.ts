import { assertNever } from '../base/assert-never.ts';
import type { TextEdit } from '../base/problem.ts';
import { readCluster } from '../rules/decode.ts';
import type { FailedStep } from './summary.ts';

/** What can be offered for a failure with a known cause. */
export type RemedyOffer =
  /** Opens the cluster file at a key that needs another value. */
  | { readonly kind: 'set-key'; readonly key: string }
  | { readonly kind: 'run'; readonly step: string; readonly nodes: readonly string[] }
  /** The step is not in the file: it is added before the one that failed. */
  | { readonly kind: 'add'; readonly step: string; readonly before: string }
  | { readonly kind: 'check'; readonly step: string; readonly nodes: readonly string[] };

/** What is known of the file: its steps, and whether a step can be added before another one. */
export interface RemedyFile {
  readonly steps: readonly string[];
  readonly canAdd: (step: string, before: string) => boolean;
}

/**
 * The offers for the first failure with a known cause, on all nodes where it has this cause. The step that failed is not offered;
 * if nothing else is, its check is.
 */
export function remedyOffers(failed: readonly FailedStep[], file: RemedyFile): readonly RemedyOffer[] {
  const first = failed.find(({ trouble }) => trouble?.explanation);
  const explanation = first?.trouble?.explanation;
  if (!first || !explanation) return [];
  const same = failed.filter(({ trouble }) => trouble?.explanation?.id === explanation.id);
  const nodes = [...new Set(same.map(({ node }) => node))];
  const offers = explanation.remedies.flatMap((remedy): readonly RemedyOffer[] => {
    switch (remedy.kind) {
      case 'set-key':
        return [{ kind: 'set-key', key: remedy.key }];
      case 'run-step': {
        const { step } = remedy;
        if (same.some((each) => each.step === step)) return [];
        if (file.steps.includes(step)) return [{ kind: 'run', step, nodes }];
        return file.canAdd(step, first.step) ? [{ kind: 'add', step, before: first.step }] : [];
      }
      default:
        return assertNever(remedy);
    }
  });
  if (offers.length > 0) return offers;
  const on = same.filter(({ step }) => step === first.step).map(({ node }) => node);
  return [{ kind: 'check', step: first.step, nodes: on }];
}

/** The edit that adds a step before another one; undefined where the list of steps is not written as one item a line. */
export function stepBefore(text: string, step: string, before: string): TextEdit | undefined {
  const { cluster } = readCluster(text).decoded;
  const span = cluster?.steps.find(({ id }) => id === before)?.span;
  if (!span) return undefined;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const [, indent] = /^( *)- /.exec(text.slice(start, span.start)) ?? [];
  return indent === undefined ? undefined : { span: { start, end: start }, text: `${indent}- ${step}\n` };
}
