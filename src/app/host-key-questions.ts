import type { HostKeyAnswer, HostKeyQuestion, Prompts } from '../remote/base/prompts.ts';

/** `aborted`: the signal of the node that asked ended the question before it was answered. */
type SharedAnswer = HostKeyAnswer | 'aborted';

function questionKey({ host, port, algorithm, fingerprint }: HostKeyQuestion): string {
  return JSON.stringify([host, port, algorithm, fingerprint]);
}

/** Asks about a host key only once while the question is open, for all nodes that share that host. */
export function askOncePerHostKey(prompts: Prompts): Prompts {
  const open = new Map<string, Promise<SharedAnswer>>();
  async function ask(question: HostKeyQuestion, signal: AbortSignal): Promise<SharedAnswer> {
    const answer = await prompts.hostKey(question, signal);
    return signal.aborted ? 'aborted' : answer;
  }
  return {
    ...prompts,
    hostKey: async (question, signal) => {
      const name = questionKey(question);
      for (let others = open.get(name); others; others = open.get(name)) {
        const answer = await others;
        // The one that asked also saves the key.
        if (answer !== 'aborted') return answer === 'reject' ? 'reject' : 'once';
        if (signal.aborted) return 'reject';
      }
      const asking = ask(question, signal).finally(() => open.delete(name));
      open.set(name, asking);
      const answer = await asking;
      return answer === 'aborted' ? 'reject' : answer;
    },
  };
}
