import { scriptFrom } from '../common/from-file.ts';
import { upgradeSh } from './upgrade.sh.ts';

export const script = scriptFrom(upgradeSh, () => ({}));
