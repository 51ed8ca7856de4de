import { holdKey } from './keys.ts';
import { lockFree, lockHolder, lockPid } from './locks.ts';
import { aside, beginning, failing, opening, openRun, text, warning } from './readers.ts';
import type { Reader, Rule } from './rules.ts';
import { emit, emitPhase, noteTool, type State } from './state.ts';

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
  emit(state, { type: 'text', line });
};

const startingYum = opening('yum3', true);

/** The first line of a run; the error that ended the last one may follow on the same line. */
export const loadedPlugins: Reader = (state, line) => {
  const error = line.indexOf('Error: ');
  if (state.uploading) emit(state, { type: 'text', line });
  else startingYum(state, line);
  state.uploading = false;
  if (error > 0) failing('fatal', { tool: 'yum3' })(state, line.slice(error));
};

/** RHEL's plugin warns before the tool reads its repositories; with RHUI that is normal. */
const unregistered: Reader = (state, line) => {
  openRun(state, false);
  warning(state, line);
};

const setup: readonly Rule[] = [
  { starts: 'Loaded plugins:', read: loadedPlugins },
  { starts: 'Uploading Enabled Repositories Report', read: uploading },
  { starts: 'Uploading Package Profile', read: uploading },
  { starts: 'Cannot upload enabled repos report', read: uploading },
  { starts: '已加载插件', read: opening('yum3', true) },
  { starts: '読み込んだプラグイン', read: opening('yum3', true) },
  { starts: '              : ', read: text() },
  { starts: 'Loading mirror speeds from cached hostfile', read: opening() },
  { starts: 'Determining fastest mirrors', read: opening() },
  { starts: 'determining the fastest mirror', read: opening('dnf4') },
  { starts: ' * ', has: ': ', read: mirrorOf },
  { starts: 'Repository ', has: ' is listed more than once', read: warning },
  { starts: 'Setting up ', read: opening('yum3') },
  { starts: 'インストール処理の設定をしています', read: opening('yum3') },
  { starts: 'Resolving Dependencies', read: resolving },
  { starts: '正在解决依赖关系', read: resolving },
  { starts: '依存性の解決をしています', read: resolving },
  { starts: '--> ', read: text('yum3') },
  { starts: '---> ', read: text('yum3') },
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

const mirrors: readonly Rule[] = ['http://', 'https://', 'ftp://', 'file://'].flatMap((scheme): Rule[] => [
  { starts: scheme, has: ': [Errno ', read: failing('minor') },
  { starts: scheme, read: text() },
]);

const failures: readonly Rule[] = [
  { starts: 'Error: Package: ', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Error:  Multilib version problems', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Could not retrieve mirrorlist ', read: failing('minor') },
  { starts: ' One of the configured repositories failed', read: failing('minor') },
  { starts: 'Cannot find a valid baseurl for repo', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Cannot retrieve ', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'failure: ', has: ' from ', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'There are no enabled repos.', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Transaction check error:', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Transaction Check Error:', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Error downloading packages:', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Error Downloading Packages:', read: failing('fatal', { tool: 'yum3' }) },
  { starts: "Transaction couldn't start:", read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Could not run transaction.', read: aside(failing('fatal')) },
  { starts: 'ERROR with transaction check vs depsolve:', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'GPG key retrieval failed:', read: failing('fatal') },
  { starts: 'Refusing to automatically import keys', read: failing('fatal') },
  { starts: 'You need to be root to perform this command', read: failing('fatal') },
  { starts: 'You have enabled checking of packages via GPG', read: failing('fatal', { explained: 'run' }) },
  { starts: 'Config error: ', read: failing('fatal') },
  { starts: 'Config Error: ', read: failing('fatal') },
  { starts: 'Options Error: ', read: failing('fatal') },
  { starts: 'Command line error: ', read: failing('fatal') },
  { starts: 'No such command: ', read: failing('fatal') },
  { starts: 'Unknown Error(s)', read: failing('fatal') },
  { starts: 'Traceback (most recent call last)', read: failing('fatal', { explained: 'run' }) },
  { starts: 'CRITICAL:', read: failing('minor') },
  { starts: '** Found ', has: 'pre-existing rpmdb', read: aside(failing('minor', { tool: 'yum3' })) },
  { starts: 'Error Summary', read: text() },
  { starts: ' You could try ', read: text() },
];

/** Lines of yum 3.2 and 3.4, English where its catalogues are partial; source: yum's output.py, cli.py, yummain.py and utils.py. */
export const yum3Rules: readonly Rule[] = [...setup, ...lockDetails, ...download, ...mirrors, ...failures];
