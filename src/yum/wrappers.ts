import { indexRules, type Reader, type Rule, readByRule } from './rules.ts';
import { emit, emitImplied, emitLine, type State, startRun } from './state.ts';

/** The exit code in the last words of a program that ran the tool. */
const exitCode =
  /(?:exit (?:code|status):?|non-zero code:|status:?|code|Error) (\d{1,3})\b(?!.{0,200}(?:exit|code) )/;

/** The exit codes of the signals that a shell reports in words. */
const killed = { Killed: 137, Terminated: 143, Aborted: 134 } as const;

const ended: Reader = (state, line) => {
  const signal = /\b(Killed|Terminated|Aborted)\b/.exec(line)?.[1];
  const code = exitCode.exec(line)?.[1] ?? '1';
  emit(state, { type: 'wrapper', line, code: signal ? killed[signal as keyof typeof killed] : Number(code) });
};

/** Last words of programs that run yum or dnf: they say that it failed, not why. Source: the programs' own messages. */
const wrapperRules = indexRules([
  { starts: 'Error: Process completed with exit code ', read: ended },
  { starts: '##[error]', read: ended },
  { starts: 'Error: building at STEP ', read: ended },
  { starts: 'Error: error building at STEP ', read: ended },
  { starts: 'error building ', read: ended },
  { starts: 'Error: while running runtime', read: ended },
  { starts: 'error running container', read: ended },
  { starts: "The command '", has: ' returned a non-zero code: ', read: ended },
  { starts: '=> ERROR [', has: '] RUN ', read: ended },
  { starts: ' => ERROR [', has: '] RUN ', read: ended },
  { starts: 'ERROR: failed to solve', read: ended },
  { starts: 'ERROR: failed to build', read: ended },
  { starts: 'ERROR: process ', read: ended },
  { starts: 'ERROR: executor failed', read: ended },
  { starts: 'failed to solve: ', read: ended },
  { starts: 'executor failed running ', read: ended },
  { starts: 'ERROR: Service ', has: ' failed to build', read: ended },
  { starts: 'ERROR: Job failed', read: ended },
  { starts: 'ERROR: script returned exit code ', read: ended },
  { starts: 'script returned exit code ', read: ended },
  { starts: 'Build step ', has: ' marked build as failure', read: ended },
  { starts: 'Finished: FAILURE', read: ended },
  { starts: 'make: *** ', read: ended },
  { starts: 'make[', has: ']: *** ', read: ended },
  { starts: 'gmake: *** ', read: ended },
  { starts: 'Error: /', has: ': change from ', read: ended },
  { starts: 'Script exited with non-zero exit status', read: ended },
  { starts: 'The SSH command responded with a non-zero exit status', read: ended },
  { starts: 'Build ', has: ' errored', read: ended },
  { starts: 'Command exited with non-zero status ', read: ended },
  { starts: 'ERROR: Command errored out with exit status', read: ended },
  { starts: 'Expected process to exit with [0], but received ', read: ended },
  { starts: 'External command had a non-zero exit code', read: ended },
  { starts: 'Killed', read: ended },
  { starts: 'Terminated', read: ended },
  { starts: 'Aborted', read: ended },
  { starts: 'bash: ', has: ' Killed ', read: ended },
  { starts: 'sh: ', has: ' Killed ', read: ended },
  { starts: '/bin/sh: ', has: ' Killed ', read: ended },
  { starts: '/bin/bash: ', has: ' Killed ', read: ended },
] satisfies readonly Rule[]);

/** Reads the last words of a program that ran the tool; false for any other line. */
export function readWrapper(state: State, line: string): boolean {
  return readByRule(wrapperRules, state, line);
}

/** A shell's prompt, its trace, or the step of a container build, and a command of the package tools after it. */
const command =
  /^(?:\[[^\]\s]{1,64}@[^\]]{1,200}\][#$] ?|[\w.-]{1,64}@[\w.-]{1,64}:[^#$]{0,200}[#$] ?|[#$%] |\+{1,4} |(?:\[\d+\/\d+\] )?STEP \d+(?:\/\d+)?:? |Step \d+\/\d+ : |\[[^\]]{1,40}\] RUN |RUN ).{0,2000}?\b(?:yum|dnf5?|microdnf|rpm|subscription-manager)(?: |$)/;

const commands = ['yum', 'dnf', 'rpm ', 'subscription-manager'] as const;

/** A command in a terminal or a script: what follows is another run. False for any other line. */
export function readCommand(state: State, line: string): boolean {
  if (!commands.some((each) => line.includes(each))) return false;
  if (!command.test(line)) return false;
  if (state.started) {
    startRun(state);
    emitImplied(state, { type: 'phase', phase: 'setup' });
  }
  emitLine(state, 'text', line);
  return true;
}
