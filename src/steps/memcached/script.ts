import { reachedAt } from '../../cluster/aliases.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines } from '../common/services.ts';
import { memcachedPackages } from './info.ts';
import { memcachedSh } from './memcached.sh.ts';

export const script = scriptFrom(
  memcachedSh,
  ({ node }) => ({
    memcached_address: reachedAt(node),
    memcached_packages: packageLines(memcachedPackages),
  }),
  [serviceSh],
);
