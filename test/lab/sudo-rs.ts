import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached, recipeHash } from './cache.ts';
import { must } from './run.ts';

const source =
  'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n';

/**
 * A folder with the `sudo` of sudo-rs, which runs on Debian 12 but is only packaged for Debian 13. Downloaded by apt with
 * separate package lists and unpacked, not installed; needs the network once.
 */
export function sudoRsFolder(report: (line: string) => void): Promise<string> {
  return cached('sudo-rs', recipeHash(source), async (folder) => {
    report('fetching sudo-rs, once');
    const work = mkdtempSync(join(tmpdir(), 'stackprep-sudo-rs-'));
    try {
      for (const name of ['lists/partial', 'cache/archives/partial', 'deb'])
        mkdirSync(join(work, name), { recursive: true });
      writeFileSync(join(work, 'sources.list'), source);
      const settings = {
        'Dir::Etc::sourcelist': join(work, 'sources.list'),
        'Dir::Etc::sourceparts': '-',
        'Dir::State::lists': join(work, 'lists'),
        'Dir::Cache': join(work, 'cache'),
        'APT::Sandbox::User': 'root',
        'Acquire::Retries': '3',
      };
      const apt = [
        'apt-get',
        '-q',
        ...Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
      ];
      await must([...apt, 'update']);
      await must(['sh', '-c', 'cd "$0" && exec "$@"', join(work, 'deb'), ...apt, 'download', 'sudo-rs']);
      const [file = ''] = readdirSync(join(work, 'deb'));
      await must(['dpkg-deb', '-x', join(work, 'deb', file), join(work, 'tree')]);
      copyFileSync(join(work, 'tree/usr/lib/cargo/bin/sudo'), join(folder, 'sudo'));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}
