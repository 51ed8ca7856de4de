import { isFlag, isNumber, isText, listOf, oneOf, typed } from '../base/guard.ts';
import type { ErrorSeverity, PackageAction, YumEvent, YumPhase, YumTool } from './events.ts';

const actions: Readonly<Record<PackageAction, true>> = {
  install: true,
  upgrade: true,
  downgrade: true,
  reinstall: true,
  remove: true,
  obsolete: true,
  replace: true,
  skip: true,
  other: true,
};

const phase = oneOf<YumPhase>({
  setup: true,
  resolve: true,
  table: true,
  summary: true,
  download: true,
  check: true,
  test: true,
  transaction: true,
  verify: true,
  results: true,
});

const line = { line: isText };
const counted = { done: isNumber, total: isNumber };

/** Decodes an event of yum from a journal. */
export const isYumEvent = typed<YumEvent>({
  tool: { tool: oneOf<YumTool>({ yum3: true, dnf4: true, dnf5: true, packstack: true }) },
  phase: { phase },
  repository: { id: isText },
  package: {
    action: oneOf(actions),
    name: isText,
    arch: isText,
    version: isText,
    repository: isText,
    size: isText,
    dependency: isFlag,
  },
  summary: { action: oneOf(actions), count: isNumber, dependent: isNumber },
  size: { kind: oneOf({ download: true, installed: true, freed: true, total: true }), text: isText },
  download: { file: isText, ...counted },
  step: { action: isText, name: isText, ...counted },
  'key-import': { key: isText, user: isText },
  'lock-wait': { pid: isNumber, holder: isText, ...line },
  prompt: { text: isText },
  scriptlet: line,
  warning: line,
  error: {
    severity: oneOf<ErrorSeverity>({ fatal: true, partial: true, minor: true, detail: true }),
    ...line,
  },
  result: { action: oneOf({ ...actions, failed: true }), names: listOf(isText) },
  answer: line,
  'nothing-to-do': {},
  aborted: line,
  wrapper: { ...line, code: isNumber },
  complete: {},
  text: line,
  unparsed: line,
});
