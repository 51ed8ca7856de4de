import { serviceSh } from '../../shell/service.sh.ts';
import { bindSource } from '../common/bind-address.ts';
import type { StepContext } from '../common/definition.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines } from '../common/services.ts';
import { mariadbPackages } from './info.ts';
import { mariadbSh } from './mariadb.sh.ts';

/** The installation guide's settings, by name in the file and in the running server. */
function settingsOf({ cluster }: StepContext): readonly (readonly [string, string])[] {
  const settings = cluster.services.mariadb;
  const collation = settings?.collation ?? 'utf8_general_ci';
  return [
    ['default-storage-engine', 'innodb'],
    ['innodb_file_per_table', 'on'],
    ['max_connections', String(settings?.['max-connections'] ?? 4096)],
    ['collation-server', collation],
    ['character-set-server', collation.split('_')[0] ?? collation],
  ];
}

export const script = scriptFrom(
  mariadbSh,
  (context) => {
    const { cluster, node } = context;
    const settings = cluster.services.mariadb;
    const { address, network } = bindSource(cluster, node, settings?.['bind-address']);
    return {
      mariadb_packages: packageLines(mariadbPackages),
      mariadb_bind: address,
      mariadb_network: network,
      mariadb_network_name: settings?.['bind-address'] ?? '',
      mariadb_settings: settingsOf(context)
        .map(([name, value]) => `${name} ${value}`)
        .join('\n'),
      // The server reduces its connections if it may not open enough files: 10, the connections, and two for each of 2000 tables.
      mariadb_open_files: Number(settings?.['max-connections'] ?? 4096) + 4011,
    };
  },
  [serviceSh],
);
