import { fileValues, type GivenAnswers, isKeyOf } from './judge.ts';
import { isOnPython2 } from './keys.ts';
import { type Resolved, resolveOldNames } from './old-names.ts';
import { type Answer, type AnswerFile, type Python, readAnswers } from './read.ts';
import { type InferredRelease, inferRelease, isOf } from './release.ts';

/** What the answers of a file mean to the Packstack that the file is for. */
export interface EffectiveAnswers extends Resolved<Answer> {
  readonly file: AnswerFile;
  readonly python: Python;
  readonly judged: GivenAnswers;
  /** The answers that Packstack reads: those of [general], or before any section. */
  readonly general: readonly Answer[];
  /** The releases that the keys match, if the file does not state its version. */
  readonly inferred?: InferredRelease;
}

const inGeneral = ({ section }: Answer): boolean => section === undefined || section === 'general';

/** Reads a file as the Packstack does that it is for, by the comment with its version or by its keys, and resolves old names. */
export function effectiveAnswers(text: string): EffectiveAnswers {
  const asPython3 = readAnswers(text);
  const keys = asPython3.answers.filter(inGeneral).map(({ key }) => key);
  const inferred = asPython3.version === undefined ? inferRelease(keys) : undefined;
  const version = asPython3.version ?? inferred?.version;
  const isBeforeOcata = inferred !== undefined && inferred.version === undefined;
  const isOld = version === undefined ? isBeforeOcata : isOnPython2(version);
  const file = isOld ? readAnswers(text, 2) : asPython3;
  const general = file.answers.filter(inGeneral);
  // Of a key that is answered twice, Python 2 takes the last answer.
  const counted = isOld ? [...new Map(general.map((answer) => [answer.key, answer])).values()] : general;
  const resolved = resolveOldNames(counted);
  const known = {
    given: new Map([...resolved.inForce].map(([name, { value }]) => [name, value])),
    isBeforeOcata,
    isKnown: (key: string) => (isBeforeOcata ? isOf(inferred, key) : isKeyOf(key, version)),
    ...(version === undefined ? {} : { version }),
  };
  return {
    ...resolved,
    file,
    python: isOld ? 2 : 3,
    general,
    judged: { ...known, values: fileValues(known) },
    ...(inferred === undefined ? {} : { inferred }),
  };
}
