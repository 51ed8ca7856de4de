import type {
  ChangedHostKeyQuestion,
  HostKeyAnswer,
  HostKeyQuestion,
  Prompts,
  SecretQuestion,
} from '../../src/remote/base/prompts.ts';

type Secret = string | undefined;

/** A user with predefined answers; records every question in order. */
export interface Person extends Prompts {
  readonly hostKeys: HostKeyQuestion[];
  readonly secrets: SecretQuestion[];
  readonly changed: ChangedHostKeyQuestion[];
}

export interface Answers {
  /** Whether a changed key replaces the known one; if undefined, the question is not supported. */
  readonly replace?: boolean;
  readonly hostKey?: HostKeyAnswer | ((question: HostKeyQuestion) => Promise<HostKeyAnswer>);
  /** Used one after the other; a further question is an error. */
  readonly secrets?: readonly (Secret | ((question: SecretQuestion) => Promise<Secret>))[];
}

export function person({ hostKey = 'once', secrets = [], replace }: Answers = {}): Person {
  const left = [...secrets];
  const asked: Person = {
    hostKeys: [],
    secrets: [],
    changed: [],
    hostKey: async (question) => {
      asked.hostKeys.push(question);
      return typeof hostKey === 'function' ? hostKey(question) : hostKey;
    },
    ...(replace !== undefined && {
      changedHostKey: async (question: ChangedHostKeyQuestion) => {
        asked.changed.push(question);
        return replace;
      },
    }),
    secret: async (question) => {
      asked.secrets.push(question);
      if (left.length === 0) throw new Error(`Nobody expected the question: ${question.kind}`);
      const answer = left.shift();
      return typeof answer === 'function' ? answer(question) : answer;
    },
  };
  return asked;
}
