import { maskEvent, maskSecrets } from '../run/mask.ts';
import type { Secrets } from './jobs/ports.ts';

/** Wraps the secrets and collects every value that was read. */
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

/** Masks secret values in events; the node masks its own output, this catches the rest. */
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
