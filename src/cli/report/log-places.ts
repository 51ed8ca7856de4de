import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** A step of a run on a node. */
export interface LogAddress {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** Where the logs of runs are. */
export interface LogPlaces {
  /** The log file of a step; undefined where none was written: the step printed nothing, or did not come so far. */
  file(of: LogAddress): string | undefined;
  /** The folder that has a run's journal and the logs of its nodes. */
  folder(run: string): string;
}

/** `logFile` says where a log would be. */
export function logPlaces(logFile: (of: LogAddress) => string): LogPlaces {
  return {
    file: (of) => {
      const path = logFile(of);
      return existsSync(path) ? path : undefined;
    },
    folder: (run) => dirname(dirname(logFile({ run, node: 'node', step: 'step' }))),
  };
}
