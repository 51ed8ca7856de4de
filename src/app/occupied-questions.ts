import type { OccupiedAnswer, Prompts } from '../remote/base/prompts.ts';

/** Asks once about each run of others, for all nodes on which it works; an obsolete answer is dropped. */
export function askOncePerRun(ask: NonNullable<Prompts['occupied']>): NonNullable<Prompts['occupied']> {
  const answers = new Map<string, Promise<OccupiedAnswer | undefined>>();
  return async (question, signal) => {
    const { run, who } = question.by;
    const key = JSON.stringify([who, run]);
    for (let known = answers.get(key); known; known = answers.get(key)) {
      const answer = await known;
      if (answer) return answer;
      if (signal.aborted) return 'leave';
    }
    const asking = ask(question, signal).then((answer) => {
      if (!signal.aborted) return answer;
      answers.delete(key);
      return undefined;
    });
    answers.set(key, asking);
    return (await asking) ?? 'leave';
  };
}
