import type { HostKeyAnswer, HostKeyQuestion, Prompts } from '../remote/base/prompts.ts';

/** `aborted`: nobody answered because the asker's signal ended the question. */
type Told = HostKeyAnswer | 'aborted';

function nameOf({ host, port, algorithm, fingerprint }: HostKeyQuestion): string {
  return JSON.stringify([host, port, algorithm, fingerprint]);
}

/** Prompts that put the same question about a host key once, while it is open, for all the nodes that stand behind that host. */
export function askOncePerHostKey(prompts: Prompts): Prompts {
  const open = new Map<string, Promise<Told>>();
  async function ask(question: HostKeyQuestion, signal: AbortSignal): Promise<Told> {
    const answer = await prompts.hostKey(question, signal);
    return signal.aborted ? 'aborted' : answer;
  }
  return {
    ...prompts,
    hostKey: async (question, signal) => {
      const name = nameOf(question);
      for (let others = open.get(name); others; others = open.get(name)) {
        const told = await others;
        // Whoever asked writes the key down.
        if (told !== 'aborted') return told === 'reject' ? 'reject' : 'once';
        if (signal.aborted) return 'reject';
      }
      const asking = ask(question, signal).finally(() => open.delete(name));
      open.set(name, asking);
      const told = await asking;
      return told === 'aborted' ? 'reject' : told;
    },
  };
}
