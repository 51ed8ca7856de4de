import { maskEvent, maskSecrets } from '../run/mask.ts';
import type { Secrets } from './jobs/ports.ts';

/** Secrets as they are, and every value that was given out so far. */
export function rememberValues(secrets: Secrets): {
  readonly secrets: Secrets;
  readonly values: ReadonlySet<string>;
} {
  const values = new Set<string>();
  const get: Secrets['get'] = async (name) => {
    const value = await secrets.get(name);
    if (value !== undefined) values.add(value);
    return value;
  };
  return { secrets: { get }, values };
}

/** Passes events on without the values in their texts; the node masks its output itself, this is for what gets by that. */
export async function* maskEvents<Event>(
  events: AsyncIterable<Event>,
  values: ReadonlySet<string>,
): AsyncGenerator<Event> {
  let known = 0;
  let mask = maskSecrets([]);
  for await (const event of events) {
    if (values.size !== known) {
      known = values.size;
      mask = maskSecrets(values);
    }
    yield known === 0 ? event : maskEvent(event, mask);
  }
}
