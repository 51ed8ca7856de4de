import { homedir } from 'node:os';
import { type QuickPickItem, window } from 'vscode';
import type { ConfiguredHost } from '../../app/entry.ts';
import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import { isIpv4, isIpv6 } from '../../cluster/address.ts';
import { type ListedNode, readNodeList } from '../../cluster/listed-nodes.ts';
import { type ReleaseChoice, releaseChoices } from '../../view/new-cluster/choices.ts';
import type { NewCluster, NewNode } from '../../view/new-cluster/text.ts';
import { iconText, t } from '../editor/texts.ts';

/** The answers for a new cluster file. */
export type Answers = Pick<NewCluster, 'nodes' | 'release' | 'installer' | 'identity'>;

function title(number: number, what: Message): string {
  return t(msg('Create Cluster File ({0} of 3): {1}', number, what));
}

const nodesTitle = (): string => title(1, msg('nodes'));

async function askAddresses(): Promise<readonly ListedNode[] | undefined> {
  const text = await window.showInputBox({
    title: nodesTitle(),
    prompt: t(msg('Paste addresses, a range, or lines of /etc/hosts. You can change everything later.')),
    placeHolder: '192.168.113.171 192.168.113.172 · 192.168.113.[171:174] · root@10.0.0.5:2222',
    ignoreFocusOut: true,
    validateInput: (value) => {
      const read = value.trim() === '' ? undefined : readNodeList(value);
      return read && !read.ok ? t(read.message) : undefined;
    },
  });
  const read = readNodeList(text ?? '');
  return read.ok ? read.nodes : undefined;
}

function hostText({ hostName, user, port }: ConfiguredHost): string {
  return `${user === undefined ? '' : `${user}@`}${hostName}${port === undefined ? '' : `:${port}`}`;
}

async function askHosts(hosts: readonly ConfiguredHost[]): Promise<readonly ListedNode[] | undefined> {
  const items = hosts.map((host) => ({
    label: iconText(plain(host.alias)),
    description: iconText(plain(hostText(host))),
    host,
  }));
  const picked = await window.showQuickPick(items, {
    title: nodesTitle(),
    placeHolder: t(msg('Select the hosts of the cluster. How to reach them stays in the ssh config.')),
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) return undefined;
  return picked.map(({ host: { alias, hostName } }) => ({
    host: alias,
    name: alias,
    ...(isIpv4(hostName) || isIpv6(hostName) ? { address: hostName } : {}),
  }));
}

async function askNodes(hosts: readonly ConfiguredHost[]): Promise<readonly ListedNode[] | undefined> {
  if (hosts.length === 0) return await askAddresses();
  const paste = { label: `$(edit) ${t(msg('Enter or paste addresses'))}`, ask: askAddresses };
  const detail = joined(
    hosts.slice(0, 4).map(({ alias }) => plain(alias)),
    ', ',
  );
  const choose = {
    label: `$(list-selection) ${t(msg('Choose from the ssh config'))}`,
    description: `${iconText(detail)}${hosts.length > 4 ? ', …' : ''}`,
    ask: () => askHosts(hosts),
  };
  const picked = await window.showQuickPick([paste, choose], { title: nodesTitle(), ignoreFocusOut: true });
  return await picked?.ask();
}

/** The nodes with an address each: that of the list, as this computer resolves the name, or as the user enters it. */
async function withAddresses(
  nodes: readonly ListedNode[],
  hosts: readonly ConfiguredHost[],
): Promise<readonly NewNode[] | undefined> {
  const { findAddress } = await import('../../app/entry.ts');
  const found: NewNode[] = [];
  for (const node of nodes) {
    const name = node.host ?? '';
    const known = hosts.find(({ alias }) => alias === name)?.hostName ?? name;
    const address = node.address ?? (await findAddress(known)) ?? (await askAddress(name));
    if (address === undefined) return undefined;
    found.push({ ...node, address });
  }
  return found;
}

async function askAddress(name: string): Promise<string | undefined> {
  const answer = await window.showInputBox({
    title: nodesTitle(),
    prompt: t(msg('No address was found for {0}. Enter its IP address in the cluster.', name)),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || isIpv4(value) || isIpv6(value) ? undefined : t(msg('{0} is not an IP address.', value)),
  });
  return answer === undefined || answer === '' ? undefined : answer;
}

async function askRelease(): Promise<ReleaseChoice | undefined> {
  const items = releaseChoices.map((choice) => ({
    label: choice.label,
    description: t(choice.about),
    choice,
  }));
  const picked = await window.showQuickPick(items, {
    title: title(2, msg('OpenStack release')),
    placeHolder: t(msg('The release decides which operating system the nodes have.')),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.choice;
}

type Installer = NewCluster['installer'];

async function askInstaller({ packstack }: ReleaseChoice): Promise<Installer | undefined> {
  const manual: QuickPickItem & { readonly installer: Installer } = {
    installer: 'manual',
    label: t(msg('Manually')),
    description: 'installer: manual',
    detail: t(msg('Stackprep prepares the nodes; you install the services by the installation guide.')),
  };
  const all = packstack === undefined ? [] : [packstackItem(packstack)];
  const picked = await window.showQuickPick([manual, ...all], {
    title: title(3, msg('installer')),
    placeHolder: t(msg('Select how OpenStack is installed on the prepared nodes.')),
    ignoreFocusOut: true,
  });
  return picked?.installer;
}

function packstackItem(version: string): QuickPickItem & { readonly installer: Installer } {
  return {
    installer: 'packstack',
    label: `Packstack ${version}`,
    description: 'installer: packstack',
    detail: t(msg('The last step runs Packstack, which installs OpenStack on all nodes.')),
  };
}

/** Asks for nodes, release and installer; undefined if the user cancels. */
export async function askNewCluster(): Promise<Answers | undefined> {
  const { readHosts, findIdentity } = await import('../../app/entry.ts');
  const hosts = await readHosts(homedir());
  const listed = await askNodes(hosts);
  const nodes = listed && (await withAddresses(listed, hosts));
  if (!nodes) return undefined;
  const release = await askRelease();
  const installer = release && (await askInstaller(release));
  if (!release || !installer) return undefined;
  // The ssh config says which key belongs to its hosts.
  const isConfigured = nodes.every(({ host }) => hosts.some(({ alias }) => alias === host));
  const identity = isConfigured ? undefined : await findIdentity(homedir());
  return { nodes, release, installer, ...(identity === undefined ? {} : { identity }) };
}
