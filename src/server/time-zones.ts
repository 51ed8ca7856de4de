import { msg } from '../base/l10n.ts';
import type { TimeZone } from '../language/completion/words.ts';
import type { DocumentStore } from './store.ts';

/** The time zone of this computer, then those of the other open files. */
export function likelyTimeZones(store: Pick<DocumentStore, 'others'>, uri: string): readonly TimeZone[] {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const used = store.others(uri).flatMap(({ cluster }) => cluster?.system.timezone ?? []);
  return [
    { name: here, why: msg('The time zone of this computer.') },
    ...[...new Set(used)]
      .filter((name) => name !== here)
      .map((name) => ({ name, why: msg('Used in another open cluster file.') })),
  ];
}
