import {
  type ClusterLanguage,
  type ClusterReading,
  type Decoded,
  readClusterText,
} from '../cluster/decode.ts';
import type { ParseMemory } from '../schema/memory.ts';
import { catalogue } from '../steps/catalogue.ts';
import { checkRules } from './check.ts';

const language: ClusterLanguage = {
  catalogue,
  check: checkRules,
};

/** Reads a text; given the memory of an earlier version, parses only what differs from it. */
export function readCluster(text: string, memory?: ParseMemory): ClusterReading {
  return readClusterText(text, language, memory);
}

/** Decodes a cluster file with the steps of the catalogue and every rule; never throws, everything wrong is reported as a problem. */
export function decodeCluster(text: string): Decoded {
  return readCluster(text).decoded;
}
