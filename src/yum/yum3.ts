import { holdKey } from './keys.ts';
import { lockFree, lockHolder, lockPid } from './locks.ts';
import { words } from './phrase-words.ts';
import { beginning, failing, opening, openRun, text, warning } from './readers.ts';
import type { Reader, Rule } from './rules.ts';
import { emit, emitLine, emitPhase, noteTool, type State } from './state.ts';
import { yum3Complaints, yum3Endings } from './yum3-endings.ts';

function resolving(state: State): void {
  openRun(state, false);
  noteTool(state, 'yum3');
  emitPhase(state, 'resolve');
}

/** ` * base: mirror.example.org` */
function mirrorOf(state: State, line: string): void {
  noteTool(state, 'yum3');
  emit(state, { type: 'repository', id: line.slice(3, line.indexOf(': ', 3)) });
}

/** Plugins of Katello and Satellite report after the end of a run, and load their plugins again for it. */
const uploading: Reader = (state, line) => {
  state.uploading = true;
  emitLine(state, 'text', line);
};

const startingYum = opening('yum3', true);

/** The first line of a run; the error that ended the last one may follow on the same line. */
export const loadedPlugins: Reader = (state, line) => {
  const error = line.indexOf('Error: ');
  if (state.uploading) emitLine(state, 'text', line);
  else startingYum(state, line);
  state.uploading = false;
  if (error > 0) failing('fatal', { tool: 'yum3' })(state, line.slice(error));
};

/** RHEL's plugin warns before the tool reads its repositories; with RHUI that is normal. */
const unregistered: Reader = (state, line) => {
  openRun(state, false);
  warning(state, line);
};

/** `Loaded plugins: ` and `Resolving Dependencies`; source: yum's po files. */
const loaded = words(
  '已加载插件 | 読み込んだプラグイン | Загружены модули: | Plugins carregados: | Geladene Plugins:',
  'Modules complémentaires chargés | Complementos cargados: | Plugin abilitati: | Wczytane wtyczki:',
);
const resolvingWords = words(
  '正在解决依赖关系 | 依存性の解決をしています | Разрешение зависимостей | Resolvendo dependências',
  'Abhängigkeiten werden aufgelöst | Résolution des dépendances | Resolviendo dependencias',
  'Risoluzione dipendenze | Rozwiązywanie zależności',
);

const refusedByLock = failing('fatal', { tool: 'yum3' });

const setup: readonly Rule[] = [
  { starts: 'Loaded plugins:', read: loadedPlugins },
  { starts: 'Uploading Enabled Repositories Report', read: uploading },
  { starts: 'Uploading Package Profile', read: uploading },
  { starts: 'Cannot upload enabled repos report', read: uploading },
  ...loaded.map((starts): Rule => ({ starts, read: opening('yum3', true) })),
  { starts: '              : ', read: text() },
  { starts: 'Loading mirror speeds from cached hostfile', read: opening() },
  { starts: 'Determining fastest mirrors', read: opening() },
  { starts: 'determining the fastest mirror', read: opening('dnf4') },
  { starts: ' * ', has: ': ', read: mirrorOf },
  { starts: 'Repository ', has: ' is listed more than once', read: warning },
  { starts: 'Setting up ', read: opening('yum3') },
  { starts: 'インストール処理の設定をしています', read: opening('yum3') },
  { starts: 'Resolving Dependencies', read: resolving },
  ...resolvingWords.map((starts): Rule => ({ starts, read: resolving })),
  { starts: '--> ', read: text('yum3') },
  { starts: '---> ', read: text('yum3') },
  { starts: 'There are ', has: ' outstanding transactions to complete', read: opening('yum3') },
  { starts: 'The remaining transaction had ', read: text('yum3') },
  { starts: 'Nothing in the unfinished transaction to cleanup', read: text('yum3') },
  { starts: 'There are unfinished transactions remaining', read: warning },
  { starts: 'Examining ', read: opening('yum3') },
  { starts: 'Marking ', read: text('yum3') },
  { starts: 'Skipping security plugin', read: text('yum3') },
  { starts: 'This system is not registered', read: unregistered },
  { starts: 'RHN support will be disabled', read: text() },
  { starts: 'Excluding Packages ', read: text('yum3') },
  { starts: 'No package ', has: ' available', read: warning },
  { starts: 'No Match for argument', read: warning },
  { starts: 'Package matching ', read: text('yum3') },
  { starts: 'Package ', has: ' already installed and latest version', read: text('yum3') },
  { starts: 'Existing lock ', has: ' as pid ', read: lockPid },
  { starts: 'Another app is currently holding the yum lock; exiting', read: refusedByLock },
  { starts: 'Another app is currently holding', read: lockFree },
];

const lockDetails: readonly Rule[] = ['', ' ', '   '].flatMap((indent): Rule[] => [
  { starts: `${indent} The other application is: `, read: lockHolder },
  { starts: `${indent} Memory :`, read: text() },
  { starts: `${indent} Started: `, read: text() },
  { starts: `${indent} State  :`, has: 'pid: ', read: lockPid },
]);

const download: readonly Rule[] = [
  { starts: 'No Presto metadata available', read: text('yum3') },
  { starts: 'Delta RPMs ', read: text('yum3') },
  { starts: 'Finishing delta rebuilds', read: text('yum3') },
  { starts: 'Some delta RPMs failed', read: warning },
  { starts: 'Setting up and reading Presto', read: text('yum3') },
  { starts: 'Processing delta metadata', read: text('yum3') },
  { starts: 'Package(s) data still to download', read: text('yum3') },
  { starts: 'cannot reconstruct rpm', read: warning },
  { starts: 'Public key for ', has: ' is not installed', read: warning },
  { starts: 'Retrieving key from ', read: text('yum3') },
  { starts: 'Importing GPG key 0x', read: holdKey },
  { starts: 'Your transaction was saved', read: text('yum3') },
  { starts: ' yum load-transaction', read: text('yum3') },
  { starts: 'Trying other mirror.', read: text('yum3') },
  { starts: 'To address this issue please refer', read: text() },
  { starts: 'If above article ', read: text() },
  { starts: 'Verifying Packages', read: beginning('check', 'download') },
];

/** Lines of yum 3.2 and 3.4, English where its catalogues are partial; source: yum's output.py, cli.py, yummain.py and utils.py. */
export const yum3Rules: readonly Rule[] = [
  ...setup,
  ...lockDetails,
  ...download,
  ...yum3Complaints,
  ...yum3Endings,
];
