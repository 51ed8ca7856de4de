import { basename } from 'node:path';
import { trimEndOf } from '../../base/trim.ts';
import { createLogReader } from '../../yum/explain/log-reader.ts';
import { type BundleLimits, bundleFiles } from './bundle.ts';
import type { LogReport, ReadLog } from './read-log.ts';
import { unpackingMessage } from './unpacked.ts';

/** What a bundle had. */
export interface BundleSummary extends BundleLimits {
  /** Files that can be logs. */
  read: number;
  /** Those with output of the package tools. */
  found: number;
}

/** More reports are not printed. */
const maxReports = 500;

type Failure = Extract<ReadLog, { ok: false }>;

function failureOf(path: string, cause: unknown): Failure | undefined {
  const message = unpackingMessage(path, cause);
  return message && { ok: false, message };
}

/** Reads a support bundle, as a folder or an archive, file by file in constant memory; only logs of the package tools are given. */
export async function* readBundle(
  file: string,
  path: string,
  summary: BundleSummary,
): AsyncGenerator<LogReport, Failure | undefined> {
  try {
    for await (const each of bundleFiles(path, summary)) {
      summary.read += 1;
      const reader = createLogReader();
      for await (const text of each.text()) reader.push(text);
      const findings = reader.end();
      const isOne = findings.summary.tool !== undefined || (findings.explanation?.line ?? '') !== '';
      if (!isOne) continue;
      summary.found += 1;
      if (summary.found > maxReports) {
        summary.isCut = true;
        return undefined;
      }
      yield { file: `${file === '.' ? basename(path) : trimEndOf(file, '/')}/${each.name}`, ...findings };
    }
  } catch (cause) {
    const failure = failureOf(file, cause);
    if (!failure) throw cause;
    return failure;
  }
  return undefined;
}
