import { createReadStream } from 'node:fs';
import { type QuickPickItem, window } from 'vscode';
import { linesOf } from '../../app/logs/lines.ts';
import { logFile } from '../../app/logs/paths.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { logText } from '../../app/logs/text.ts';
import { msg } from '../../base/l10n.ts';
import { cleanLine } from '../../yum/clean.ts';
import { t } from '../editor/texts.ts';
import type { LogAddress } from './address.ts';

/** Maximum number of results. */
const maxHits = 2000;

/** A matching line. */
export interface Found {
  readonly address: LogAddress;
  readonly row: number;
  readonly line: string;
}

/** The lines of some logs that contain a text, ignoring case; up to a maximum number. */
export async function findInLogs(
  addresses: readonly LogAddress[],
  text: string,
  stateFolder: string,
): Promise<readonly Found[]> {
  const wanted = text.toLowerCase();
  const found: Found[] = [];
  for (const address of addresses) {
    let row = -1;
    try {
      for await (const raw of linesOf(logText(createReadStream(logFile(stateFolder, address))))) {
        row += 1;
        const line = cleanLine(raw);
        if (line.toLowerCase().includes(wanted)) found.push({ address, row, line });
        if (found.length >= maxHits) return found;
      }
    } catch (cause) {
      // A step without output has no file yet.
      if (!isSystemError(cause) || cause.code !== 'ENOENT') throw cause;
    }
  }
  return found;
}

export interface SearchNeeds {
  readonly addresses: readonly LogAddress[];
  readonly stateFolder: string;
  /** The display name of the log's node. */
  readonly nodeOf: (address: LogAddress) => string;
  readonly show: (address: LogAddress, row: number) => Promise<void>;
}

/** Asks for a text and lists the matching lines of all logs; opens the selected one. */
export async function searchLogs({ addresses, stateFolder, nodeOf, show }: SearchNeeds): Promise<void> {
  const title = t(msg('Search the logs of all nodes'));
  const text = await window.showInputBox({ title, placeHolder: t(msg('Text to search for')) });
  if (text === undefined || text === '') return;
  const found = await findInLogs(addresses, text, stateFolder);
  if (found.length === 0) {
    void window.showInformationMessage(t(msg('No log contains “{0}”.', text)));
    return;
  }
  const items = found.map(({ address, row, line }): QuickPickItem & { found: Found } => ({
    label: line.trim(),
    description: `${nodeOf(address)} · ${address.step}:${row + 1}`,
    found: { address, row, line },
  }));
  const count = t(
    found.length < maxHits ? msg('{0} lines', found.length) : msg('the first {0} lines', maxHits),
  );
  const picked = await window.showQuickPick(items, {
    title: `${text} — ${count}`,
    matchOnDescription: true,
  });
  if (picked) await show(picked.found.address, picked.found.row);
}
