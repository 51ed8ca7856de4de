import type { HostKeyAnswer, HostKeyQuestion, Prompts, SecretQuestion } from '../../src/remote/prompts.ts';

type Secret = string | undefined;

/** A person who answers as written down, and everything that was asked, in order. */
export interface Person extends Prompts {
  readonly hostKeys: HostKeyQuestion[];
  readonly secrets: SecretQuestion[];
}

export interface Answers {
  readonly hostKey?: HostKeyAnswer | ((question: HostKeyQuestion) => Promise<HostKeyAnswer>);
  /** One after the other; whoever asks for more than there is has gone wrong. */
  readonly secrets?: readonly (Secret | ((question: SecretQuestion) => Promise<Secret>))[];
}

export function person({ hostKey = 'once', secrets = [] }: Answers = {}): Person {
  const left = [...secrets];
  const asked: Person = {
    hostKeys: [],
    secrets: [],
    hostKey: async (question) => {
      asked.hostKeys.push(question);
      return typeof hostKey === 'function' ? hostKey(question) : hostKey;
    },
    secret: async (question) => {
      asked.secrets.push(question);
      if (left.length === 0) throw new Error(`Nobody expected the question: ${question.kind}`);
      const answer = left.shift();
      return typeof answer === 'function' ? answer(question) : answer;
    },
  };
  return asked;
}
