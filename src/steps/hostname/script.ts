import { scriptFrom } from '../common/from-file.ts';
import { hostnameSh } from './hostname.sh.ts';

export const script = scriptFrom(hostnameSh, ({ node }) => ({ hostname_wanted: node.name }));
