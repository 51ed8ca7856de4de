import { fileValues, type GivenAnswers, isKeyOf } from './judge.ts';
import { type Resolved, resolveOldNames } from './old-names.ts';
import type { Answer, AnswerFile } from './read.ts';
import { type InferredRelease, inferRelease, isOf } from './release.ts';

/** What the answers of a file mean to the Packstack that the file is for. */
export interface EffectiveAnswers extends Resolved<Answer> {
  readonly judged: GivenAnswers;
  /** The answers that Packstack reads: those of [general], or before any section. */
  readonly general: readonly Answer[];
  /** The releases that the keys match, if the file does not state its version. */
  readonly inferred?: InferredRelease;
}

/** Resolves old names, and determines the version of a file from its comment or its keys. */
export function effectiveAnswers(file: AnswerFile): EffectiveAnswers {
  const general = file.answers.filter(({ section }) => section === undefined || section === 'general');
  const resolved = resolveOldNames(general);
  const inferred = file.version === undefined ? inferRelease(general.map(({ key }) => key)) : undefined;
  const version = file.version ?? inferred?.version;
  const isBeforeOcata = inferred !== undefined && inferred.version === undefined;
  const known = {
    given: new Map([...resolved.inForce].map(([name, { value }]) => [name, value])),
    isBeforeOcata,
    isKnown: (key: string) => (isBeforeOcata ? isOf(inferred, key) : isKeyOf(key, version)),
    ...(version === undefined ? {} : { version }),
  };
  return {
    ...resolved,
    general,
    judged: { ...known, values: fileValues(known) },
    ...(inferred === undefined ? {} : { inferred }),
  };
}
