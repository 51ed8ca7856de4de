import { dnf4Rules, dnf4Tail } from './dnf4.ts';
import { dnf5Rules } from './dnf5.ts';
import { readDownload } from './downloads.ts';
import { announcesKey, holdKey } from './keys.ts';
import { readLockList } from './locks.ts';
import { inEnglish } from './messages/in-english.ts';
import { readPhrase } from './phrases.ts';
import { promptOf } from './prompts.ts';
import { fail, failing, text, transferFailed, warning } from './readers.ts';
import { readResultHeading } from './result-headings.ts';
import { columnsOf, endsWithArch } from './rows.ts';
import { indexRules, type Reader, type Rule, readByRule, readerOf } from './rules.ts';
import { emit, emitLine, type State } from './state.ts';
import { acceptBarStep, acceptStep, barStepOf, stepOf } from './steps.ts';
import { readSummaryRow } from './summary-rows.ts';
import { readBareHeader, readRule, readTableLine } from './table.ts';
import { complaintOf, phraseOf, plain, tableHeadings } from './words.ts';
import { readCommand } from './wrappers.ts';
import { yum3Rules } from './yum3.ts';

const question: Reader = (state, line) => emit(state, { type: 'prompt', text: line });

const shared: readonly Rule[] = [
  { starts: '==========', read: readRule },
  { starts: '----------', read: text() },
  { starts: '[sudo] ', read: question },
  // Programs around the tool: docker build and Ansible.
  { starts: ' ---> ', read: text() },
  { starts: 'Removing intermediate container ', read: text() },
  { starts: 'TASK [', read: text() },
  { starts: 'fatal: [', has: ']: FAILED! => ', read: text() },
  { starts: 'PLAY [', read: text() },
  { starts: 'PLAY RECAP ', read: text() },
  { starts: 'RUNNING HANDLER [', read: text() },
  { starts: 'error: (--', read: failing('fatal') },
  { starts: 'error: ', read: failing('minor') },
  // subscription-manager and PackageKit.
  ...[
    'HTTP error (',
    "Unable to verify server's identity",
    'Unable to reach the server at ',
    'Network error, unable to connect to server',
    'This system is not yet registered.',
    'Bad GPG signature found:',
  ].map((starts): Rule => ({ starts, read: failing('fatal') })),
  // yum 3 itself, run by Python 3.
  { starts: '    except KeyboardInterrupt, e:', read: failing('fatal') },
  { starts: 'ImportError: No module named ', read: failing('fatal') },
  { starts: 'ModuleNotFoundError: No module named ', read: failing('fatal') },
  { starts: 'Error in ', has: ' scriptlet in rpm package ', read: failing('partial') },
  { starts: 'Error unpacking rpm package ', read: failing('partial') },
  { starts: 'Non-fatal ', has: ' scriptlet failure in rpm package ', read: warning },
];

const rules = indexRules(shared, dnf4Rules, dnf5Rules, yum3Rules, dnf4Tail);

/** Reads a message of yum or dnf in another language; false for any other line. */
function readTranslated(state: State, line: string): boolean {
  const english = inEnglish(line);
  if (english === undefined) return false;
  const phrase = phraseOf(english);
  if (phrase === undefined) readerOf(rules, english)?.(state, line);
  else readPhrase(state, phrase, line);
  return phrase !== undefined || readerOf(rules, english) !== undefined;
}

/** Reads a line that starts with known words; false for any other line. */
export function readKnown(state: State, line: string): boolean {
  if (readByRule(rules, state, line)) return true;
  if (line.startsWith(' ')) return false;
  const phrase = phraseOf(line);
  if (phrase !== undefined) {
    readPhrase(state, phrase, line);
    return true;
  }
  const complaint = complaintOf(line);
  if (complaint === 'error') fail(state, line, 'fatal');
  else if (complaint === 'warning') warning(state, line);
  return complaint !== undefined;
}

/** Maximum number of questions on one line that are read, each with the text after it. */
const maxPrompts = 8;

