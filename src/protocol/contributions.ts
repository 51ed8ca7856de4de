/** The language id of cluster files. */
export const languageId = 'openstack-cluster';

/** The language ids of log documents and of the output channel. */
export const logLanguageId = 'stackprep-log';
export const outputLanguageId = 'stackprep-output';

/** Glob of cluster files; matches no other YAML. */
export const filePatterns = ['*.cluster.yaml', '*.cluster.yml', 'openstack-cluster.yaml'] as const;

/** The language id of Packstack answer files, and their glob. */
export const answersLanguageId = 'packstack-answers';
export const answersFilePatterns = ['packstack-answers*.txt', 'answers.txt', '*.answers'] as const;

/** All commands by the name of their handler; lenses, menus and buttons pass `Target`s or tree item ids as arguments. */
export const commands = {
  run: 'stackprep.run',
  check: 'stackprep.check',
  plan: 'stackprep.plan',
  planDifferences: 'stackprep.planDifferences',
  cancel: 'stackprep.cancel',
  cancelNode: 'stackprep.cancelNode',
  cancelNodes: 'stackprep.cancelNodes',
  cancelStep: 'stackprep.cancelStep',
  retry: 'stackprep.retry',
  undo: 'stackprep.undo',
  showLog: 'stackprep.showLog',
  showOutput: 'stackprep.showOutput',
  showScript: 'stackprep.showScript',
  copyScript: 'stackprep.copyScript',
  openTerminal: 'stackprep.openTerminal',
  openFile: 'stackprep.openFile',
  showProblems: 'stackprep.showProblems',
  reveal: 'stackprep.reveal',
  showDashboard: 'stackprep.showDashboard',
  openReference: 'stackprep.openReference',
  replaceHostKey: 'stackprep.replaceHostKey',
  forgetNode: 'stackprep.forgetNode',
  showConnectionLog: 'stackprep.showConnectionLog',
  setSecret: 'stackprep.setSecret',
  forgetSecrets: 'stackprep.forgetSecrets',
  createClusterFile: 'stackprep.createClusterFile',
  createFromSample: 'stackprep.createFromSample',
  getStarted: 'stackprep.getStarted',
  openDocumentation: 'stackprep.openDocumentation',
  startDemo: 'stackprep.startDemo',
  stopDemo: 'stackprep.stopDemo',
  groupByNode: 'stackprep.groupByNode',
  groupByStep: 'stackprep.groupByStep',
  showOnlyFailed: 'stackprep.showOnlyFailed',
  showAll: 'stackprep.showAll',
  refresh: 'stackprep.refresh',
  clear: 'stackprep.clear',
  openKey: 'stackprep.openKey',
  nextError: 'stackprep.nextError',
  previousError: 'stackprep.previousError',
  searchLogs: 'stackprep.searchLogs',
  nextHit: 'stackprep.nextHit',
  previousHit: 'stackprep.previousHit',
  compareLogs: 'stackprep.compareLogs',
  exportLogs: 'stackprep.exportLogs',
  openRun: 'stackprep.openRun',
  openEarlierLog: 'stackprep.openEarlierLog',
  resumeRun: 'stackprep.resumeRun',
  discardRun: 'stackprep.discardRun',
  showDifference: 'stackprep.showDifference',
  explainLog: 'stackprep.explainLog',
  explainTerminal: 'stackprep.explainTerminal',
} as const;

export type CommandName = keyof typeof commands;

/** The views of the sidebar. */
export const views = { container: 'stackprep', nodes: 'stackprep.nodes', runs: 'stackprep.runs' } as const;

/** The walkthrough, as `publisher.extension#id`. */
export const walkthroughId = 'stackprep.stackprep#start';

/** Context keys for the `when` clauses of the manifest; set only in `client/context.ts`. */
export const contextKeys = {
  /** A cluster file has been read. */
  hasClusters: 'stackprep.hasClusters',
  /** One of them is not that of the demo. */
  hasOwnCluster: 'stackprep.hasOwnCluster',
  /** Why the view is empty: an `EmptyState`. */
  emptiness: 'stackprep.emptiness',
  /** A run is in progress for some cluster. */
  running: 'stackprep.running',
  demoRunning: 'stackprep.demoRunning',
  /** The sidebar shows failures only. */
  onlyFailed: 'stackprep.onlyFailed',
  /** The active editor shows output of yum or dnf that is not explained yet. */
  packageLog: 'stackprep.packageLog',
  /** The active editor shows a log with a package transaction that another node of its run has, too. */
  comparableLog: 'stackprep.comparableLog',
  /** The stored runs have been read. */
  runsRead: 'stackprep.runsRead',
} as const;

/** Why the view is empty. */
export type EmptyState = 'none' | 'searching' | 'no-folder' | 'no-file' | 'unreadable';

/** All settings with their defaults. */
export const settings = {
  confirmRun: { key: 'stackprep.confirmRun', default: true },
  groupBy: { key: 'stackprep.groupBy', default: 'node', values: ['node', 'step'] },
  failuresFirst: { key: 'stackprep.failuresFirst', default: false },
  lensDensity: { key: 'stackprep.codeLens.density', default: 'all', values: ['all', 'steps', 'cluster'] },
  parallelNodes: { key: 'stackprep.parallelNodes', default: 16, minimum: 1, maximum: 64 },
  logLevel: { key: 'stackprep.logs.level', default: 'all', values: ['all', 'warnings', 'errors'] },
  keepDays: { key: 'stackprep.logs.keepDays', default: 30, minimum: 1, maximum: 3650 },
  keepMegabytes: { key: 'stackprep.logs.keepMegabytes', default: 1000, minimum: 10, maximum: 100_000 },
  secretsCommand: { key: 'stackprep.secrets.command', default: [] },
  secretsFile: { key: 'stackprep.secrets.file', default: '' },
  demoSystem: { key: 'stackprep.demo.system', default: 'el7', values: ['el7', 'el9'] },
  demoPace: { key: 'stackprep.demo.pace', default: 'realistic', values: ['slow', 'realistic', 'fast'] },
  demoScenarios: {
    key: 'stackprep.demo.scenarios',
    default: [],
    values: ['node-down', 'yum-lock', 'dead-mirrors', 'host-key-changed', 'failing-package', 'link-drop'],
  },
} as const;

/** The URI schemes of the read-only documents. */
export const schemes = {
  script: 'stackprep-script',
  plan: 'stackprep-plan',
  differences: 'stackprep-differences',
  change: 'stackprep-change',
  clusterText: 'stackprep-cluster-text',
  log: 'stackprep-log',
  search: 'stackprep-search',
  transaction: 'stackprep-transaction',
  documentation: 'stackprep-documentation',
  excerpt: 'stackprep-excerpt',
} as const;
