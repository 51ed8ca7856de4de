import { scriptFrom } from '../common/from-file.ts';
import { timezoneSh } from './timezone.sh.ts';

export const script = scriptFrom(timezoneSh, ({ cluster }) => ({
  timezone_wanted: cluster.system.timezone ?? 'UTC',
}));
