import { scriptFrom } from '../from-file.ts';
import { shellProfileSh } from './shell-profile.sh.ts';

export const script = scriptFrom(shellProfileSh, () => ({}));
