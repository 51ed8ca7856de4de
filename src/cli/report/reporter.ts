import type { TimedEvent } from '../../run/events.ts';
import type { RunState } from '../../run/state.ts';

/** Shows an operation while it goes on. */
export interface Reporter {
  /** An event and the state after it. */
  event(event: TimedEvent, state: RunState): void;
  /** One line for the person that is not an event. */
  notice(line: string): void;
  /** Leaves the terminal to a question; what happens meanwhile is shown afterwards. */
  suspend(): void;
  resume(): void;
  /** Call once, when the operation is over: takes everything off the screen that is not to stay. */
  end(): void;
}
