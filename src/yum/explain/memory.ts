import type { YumEvent, YumPhase } from '../events.ts';
import { knownFailures } from './catalogue.ts';
import { type Hit, hitsAmongScriptlets, hitsOf } from './match.ts';

/** What of a run has to be remembered to explain how it ended. */
export interface Memory {
  /** The last line of each known failure, the more telling failures first. */
  readonly hits: readonly Hit[];
  /** The tool itself reported an error. */
  readonly reported: boolean;
  /** The last thing that it printed was a question. */
  readonly asked: boolean;
  /** It waits for another process to let go of the lock. */
  readonly waiting: boolean;
  /** How far it was: what is to be done was settled, or packages were being changed. */
  readonly reached: 'nothing' | 'plan' | 'transaction';
}

/** Phases after which a run has to say how it ended. */
const planned: ReadonlySet<YumPhase> = new Set(['table', 'summary', 'download', 'check', 'test']);

function freshRun() {
  return {
    hits: new Map<string, Hit>(),
    reported: false,
    asked: false,
    waiting: false,
    reached: 'nothing' as Memory['reached'],
    packstack: false,
    last: '',
  };
}

/** How many lines are known by their hits before they are forgotten: the same messages come again and again. */
const knownLines = 256;

/** What a line tells, looked up once while the line is known. */
function remembering(find: (line: string) => readonly Hit[]): (line: string) => readonly Hit[] {
  const known = new Map<string, readonly Hit[]>();
  return (line) => {
    const before = known.get(line);
    if (before) return before;
    if (known.size >= knownLines) known.clear();
    const hits = find(line);
    known.set(line, hits);
    return hits;
  };
}

/** Remembers event by event, in constant memory; of several runs the last one. */
export function createMemory() {
  let run = freshRun();
  let begun = false;
  const hitsOfLine = remembering(hitsOf);

  function enter(phase: YumPhase): void {
    if (phase === 'setup') {
      // What came before the first run belongs to it.
      if (begun) run = freshRun();
      begun = true;
    }
    run.waiting = false;
    if (planned.has(phase)) run.reached = 'plan';
  }

  function read(line: string, hitsIn: (line: string) => readonly Hit[]): void {
    // A lock is told every two seconds, a mirror's failure for every file.
    if (line === run.last) return;
    run.last = line;
    for (const hit of hitsIn(line)) run.hits.set(hit.failure.id, hit);
  }

  function note(event: YumEvent): void {
    switch (event.type) {
      case 'phase':
        enter(event.phase);
        break;
      case 'step':
        run.waiting = false;
        // What is to be done after a transaction of rpm that was cut off is no help for Packstack.
        if (!run.packstack) run.reached = 'transaction';
        break;
      // Seen only while nobody else holds the lock.
      case 'repository':
      case 'package':
      case 'download':
        run.waiting = false;
        break;
      case 'tool':
        run.packstack = event.tool === 'packstack';
        break;
      case 'complete':
        run.reached = 'nothing';
        break;
      case 'key-import':
        // The key was found after all.
        run.hits.delete('key-not-installed');
        break;
      case 'lock-wait':
        run.waiting = true;
        read(event.line, hitsOfLine);
        break;
      case 'error':
        run.reported = true;
        read(event.line, hitsOfLine);
        break;
      case 'warning':
      case 'aborted':
      case 'unparsed':
        read(event.line, hitsOfLine);
        break;
      case 'scriptlet':
        read(event.line, hitsAmongScriptlets);
        break;
      default:
        break;
    }
  }

  return {
    add(event: YumEvent): void {
      run.asked = event.type === 'prompt';
      note(event);
    },
    recall: (): Memory => ({ ...run, hits: knownFailures.flatMap(({ id }) => run.hits.get(id) ?? []) }),
  };
}
