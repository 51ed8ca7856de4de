import { Disposable, EventEmitter, window, workspace } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';
import { canCompare } from '../../view/comparable.ts';
import { createThrottle } from '../stores/throttle.ts';
import { logPlace } from './address.ts';
import type { LogTexts } from './log-texts.ts';

/** Whether the active editor shows a log that can be compared with that of another node. */
export interface ComparableLog extends Disposable {
  readonly isOne: boolean;
  /** Returns what ends the calls. */
  readonly onDidChange: (listener: () => void) => () => void;
}

/** Minimum interval between checks of a log that grows, in milliseconds. */
const lookEvery = 1000;

export function watchComparableLog(texts: LogTexts, report: (cause: unknown) => void): ComparableLog {
  const changed = new EventEmitter<void>();
  let isOne = false;

  async function look(): Promise<void> {
    const uri = window.activeTextEditor?.document.uri;
    const place = uri && logPlace(uri);
    const reading = place && (await texts.run(place.run));
    if (uri !== window.activeTextEditor?.document.uri) return;
    const found = place !== undefined && reading?.kind === 'record' && canCompare(reading.record, place);
    if (found === isOne) return;
    isOne = found;
    changed.fire();
  }
  const update = (): void => void look().catch(report);
  const pacer = createThrottle(lookEvery, update);
  const parts = Disposable.from(
    pacer,
    changed,
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === schemes.log) pacer.request();
    }),
  );
  update();
  return {
    get isOne() {
      return isOne;
    },
    onDidChange: (listener) => {
      const subscription = changed.event(listener);
      return () => subscription.dispose();
    },
    dispose: () => parts.dispose(),
  };
}
