import type { TimedEvent } from '../../run/events.ts';
import type { RunState } from '../../run/state.ts';

/** Shows the progress of an operation. */
export interface Reporter {
  /** Takes an event and the state after it. */
  event(event: TimedEvent, state: RunState): void;
  /** Prints a line for the user that is not an event. */
  notice(line: string): void;
  /** Releases the terminal for a question; events during it are shown afterwards. */
  suspend(): void;
  resume(): void;
  /** Call once at the end of the operation: clears everything temporary from the screen. */
  end(): void;
}
