import type { Piece } from './piece.ts';
import { dnfDeadRepository, dnfOpening, dnfTransaction } from './yum-dnf.ts';
import { type DemoPackage, dnfNevra, yumNevra } from './yum-package.ts';
import { dnfDeadMirrors, dnfLock, type YumProblem, yumDeadMirrors, yumLock } from './yum-problems.ts';
import { yumMirrors, yumOpening, yumTransaction } from './yum-three.ts';
import { labour, type Verb } from './yum-transaction.ts';
import { createWriter } from './yum-writer.ts';

export interface TranscriptRequest {
  readonly tool: 'yum3' | 'dnf4';
  readonly verb: Verb;
  /** The requested packages with their dependencies; for `nothing-to-do`, those already installed. */
  readonly packages: readonly DemoPackage[];
  readonly problem?: YumProblem;
}

/** The output of a run of yum 3.4.3 or dnf 4, stdout and stderr merged, without a terminal. */
export interface Transcript {
  /** In order; the delays are those of a fast node. */
  readonly pieces: readonly Piece[];
  readonly exitCode: number;
}

/** Duration of a run in milliseconds: increases with the number of packages, up to a limit. */
function duration(verb: Verb, packages: readonly DemoPackage[]): number {
  const work = packages.reduce((sum, each) => sum + labour(each), 0);
  return verb === 'upgrade' ? Math.min(24_000, 8_000 + 200 * work) : Math.min(6_000, 2_400 + 110 * work);
}

const lookingTime = 1_500;

function yum({ verb, packages, problem }: TranscriptRequest): Transcript {
  const opening = createWriter();
  const writer = createWriter();
  yumOpening(opening);
  const before = [...opening.finish(400), ...(problem?.kind === 'lock' ? yumLock(problem) : [])];
  const done = (milliseconds: number, exitCode: number): Transcript => ({
    pieces: [...before, ...writer.finish(milliseconds)],
    exitCode,
  });
  writer.onInterrupt('\n\nExiting on user cancel\n');
  if (problem?.kind === 'dead-mirrors') {
    writer.say('Determining fastest mirrors', 4);
    writer.say(yumDeadMirrors);
    return done(lookingTime, 1);
  }
  yumMirrors(writer);
  if (problem?.kind === 'nothing-to-do' || packages.length === 0) {
    const known = packages.map(
      (each) => `Package ${yumNevra(each, each.version)} already installed and latest version`,
    );
    writer.say([...known, verb === 'upgrade' ? 'No packages marked for update' : 'Nothing to do']);
    return done(lookingTime, 0);
  }
  const failing = problem?.kind === 'failing-package' ? problem.name : undefined;
  yumTransaction(writer, packages, failing);
  return done(duration(verb, packages), packages.some(({ name }) => name === failing) ? 1 : 0);
}

function dnf({ verb, packages, problem }: TranscriptRequest): Transcript {
  const writer = createWriter();
  const before = problem?.kind === 'lock' ? dnfLock(problem) : [];
  const done = (milliseconds: number, exitCode: number): Transcript => ({
    pieces: [...before, ...writer.finish(milliseconds)],
    exitCode,
  });
  if (problem?.kind === 'dead-mirrors') {
    dnfDeadRepository(writer);
    writer.say(dnfDeadMirrors);
    return done(lookingTime, 1);
  }
  dnfOpening(writer);
  if (problem?.kind === 'nothing-to-do' || packages.length === 0) {
    const known = packages.map((each) => `Package ${dnfNevra(each, each.version)} is already installed.`);
    writer.say([...known, 'Dependencies resolved.', 'Nothing to do.', 'Complete!']);
    return done(lookingTime, 0);
  }
  const failing = problem?.kind === 'failing-package' ? problem.name : undefined;
  dnfTransaction(writer, packages, failing);
  return done(duration(verb, packages), packages.some(({ name }) => name === failing) ? 1 : 0);
}

/** The output and exit code of `yum -y install …`, `yum -y upgrade` and their dnf counterparts. */
export function yumTranscript(request: TranscriptRequest): Transcript {
  return request.tool === 'yum3' ? yum(request) : dnf(request);
}

/** The output of `-q check-update`: exit code 100 if there are updates, 1 if no mirror responds. */
export function checkUpdateTranscript({
  tool,
  packages,
  problem,
}: Omit<TranscriptRequest, 'verb'>): Transcript {
  const writer = createWriter();
  const cancelled = tool === 'yum3' ? '\n\nExiting on user cancel\n' : 'KeyboardInterrupt: Terminated.\n';
  writer.onInterrupt(cancelled);
  const updates = packages.filter(({ dependencyOf }) => dependencyOf === undefined);
  const dead = problem?.kind === 'dead-mirrors';
  if (dead) writer.say(tool === 'yum3' ? yumDeadMirrors : dnfDeadMirrors);
  else if (updates.length > 0) {
    const rows = updates.map(
      ({ name, arch, version, repository }) =>
        `${`${name}.${arch}`.padEnd(40)} ${version.padEnd(22)} ${repository.padEnd(16)}`,
    );
    writer.say(['', ...rows]);
  }
  return { pieces: writer.finish(lookingTime / 3), exitCode: dead ? 1 : updates.length > 0 ? 100 : 0 };
}
