import { scriptFrom } from '../common/from-file.ts';
import { selinuxSh } from './selinux.sh.ts';

export const script = scriptFrom(selinuxSh, ({ cluster }) => ({
  selinux_wanted: cluster.system.selinux ?? 'permissive',
}));
