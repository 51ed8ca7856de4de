import type { YumEvent, YumPhase } from '../events.ts';
import { progress } from '../summarize.ts';
import { knownFailures } from './catalogue.ts';
import { type Hit, hitsAmongScriptlets, hitsOf } from './match.ts';

/** What is kept of a run to explain its outcome. */
export interface Memory {
  /** The last line of each known failure, the most specific failures first. */
  readonly hits: readonly Hit[];
  /** Whether the tool itself reported an error. */
  readonly reported: boolean;
  /** Whether its last output was a question. */
  readonly asked: boolean;
  /** Whether it is waiting for another process to release the lock. */
  readonly waiting: boolean;
  /** How far it got: the transaction was resolved, or packages were being changed. */
  readonly reached: 'nothing' | 'plan' | 'transaction';
  /** Whether it continued after the last known failure. */
  readonly continued: boolean;
}

/** Phases after which a run must report its outcome. */
const planned: ReadonlySet<YumPhase> = new Set(['table', 'summary', 'download', 'check', 'test']);

function freshRun() {
  return {
    hits: new Map<string, Hit>(),
    reported: false,
    asked: false,
    waiting: false,
    reached: 'nothing' as Memory['reached'],
    packstack: false,
    continued: false,
    last: '',
  };
}

/** Maximum number of cached lines: the same messages occur repeatedly. */
const knownLines = 256;

/** Finds the known failures in a line; runs of one log share it. */
export type HitFinder = (line: string) => readonly Hit[];

/** Cached matches of a line. */
export function createHitFinder(find: HitFinder = hitsOf): HitFinder {
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

/** Records event by event, in constant memory; with several runs, the last one. */
export function createMemory(hitsOfLine: HitFinder = createHitFinder()) {
  let run = freshRun();
  let begun = false;

  function enter(phase: YumPhase): void {
    if (phase === 'setup') {
      // Lines before the first run belong to it.
      if (begun) run = freshRun();
      begun = true;
    }
    run.waiting = false;
    if (planned.has(phase)) run.reached = 'plan';
  }

  function read(line: string, hitsIn: (line: string) => readonly Hit[]): void {
    // A lock is reported every two seconds, a mirror's failure for every file.
    if (line === run.last) return;
    run.last = line;
    for (const hit of hitsIn(line)) {
      run.hits.set(hit.failure.id, hit);
      run.continued = false;
    }
  }

  function note(event: YumEvent): void {
    if (progress.has(event.type)) run.continued = true;
    switch (event.type) {
      case 'phase':
        enter(event.phase);
        break;
      case 'step':
        run.waiting = false;
        // The remedy for an interrupted rpm transaction does not apply to Packstack.
        if (!run.packstack) run.reached = 'transaction';
        break;
      // Printed only while no other process holds the lock.
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
      case 'wrapper':
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
