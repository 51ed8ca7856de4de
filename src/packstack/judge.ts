import { type Message, msg } from '../base/l10n.ts';
import type { Severity } from '../base/problem.ts';
import { askedBy, isRead } from './groups.ts';
import { countedServiceHosts } from './host-needs.ts';
import { type AnswerKey, answerKeys, defaultOf, findAnswerKey, hasKey } from './keys.ts';
import type { Need, Values } from './need.ts';
import { needsOf } from './needs.ts';
import { type ValueProblem, valueProblem } from './values.ts';

/** The answers to judge: of an answer file, or of a cluster file under `packstack`. */
export interface GivenAnswers {
  /** Their values by current name; undefined for a secret, whose value is not known here. */
  readonly given: ReadonlyMap<string, string | undefined>;
  /** The version of Packstack that they are for, if known. */
  readonly version?: string;
  /** Whether the Packstack that they are for has a key. */
  readonly isKnown: (name: string) => boolean;
  /** Whether they are for a release before Ocata, which could do without Neutron. */
  readonly isBeforeOcata: boolean;
  /** The effective answers: those given, then the defaults of Packstack, or for a cluster file what follows from the rest of it. */
  readonly values: Values;
}

/** The effective answers of a file: its own over the defaults. */
export function fileValues({ given, version, isKnown }: Omit<GivenAnswers, 'values'>): Values {
  return (name) => {
    if (given.has(name)) return given.get(name);
    const key = findAnswerKey(name);
    return key && isKnown(name) ? defaultOf(key, version) : undefined;
  };
}

/** Whether a version has a key of the table; without a version, whether any has it. */
export function isKeyOf(name: string, version: string | undefined): boolean {
  const key = findAnswerKey(name);
  return key !== undefined && (version === undefined || hasKey(key, version));
}

/** Why Packstack would refuse the value of a key that it reads; undefined for a key that it does not read with these answers. */
export function judgedValue(key: AnswerKey, value: string, answers: GivenAnswers): ValueProblem | undefined {
  return isRead(key.name, answers.values) ? valueProblem(key, value, answers.version) : undefined;
}

/** The keys that another answer asks for. */
const asked = answerKeys.flatMap((key) => {
  const asking = askedBy(key.name);
  return asking === undefined ? [] : [{ key, asking }];
});

/** Keys that Packstack reads with these answers and whose default it refuses: it stops if they are not answered. */
function missingNeeds({ given, version, values, isKnown }: GivenAnswers): readonly Need[] {
  return asked.flatMap(({ key, asking }): readonly Need[] => {
    if (!given.has(asking) || given.has(key.name)) return [];
    if (!isKnown(key.name)) return [];
    const initial = defaultOf(key, version);
    if (initial === undefined || !isRead(key.name, values) || !valueProblem(key, initial, version)) return [];
    return [
      {
        key: asking,
        severity: 'error',
        message: missing(asking, values(asking) ?? '', key.name),
      },
    ];
  });
}

function missing(asking: string, value: string, needed: string): Message {
  return msg('{0}={1} requires {2}, which is not answered. Packstack stops.', asking, value, needed);
}

const controllerKey = 'CONFIG_CONTROLLER_HOST';
const mainHosts = [controllerKey, 'CONFIG_COMPUTE_HOSTS', 'CONFIG_NETWORK_HOSTS'];

/** Hosts of services without an answer: Packstack takes the address of its default route, which may be none of the hosts. */
function defaultHostNeeds({ given, values, version, isKnown }: GivenAnswers): readonly Need[] {
  if (!mainHosts.every((name) => given.has(name))) return [];
  const left = countedServiceHosts(values).filter((name) => !given.has(name) && isKnown(name));
  // MongoDB is gone since Pike; without a version it is not expected.
  const names = left.filter((name) => version !== undefined || name !== 'CONFIG_MONGODB_HOST');
  if (names.length === 0) return [];
  const severity: Severity = 'information';
  return [
    {
      key: controllerKey,
      severity,
      message: msg(
        'No answer for {0}: Packstack takes the address of its default route, which is a further host if it is not this one.',
        names.join(', '),
      ),
    },
  ];
}

/** Requirements between the answers, each at a key; for those of an answer file also what is missing in it. */
export function judgedNeeds(answers: GivenAnswers): readonly Need[] {
  const needs = needsOf(answers.values, answers.version);
  const kept = answers.isBeforeOcata ? needs.filter(({ key }) => key !== 'CONFIG_NEUTRON_INSTALL') : needs;
  return [...kept, ...missingNeeds(answers)];
}

/** The requirements of a whole answer file. */
export function fileNeeds(answers: GivenAnswers): readonly Need[] {
  return [...judgedNeeds(answers), ...defaultHostNeeds(answers)];
}
