import { backupSh } from './backup.sh.ts';
import { librarySh } from './library.sh.ts';
import { loginLinkSh } from './login-link.sh.ts';

/** The shell library of every payload. */
export const library = [librarySh, loginLinkSh, backupSh].map(({ text }) => text).join('');
