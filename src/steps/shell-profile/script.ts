import { scriptFrom } from '../common/from-file.ts';
import { shellProfileSh } from './shell-profile.sh.ts';

export const script = scriptFrom(shellProfileSh, () => ({}));
