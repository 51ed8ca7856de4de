import { asUserSh } from '../../shell/as-user.sh.ts';
import { assign, type ShellFile } from '../../shell/file.ts';
import { keyFolderSh } from '../../shell/key-folder.sh.ts';
import { keyLinesSh } from '../../shell/key-lines.sh.ts';
import { userKeysSh } from '../../shell/user-keys.sh.ts';

/** The functions that change keys in a user's home directory as that user. */
export const userFolder: ShellFile<never> = {
  path: userKeysSh.path,
  parameters: [],
  text: `${asUserSh.text}${keyLinesSh.text}${assign(userKeysSh, { sp_key_folder: keyFolderSh.text }).shell}${userKeysSh.text}`,
};
