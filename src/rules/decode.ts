import {
  type ClusterLanguage,
  type ClusterReading,
  type Decoded,
  readClusterText,
} from '../cluster/decode.ts';
import type { Severities } from '../cluster/suppressions.ts';
import { asOf } from '../data/as-of.ts';
import type { ParseMemory } from '../schema/memory.ts';
import { catalogue } from '../steps/catalogue.ts';
import { checkRules } from './check.ts';

function languageOn(today: string, severities: Severities | undefined): ClusterLanguage {
  return {
    ...(severities ? { severities } : {}),
    catalogue,
    check: (file, cluster, reading) => checkRules({ file, cluster, reading, today }),
  };
}

export interface ReadOptions {
  /** Of an earlier version of the text: only what differs from it is parsed. */
  readonly memory?: ParseMemory;
  /** The day by which ends of life count, year-month-day; without it, that of the tables. */
  readonly today?: string;
  /** The severities of the project. */
  readonly severities?: Severities | undefined;
}

/** Reads a text with the steps of the catalogue and every rule. */
export function readCluster(
  text: string,
  { memory, today = asOf.releases, severities }: ReadOptions = {},
): ClusterReading {
  return readClusterText(text, languageOn(today, severities), memory);
}

/** Decodes a cluster file; never throws, everything wrong is reported as a problem. */
export function decodeCluster(text: string, today?: string): Decoded {
  return readCluster(text, today === undefined ? {} : { today }).decoded;
}
