import { readKnown } from './open.ts';
import { namesIn, readForeignHeading, readResultHeading } from './result-headings.ts';
import { emit, emitLine, type State } from './state.ts';
import { acceptStep, stepOf } from './steps.ts';

/** A line of the lists after the transaction. */
export function readResultLine(state: State, line: string): void {
  if (line.startsWith(' ')) {
    const step = stepOf(line);
    if (step && acceptStep(state, step, line)) return;
    const names = namesIn(line);
    if (names.length > 0) emit(state, { type: 'result', action: state.result, names });
    else emitLine(state, 'text', line);
    return;
  }
  if (readResultHeading(state, line) || readForeignHeading(state, line) || readKnown(state, line)) return;
  emitLine(state, 'unparsed', line);
}
