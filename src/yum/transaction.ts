import { dnf4Lock, dnf4Tail } from './dnf4.ts';
import { readDownload } from './downloads.ts';
import { isLastWord, readOpen } from './open.ts';
import { readPhrase } from './phrases.ts';
import { failing, opening, text, warning } from './readers.ts';
import { readForeignHeading, readResultHeading } from './result-headings.ts';
import { indexRules, type Rule, readByRule } from './rules.ts';
import { emitLine, type State } from './state.ts';
import { acceptBarStep, acceptStep, barStepOf, stepOf } from './steps.ts';
import { complaintOf, phraseOf } from './words.ts';
import { readCommand } from './wrappers.ts';
import { loadedPlugins } from './yum3.ts';

/** Starts of a run that no scriptlet prints: the previous run was cut off. */
const openings: readonly Rule[] = [
  { starts: 'Loaded plugins:', read: loadedPlugins },
  { starts: 'Last metadata expiration check:', read: opening('dnf4', true) },
  { starts: 'Updating and loading repositories:', read: opening('dnf5', true) },
];

/** Messages of rpm and the tool among scriptlet output. */
const own = indexRules(openings, [
  { starts: 'Error in ', has: ' scriptlet in rpm package ', read: failing('partial') },
  { starts: 'Error unpacking rpm package ', read: failing('partial') },
  { starts: 'Error: Transaction failed', read: failing('fatal', { tool: 'dnf4' }) },
  { starts: 'Error: Could not run transaction', read: failing('fatal', { tool: 'dnf4' }) },
  { starts: 'Error: Transaction test err', read: failing('fatal', { tool: 'dnf4' }) },
  { starts: 'Non-fatal ', has: ' scriptlet failure in rpm package ', read: warning },
  { starts: '** Found ', has: 'pre-existing rpmdb problem', read: text('yum3') },
]);

const afterwards = indexRules(openings, [dnf4Lock], dnf4Tail);

function readBarLine(state: State, line: string): boolean {
  const step = line.startsWith('[') ? barStepOf(line) : undefined;
  if (!step) return false;
  if (state.underRule || step.action.includes('://')) emitLine(state, 'text', line);
  else acceptBarStep(state, step);
  return true;
}

/** dnf 5 prefixes all scriptlet output, so its other lines are trusted. */
function readMarked(state: State, line: string): boolean {
  const marked = state.tool === 'dnf5' || line.startsWith('>>>') || line.startsWith('Transaction failed: ');
  if (marked) readOpen(state, line);
  return marked;
}

/** No scriptlet runs before the first element. */
function readBefore(state: State, line: string): boolean {
  const phrase = phraseOf(line);
  if (phrase === 'complete') readPhrase(state, phrase, line);
  else if (/^(?:Transaction couldn't start:|Could not run transaction\.)/.test(line)) readOpen(state, line);
  else return false;
  return true;
}

function readStep(state: State, line: string): boolean {
  if (line.startsWith(' ')) {
    const step = stepOf(line);
    return step !== undefined && acceptStep(state, step, line);
  }
  return (
    state.tool !== 'yum3' && state.tool !== 'dnf4' && (readBarLine(state, line) || readMarked(state, line))
  );
}

/** A line between the elements: attributed to the tool only if it is consistent with the state of the transaction. */
export function readTransaction(state: State, line: string): void {
  if (readStep(state, line)) return;
  const { total, done, verifying } = state.steps;
  const over = total > 0 && done === total;
  if (over && (readResultHeading(state, line) || readForeignHeading(state, line))) return;
  if (total === 0 && readBefore(state, line)) return;
  if (over && verifying && isLastWord(state, line)) {
    failing('fatal')(state, line);
    return;
  }
  if (readByRule(own, state, line)) return;
  if (complaintOf(line) === 'warning') warning(state, line);
  else emitLine(state, 'scriptlet', line);
}

/** A line after a transaction: the next run, or late scriptlet output, which may imitate anything. */
function readLate(state: State, line: string): void {
  const phrase = phraseOf(line);
  const step = state.steps.verifying ? undefined : stepOf(line);
  if (phrase === 'resolved' || phrase === 'loading') readPhrase(state, phrase, line);
  else if (readByRule(afterwards, state, line) || readDownload(state, line)) return;
  else if (line === 'Resolving Dependencies') readOpen(state, line);
  else if (readCommand(state, line)) return;
  else if (!step || !acceptStep(state, step, line)) emitLine(state, 'scriptlet', line);
}

/** A line after the outcome. */
export function readClosed(state: State, line: string): void {
  if (state.tool === 'dnf5' || state.steps.total === 0) readOpen(state, line);
  else readLate(state, line);
}
