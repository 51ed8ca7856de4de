import SSHConfig from 'ssh-config';
import { isShellSafe } from '../../cluster/ssh-names.ts';
import { readConfigFiles } from './files.ts';

/** A Host of the ssh config that is a single host. */
export interface ConfiguredHost {
  readonly alias: string;
  /** The name or address of the host. */
  readonly hostName: string;
  readonly user?: string;
  readonly port?: number;
}

/** Largest number of hosts to offer. */
const mostHosts = 500;

/** One value of a keyword, or several as the library splits them. */
type Value = string | readonly { readonly val: string }[];

interface Line {
  readonly param?: string;
  readonly value?: Value;
  readonly config?: readonly Line[];
}

function parse(text: string): readonly Line[] {
  try {
    return SSHConfig.parse(text) as unknown as readonly Line[];
  } catch {
    // It throws plain errors for text that is not a configuration.
    return [];
  }
}

function words(value: Value): readonly string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val);
}

/** What a Host section itself says; sections with patterns may add to it. */
function hostsOfSection({ value = '', config = [] }: Line): readonly ConfiguredHost[] {
  const find = (keyword: string): string | undefined => {
    const line = config.find(({ param }) => param?.toLowerCase() === keyword);
    return line && words(line.value ?? '')[0];
  };
  const [user, port] = [find('user'), Number(find('port'))];
  return words(value)
    .filter((alias) => isShellSafe(alias) && !alias.includes('@'))
    .map((alias) => ({
      ...{ alias, hostName: (find('hostname') ?? alias).replaceAll('%h', alias) },
      ...(user !== undefined && { user }),
      ...(Number.isInteger(port) && { port }),
    }));
}

/** The hosts of a configuration, in its order; empty if it cannot be parsed. */
export function hostsOf(text: string): readonly ConfiguredHost[] {
  const sections = parse(text).filter(({ param }) => param?.toLowerCase() === 'host');
  const hosts = new Map<string, ConfiguredHost>();
  for (const host of sections.flatMap(hostsOfSection))
    if (!hosts.has(host.alias)) hosts.set(host.alias, host);
  return [...hosts.values()].slice(0, mostHosts);
}

/** The hosts of the user's ssh config, for people to choose from; `ssh -G` decides again when one is connected to. */
export async function readHosts(home: string): Promise<readonly ConfiguredHost[]> {
  return hostsOf(await readConfigFiles(home, process.platform));
}
