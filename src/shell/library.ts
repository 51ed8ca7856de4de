import { backupSh } from './backup.sh.ts';
import { envFileSh } from './env-file.sh.ts';
import { librarySh } from './library.sh.ts';
import { loginLinkSh } from './login-link.sh.ts';
import { mergeSh } from './merge.sh.ts';
import { packageManagerSh } from './package-manager.sh.ts';
import { stepPartSh } from './step-part.sh.ts';

/** The shell library of every payload. */
export const library = [librarySh, packageManagerSh, stepPartSh, loginLinkSh, mergeSh, backupSh, envFileSh]
  .map(({ text }) => text)
  .join('');
