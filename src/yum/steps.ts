import { trimEndOf } from '../base/trim.ts';
import { barIn, counterOf } from './downloads.ts';
import { nameOf } from './rows.ts';
import { emit, emitImplied, noteTool, type State } from './state.ts';
import { isVerifying } from './words.ts';

/** A possible element of the transaction, before it is known whether the tool printed it. */
export interface Step {
  readonly action: string;
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0;
}

/** `  Installing : name   3/99`, by its shape in any language; also `######### [1/4]` of RHEL 5. */
export function stepOf(line: string): Step | undefined {
  let end = line.length;
  const last = line.charCodeAt(end - 1);
  if (!isDigit(last) && last !== 0x5d) return undefined;
  if (last === 0x5d) end -= 1;
  let slash = end;
  while (slash > 0 && isDigit(line.charCodeAt(slash - 1))) slash -= 1;
  if (slash === end || line.charCodeAt(slash - 1) !== 0x2f) return undefined;
  let start = slash - 1;
  while (start > 0 && isDigit(line.charCodeAt(start - 1))) start -= 1;
  if (start === slash - 1) return undefined;
  const before = line.charCodeAt(start - 1);
  if (!isBlank(before) && before !== 0x5b) return undefined;
  const colon = line.indexOf(':');
  if (colon < 2 || colon >= start || !isBlank(line.charCodeAt(0))) return undefined;
  const done = Number(line.slice(start, slash - 1));
  const total = Number(line.slice(slash, end));
  if (done < 1 || done > total) return undefined;
  const text = line.slice(colon + 1, before === 0x5b ? start - 1 : start).trim();
  const name = text.endsWith('#') ? trimEndOf(text, '# \t\u00a0') : text;
  return { action: line.slice(0, colon).trim(), name, done, total };
}

/** `[3/5] Installing name…  100% | … | … | …` of dnf 5; German puts the name before the verb. */
export function barStepOf(line: string): Step | undefined {
  const found = barIn(line);
  const counter = found ? counterOf(line.slice(0, found.index)) : undefined;
  if (!counter) return undefined;
  const words = counter.rest.split(' ');
  const at = words.findIndex((word) => /[^-]-(?:\d+:)?\d/.test(word));
  const name = at < 0 ? '' : (words[at] ?? '');
  const action = words.filter((_, index) => index !== at).join(' ');
  return { action, name, done: counter.done, total: counter.total };
}

/** Width in terminal columns; East Asian characters take two. */
function widthOf(line: string): number {
  let width = line.length;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xffe6))) width += 1;
  }
  return width;
}

/** Whether the element is consistent with earlier ones: the same total, and the same width or a package of the table. */
function fits(state: State, step: Step, width: number): boolean {
  const { steps, names } = state;
  if (steps.total === 0) return true;
  if (step.total !== steps.total) return false;
  if (!steps.aligned || width === steps.width) return true;
  const name = nameOf(step.name);
  return name !== undefined && names.has(name);
}

function emitStep(state: State, { action, name, done, total }: Step): void {
  emit(state, { type: 'step', action, name, done, total });
}

/** Emits the element if the tool printed it; false if it is scriptlet output. */
export function acceptStep(state: State, step: Step, line: string): boolean {
  const width = widthOf(line);
  if (!fits(state, step, width)) return false;
  const { steps } = state;
  if (steps.width > 0) steps.aligned = steps.aligned || steps.width === width;
  steps.width = width;
  if (step.name === '')
    noteTool(state, 'dnf4'); // It counts `Preparing` separately, 1/1.
  else {
    steps.total = step.total;
    steps.done = step.done;
  }
  if (!steps.verifying && isVerifying(step.action)) {
    steps.verifying = true;
    emitImplied(state, { type: 'phase', phase: 'verify' });
  }
  state.stage = 'transaction';
  emitStep(state, step);
  return true;
}

/** A transaction element of dnf 5. Scriptlets cannot imitate one: their lines have a prefix. */
export function acceptBarStep(state: State, step: Step): void {
  noteTool(state, 'dnf5');
  state.steps.total = step.total;
  state.steps.done = step.done;
  emitStep(state, step);
}
