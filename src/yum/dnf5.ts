import { holdKey } from './keys.ts';
import { lockFree } from './locks.ts';
import { aside, failing, openRun, text, warning } from './readers.ts';
import type { Reader, Rule } from './rules.ts';
import { emit, emitError, emitLine, noteTool } from './state.ts';

const waiting: Reader = (state, line) => {
  openRun(state, false);
  noteTool(state, 'dnf5');
  lockFree(state, line);
};

/** `Total size of inbound packages is 8 KiB. Need to download 8 KiB.` */
const inbound: Reader = (state, line) => {
  noteTool(state, 'dnf5');
  const size = line.slice(line.lastIndexOf('download ') + 9).replace(/\.$/, '');
  emit(state, { type: 'size', kind: 'download', text: size });
};

/** `After this operation, 537 KiB extra will be used (install 537 KiB, remove 0 B).` */
const afterwards: Reader = (state, line) => {
  noteTool(state, 'dnf5');
  const found = /(?<![\d.])([\d.]+ [KMGT]?i?B)/.exec(line);
  const kind = line.includes('freed') ? 'freed' : 'installed';
  emit(state, { type: 'size', kind, text: found?.[1] ?? '' });
};

/** `>>> …` belongs to the preceding bar: scriptlet output in a transaction, a server's response before it. */
const message: Reader = (state, line) => {
  noteTool(state, 'dnf5');
  const body = line.slice(4);
  if (body.startsWith('Usable URL not found') || body.startsWith('No more mirrors to try'))
    emitError(state, 'partial', line);
  else if (body.startsWith('Non-critical error in') || body.startsWith('Error in'))
    emitError(state, 'minor', line);
  else if (state.stage === 'transaction') emitLine(state, 'scriptlet', line);
  else emitError(state, 'minor', line);
};

const dnfFailures = ['Failed to download ', 'Failed to load ', 'Failed to resolve ', 'Failed to parse '];

/** Other programs also "fail to" do things; only dnf 5 itself ends its run with these words. */
const failed: Reader = (state, line) => {
  if (state.tool === 'dnf5') failing('fatal')(state, line);
  else emitLine(state, 'unparsed', line);
};

/** Lines of dnf 5; source: dnf5's main.cpp, context.cpp, download_callbacks.cpp and libdnf5-cli. */
export const dnf5Rules: readonly Rule[] = [
  { starts: 'terminate called after throwing', read: failing('fatal') },
  { starts: 'Waiting for a lock on the system repository', read: waiting },
  { starts: 'Use the "--skip-file-locks"', read: text('dnf5') },
  { starts: 'Total size of inbound packages is ', read: inbound },
  { starts: 'After this operation', read: afterwards },
  { starts: '>>> ', read: message },
  { starts: '>>>', read: message },
  { starts: 'Problems in request:', read: failing('fatal') },
  { starts: 'Problem', read: aside(failing('minor')) },
  { starts: 'You can try to add to command line:', read: aside(text('dnf5')) },
  ...dnfFailures.map((starts): Rule => ({ starts, read: failing('fatal') })),
  { starts: 'Failed to ', read: failed },
  { starts: 'Transaction failed: ', read: failing('fatal', { tool: 'dnf5' }) },
  { starts: 'Unknown argument ', read: failing('fatal', { tool: 'dnf5' }) },
  { starts: 'Missing command.', read: failing('fatal', { tool: 'dnf5' }) },
  { starts: 'The requested operation requires superuser', read: failing('fatal', { tool: 'dnf5' }) },
  { starts: 'OpenPGP check for package ', read: aside(failing('partial')) },
  { starts: 'Warning: skipped OpenPGP checks', read: aside(warning) },
  { starts: 'Importing OpenPGP key 0x', read: holdKey },
  { starts: 'The key was successfully imported.', read: text('dnf5') },
];
