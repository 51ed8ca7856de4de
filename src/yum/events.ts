/** The three generations of the package tool, each with its own output format, and Packstack, whose output is read the same way. */
export type YumTool = 'yum3' | 'dnf4' | 'dnf5' | 'packstack';

/** The phase of a run; `setup` starts a run, so a second `setup` starts a second run in the same text. */
export type YumPhase =
  | 'setup'
  | 'resolve'
  | 'table'
  | 'summary'
  | 'download'
  | 'check'
  | 'test'
  | 'transaction'
  | 'verify'
  | 'results';

/** `obsolete` and `replace` are packages replaced by others, `other` is a change to something else (modules, groups, reasons). */
export type PackageAction =
  | 'install'
  | 'upgrade'
  | 'downgrade'
  | 'reinstall'
  | 'remove'
  | 'obsolete'
  | 'replace'
  | 'skip'
  | 'other';

/** `fatal` ends the run, `partial` skips a repository or a package, `minor` may not matter, `detail` explains the preceding error. */
export type ErrorSeverity = 'fatal' | 'partial' | 'minor' | 'detail';

/** The outcome of a run; `incomplete` if the text ends before it. */
export type YumOutcome = 'success' | 'nothing-to-do' | 'failed' | 'aborted' | 'incomplete';

/** The actions of yum 3, dnf 4 or dnf 5 in the order of their output; grammar: the output code of yum and dnf. */
export type YumEvent =
  | { readonly type: 'tool'; readonly tool: YumTool }
  | { readonly type: 'phase'; readonly phase: YumPhase }
  | { readonly type: 'repository'; readonly id: string }
  | {
      readonly type: 'package';
      readonly action: PackageAction;
      readonly name: string;
      readonly arch: string;
      readonly version: string;
      readonly repository: string;
      readonly size: string;
      readonly dependency: boolean;
    }
  | {
      readonly type: 'summary';
      readonly action: PackageAction;
      /** Requested packages; dnf includes dependencies. */
      readonly count: number;
      readonly dependent: number;
    }
  | {
      readonly type: 'size';
      readonly kind: 'download' | 'installed' | 'freed' | 'total';
      readonly text: string;
    }
  | { readonly type: 'download'; readonly file: string; readonly done: number; readonly total: number }
  | {
      readonly type: 'step';
      /** The verb as printed, in the language of the run. */
      readonly action: string;
      /** Empty while the tool prepares; may be truncated to the line width. */
      readonly name: string;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'key-import'; readonly key: string; readonly user: string }
  /** Repeated during the wait; `pid` is 0 and `holder` empty until they are known. */
  | { readonly type: 'lock-wait'; readonly pid: number; readonly holder: string; readonly line: string }
  | { readonly type: 'prompt'; readonly text: string }
  | { readonly type: 'scriptlet'; readonly line: string }
  | { readonly type: 'warning'; readonly line: string }
  | { readonly type: 'error'; readonly severity: ErrorSeverity; readonly line: string }
  | {
      readonly type: 'result';
      readonly action: PackageAction | 'failed';
      readonly names: readonly string[];
    }
  /** A result of a query: available upgrades, packages that provide a file. */
  | { readonly type: 'answer'; readonly line: string }
  | { readonly type: 'nothing-to-do' }
  | { readonly type: 'aborted'; readonly line: string }
  /** The last words of the program that ran the tool, with its exit code. */
  | { readonly type: 'wrapper'; readonly line: string; readonly code: number }
  | { readonly type: 'complete' }
  | { readonly type: 'text'; readonly line: string }
  | { readonly type: 'unparsed'; readonly line: string };

/** An event with its position: `row` is its first line (from 0, including blank lines), `rows` the number of non-blank lines. */
export type PlacedYumEvent = YumEvent & { readonly row: number; readonly rows: number };
