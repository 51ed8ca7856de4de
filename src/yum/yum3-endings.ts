import { words } from './phrase-words.ts';
import { aside, failing, text, transferFailed, warning } from './readers.ts';
import type { Reader, Rule } from './rules.ts';
import { emitLine } from './state.ts';

const mirrors: readonly Rule[] = ['http://', 'https://', 'ftp://', 'file://'].flatMap((scheme): Rule[] => [
  { starts: scheme, has: ': [Errno ', read: transferFailed },
  { starts: scheme, read: text() },
]);

const complaints = words(
  'Cannot open:  | Cannot open file:  | Cannot add package  | Cannot install package ',
  'Cannot localinstall deltarpm:  | No group named  | No environment named  | Failed to downgrade: ',
  "Import of key(s) didn't help | Bad id for repo:  | Skipping unreadable repository ",
  'No read/execute access in current directory | No getcwd() access in current directory',
  'YumRepo Warning:  | Not using downloaded  | Invalid configuration value: ',
  'Could not set cachedir:  | Could not open lock  | Unable to check if PID ',
);

const minorErrors = words(
  'Could not retrieve mirrorlist  | Could not get metalink  | Could not parse metalink ',
  'Could not read mirrorlist  | YumRepo Error: All mirror URLs | Could not create lock at ',
);

/** What does not end a run of yum 3, but may explain its end. */
export const yum3Complaints: readonly Rule[] = [
  ...mirrors,
  ...complaints.map((starts): Rule => ({ starts, read: warning })),
  ...minorErrors.map((starts): Rule => ({ starts, read: failing('minor') })),
  { starts: 'Timeout on ', has: ', trying again', read: failing('minor') },
  { starts: 'Could not retrieve ', has: ', trying again', read: failing('minor') },
  { starts: 'Package ', has: ' not installed, cannot update it', read: warning },
  { starts: 'Repository ', has: 'rror parsing config', read: warning },
  { starts: 'Repository ', has: ' is missing name in configuration', read: warning },
  { starts: 'Repo ', has: ' forced skip_if_unavailable=True due to', read: warning },
  { starts: 'Bad ', has: ' argument ', read: warning },
  { starts: 'Trying again, now avoiding proxy cache', read: text('yum3') },
  { starts: 'Check that the correct key URLs are configured', read: text() },
  { starts: ' Failing package is: ', read: text() },
  { starts: ' GPG Keys are configured as: ', read: text() },
  { starts: 'RPM needs to be updated', read: text('yum3') },
  { starts: ' Failing repo is: ', read: text() },
];

function endings(...lines: readonly string[]): readonly Rule[] {
  return words(...lines).map((starts) => ({ starts, read: failing('fatal', { tool: 'yum3' }) }));
}

/** Wrong use, which other programs report in the same words. */
function usage(...lines: readonly string[]): readonly Rule[] {
  return words(...lines).map((starts) => ({ starts, read: failing('fatal') }));
}

/** The last of the hints about a repository that failed; the reason is below it. */
const lastHint: Reader = (state, line) => {
  state.awaitsReason = true;
  emitLine(state, 'text', line);
};

/** yum 3's last words; most of them stand below two blank lines, without `Error:`. Source: raised in yum's cli.py, yumcommands.py, yumRepo.py and __init__.py. */
export const yum3Endings: readonly Rule[] = [
  { starts: 'Error: Package: ', read: failing('fatal', { tool: 'yum3' }) },
  { starts: 'Error:  Multilib version problems', read: failing('fatal', { tool: 'yum3' }) },
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
  ...endings(
    " One of the configured repositories failed | Didn't install any keys | Invalid GPG Key from ",
    'GPG key signature on key  | GPG key parsing failed | failed to retrieve ',
    'File contains no section headers | File contains parsing errors | Insufficient space in download',
    "Can't create lock file; exiting | Exiting on Broken Pipe | Caching enabled but no local cache of ",
    'Error getting repository data for  | Error importing repomd.xml  | Cannot find repomd.xml file for ',
    "Can't download or revert repomd.xml | Error downloading file  | Error renaming file ",
    'Rpmdb changed underneath us | Rpmdb checksum is invalid | Downloaded package ',
    'ERROR You need to update rpm to handle: | No write access to ',
  ),
  ...usage(
    'Options Error:  | Options error:  | PluginExit Error:  | Yum Error:  | You need to give some command',
    '--installroot must be an absolute path',
  ),
  { starts: 'The GPG keys listed for the "', has: 'not correct', read: failing('fatal') },
  { starts: '            yum-config-manager --save --setopt=', has: 'skip_if_unavailable', read: lastHint },
  { starts: 'Config error: ', read: failing('fatal') },
  { starts: 'Config Error: ', read: failing('fatal') },
  { starts: 'Command line error: ', read: failing('fatal') },
  { starts: 'No such command: ', read: failing('fatal') },
  { starts: 'Unknown Error(s)', read: failing('fatal') },
  { starts: 'Traceback (most recent call last)', read: failing('fatal', { explained: 'run' }) },
  { starts: 'dnf.exceptions.', has: ': ', read: aside(failing('fatal')) },
  { starts: 'CRITICAL:', read: failing('minor') },
  { starts: '** Found ', has: 'pre-existing rpmdb', read: aside(failing('minor', { tool: 'yum3' })) },
  { starts: 'Error Summary', read: text() },
  { starts: ' You could try ', read: text() },
];