/** `before` is the number of earlier questions on the line. */
function readPrompt(state: State, line: string, before: number): boolean {
  const prompt = before < maxPrompts ? promptOf(line) : undefined;
  if (!prompt) return false;
  emit(state, { type: 'prompt', text: prompt.text });
  if (prompt.rest !== '') readOpen(state, prompt.rest, before + 1);
  return true;
}

/** A transaction element without `Running transaction`: the text starts in the middle of a run. */
function readEarlyStep(state: State, line: string): boolean {
  if (line.startsWith('[')) {
    const step = state.stage === 'open' ? barStepOf(line) : undefined;
    if (step?.name === '' || step?.action === '' || step === undefined) return false;
    state.stage = 'transaction';
    acceptBarStep(state, step);
    return true;
  }
  const step = line.startsWith('  ') ? stepOf(line) : undefined;
  return step !== undefined && acceptStep(state, step, line);
}

/** Reads a line that is recognized by its shape; false for any other line. */
function readShape(state: State, line: string, prompts: number): boolean {
  if (readEarlyStep(state, line) || readDownload(state, line) || readPrompt(state, line, prompts))
    return true;
  if (announcesKey(line)) {
    holdKey(state, line);
    return true;
  }
  if (line.includes(': curl#') || line.includes(': [Errno ')) {
    transferFailed(state, line);
    return true;
  }
  if (readLockList(state, line)) return true;
  if (line.includes(' Package') && readSummaryRow(state, line)) return true;
  return readBareHeader(state, line) || readCutList(state, line) || readListing(state, line);
}

/** A heading of the table or of the final lists: the text starts in the middle of a run. */
function readCutList(state: State, line: string): boolean {
  if (state.failed) return false;
  if (readResultHeading(state, line)) return true;
  if (state.stage !== 'open' || !line.endsWith(':') || !tableHeadings.has(plain(line))) return false;
  state.stage = 'table';
  return readTableLine(state, line);
}

/** `name.arch  1.0-1.el9  updates`: a result of a query, such as available upgrades. */
function readListing(state: State, line: string): boolean {
  const first = line.indexOf('.');
  if (first < 1) return false;
  const [name = '', version = '', , more] = columnsOf(line, 4);
  if (more !== undefined || !endsWithArch(name) || !version.includes('-')) return false;
  emitLine(state, 'answer', line);
  return true;
}

/** A line outside of tables, transactions and lists; `prompts` is the number of earlier questions on the line. */
export function readOpen(state: State, line: string, prompts = 0): void {
  if (state.awaitsReason) {
    state.awaitsReason = false;
    failing('fatal')(state, line);
    return;
  }
  if (readUnsigned(state, line)) return;
  if (readKnown(state, line) || readShape(state, line, prompts)) return;
  if (readCommand(state, line) || readTranslated(state, line)) return;
  const { explained, blanks } = state;
  if (explained === 'run' || (explained === 'paragraph' && blanks === 0)) fail(state, line, 'detail');
  else if (isLastWord(state, line)) failing('fatal')(state, line);
  else emitLine(state, 'unparsed', line);
}

/** yum 3 prints why it ends below two blank lines, in any language and without `Error:`; source: yummain.py. */
export function isLastWord({ tool, blanks }: State, line: string): boolean {
  return tool === 'yum3' && blanks > 1 && !line.startsWith(' ');
}

/** What yum 3 says of a package before it tries another key, and again when it ends. */
const unsigned =
  /^(?:Key import failed |Public key for \S+ is not (?:installed|trusted)|Package \S+ is not signed|Problem opening package )/;

/** The second time, such a line is why the run ended; false for any other line. */
function readUnsigned(state: State, line: string): boolean {
  const isLast = state.blanks > 1 && !line.startsWith(' ') && (state.tool ?? 'yum3') === 'yum3';
  if (!isLast || !unsigned.test(inEnglish(line) ?? line)) return false;
  failing('fatal')(state, line);
  return true;
}
