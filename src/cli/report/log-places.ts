import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** A step of a run on a node. */
export interface LogAddress {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** Locations of the logs of runs. */
export interface LogPlaces {
  /** The log file of a step; undefined if it does not exist: the step printed nothing, or was not reached. */
  file(of: LogAddress): string | undefined;
  /** The folder with a run's journal and the logs of its nodes. */
  folder(run: string): string;
}

/** `logFile` returns the path of a log that may not exist. */
export function logPlaces(logFile: (of: LogAddress) => string): LogPlaces {
  return {
    file: (of) => {
      const path = logFile(of);
      return existsSync(path) ? path : undefined;
    },
    folder: (run) => dirname(dirname(logFile({ run, node: 'node', step: 'step' }))),
  };
}
