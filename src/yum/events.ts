/** The three generations of the package tool, each with another grammar, and Packstack, whose output is followed in the same way. */
export type YumTool = 'yum3' | 'dnf4' | 'dnf5' | 'packstack';

/** Where a run of the tool is; `setup` opens a run, so a second `setup` means that a second run follows in the same text. */
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

/** `obsolete` and `replace` are packages pushed out by others, `other` is a change that is not one of packages (modules, groups, reasons). */
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

/** `fatal` ends the run, `partial` gives up a repository or a package, `minor` may be survived, `detail` explains the error before it. */
export type ErrorSeverity = 'fatal' | 'partial' | 'minor' | 'detail';

/** How a run ended; `incomplete` when the text stops before the end is told. */
export type YumOutcome = 'success' | 'nothing-to-do' | 'failed' | 'aborted' | 'incomplete';

/** What yum 3, dnf 4 or dnf 5 was seen to do, in the order in which it printed it; grammar: yum's and dnf's own output code. */
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
      /** Packages that were asked for; dnf counts the dependencies here too. */
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
      /** The verb as it was printed, in the language of the run. */
      readonly action: string;
      /** Empty while the tool only prepares; may be cut to the width of the line. */
      readonly name: string;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'key-import'; readonly key: string; readonly user: string }
  /** Repeated while the wait lasts; `pid` is 0 and `holder` empty until they are printed. */
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
  /** A line of what was asked for: packages that can be upgraded, that provide a file. */
  | { readonly type: 'answer'; readonly line: string }
  | { readonly type: 'nothing-to-do' }
  | { readonly type: 'aborted'; readonly line: string }
  | { readonly type: 'complete' }
  | { readonly type: 'text'; readonly line: string }
  | { readonly type: 'unparsed'; readonly line: string };

/** An event with its place: `row` is the first line it stands for (from 0, blank lines counted), `rows` how many non-blank lines. */
export type PlacedYumEvent = YumEvent & { readonly row: number; readonly rows: number };
