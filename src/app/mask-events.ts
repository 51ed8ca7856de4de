import type { Prompts } from '../remote/base/prompts.ts';
import { maskEvent, maskSecrets, type SecretMask } from '../run/mask.ts';
import type { Secrets } from './jobs/ports.ts';

/** Wraps the secrets and collects every value that was read. */
export function rememberValues(secrets: Secrets): {
  readonly secrets: Secrets;
  readonly values: ReadonlySet<string>;
} {
  const values = new Set<string>();
  const get: Secrets['get'] = async (name) => {
    const value = await secrets.get(name);
    if (typeof value === 'string') values.add(value);
    return value;
  };
  return { secrets: { get }, values };
}

/** Wraps the prompts and collects every password that was answered. */
export function rememberAnswers(prompts: Prompts, answers: Set<string>): Prompts {
  return {
    ...prompts,
    secret: async (...asked) => {
      const answer = await prompts.secret(...asked);
      if (typeof answer === 'string' && answer !== '') answers.add(answer);
      return answer;
    },
  };
}

/** The mask of the values that a set has by now. */
export function growingMask(values: ReadonlySet<string>): () => SecretMask {
  let known = 0;
  let mask = maskSecrets([]);
  return () => {
    if (values.size !== known) mask = maskSecrets(values);
    known = values.size;
    return mask;
  };
}

/** Masks secret values in events; the node masks its own output, this catches the rest. `values` may grow. */
export async function* maskEvents<Event>(
  events: AsyncIterable<Event>,
  ...values: readonly ReadonlySet<string>[]
): AsyncGenerator<Event> {
  let known = 0;
  let mask = maskSecrets([]);
  for await (const event of events) {
    const size = values.reduce((sum, set) => sum + set.size, 0);
    if (size !== known) {
      known = size;
      mask = maskSecrets(values.flatMap((set) => [...set]));
    }
    yield known === 0 ? event : maskEvent(event, mask);
  }
}
