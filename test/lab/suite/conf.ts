import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Cluster } from '../../../src/cluster/model.ts';
import { type Marker, readLine } from '../../../src/plan/markers.ts';
import { payload, runnableStep } from '../../../src/plan/payload.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import type { SystemName } from '../systems.ts';
import { type ConfCase, clusterText, confCases } from './conf-cases.ts';

const node = 'openstack1';
const services = 'memcached chronyd etcd mariadb firewalld';
/** What a case may change; everything below is as on a new node before each case. */
const places = 'etc root/.ssh home';

/** Adds the address of the cluster files to the node, and saves its files. */
const begin = `set -e
ip addr add 192.168.113.171/24 dev eth0 2>/dev/null || :
yum -y -q install $(yum -q list --showduplicates 2>/dev/null | awk '/^centos-release-openstack/ { sub(/\\..*/, "", $1); print $1; exit }')
yum -y -q install chrony etcd memcached mariadb mariadb-server firewalld NetworkManager $(if [ -e /etc/yum/pluginconf.d ]; then echo python-memcached; else echo python3-memcached; fi)
yum -y -q install epel-release
[ -e /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
rm -f /etc/yum.repos.d/epel*
yum -y -q remove 'centos-release-openstack*' >/dev/null 2>&1 || :
tar -C / -cf /var/lib/base.tar --exclude=etc/resolv.conf --exclude=etc/hosts.lock ${places}`;

const reset = `set -e
systemctl stop ${services} 2>/dev/null || :
systemctl reset-failed
rm -rf /var/lib/stackprep /data /home/kim /home/deploy /etc/sysctl.d /etc/security/limits.d /etc/sudoers.d /etc/chrony.d /etc/yum.repos.d /etc/ssh /etc/firewalld /etc/site /srv/conf /root/.ssh /var/lib/etcd/default.etcd /etc/my.cnf.d /etc/NetworkManager/system-connections /etc/sysconfig
for f in $(find /etc -maxdepth 1 -type l -o -maxdepth 1 -name '*.stackprep-backup'); do case $(readlink "$f") in site/*|/srv/*|/home/*) rm -f "$f";; esac; done
rm -f /etc/*.stackprep-backup
tar -C / -xpf /var/lib/base.tar
mkdir -p /data/etcd; chown etcd /data/etcd 2>/dev/null || chmod 777 /data/etcd
systemctl reload sshd
! systemctl -q is-active NetworkManager || { nmcli connection reload; for f in eth0 eth1; do nmcli connection up "$f" >/dev/null; done; ip addr add 192.168.113.171/24 dev eth0; } 2>/dev/null || :`;

/** Reads the profiles of a case, and activates those that come up at boot. */
const profiles = `chmod 0600 /etc/NetworkManager/system-connections/*; nmcli connection reload
nmcli -g UUID,AUTOCONNECT connection show | sed -n 's/:yes$//p' | while read -r each; do nmcli connection up "$each" >/dev/null; done
ip addr replace 192.168.113.171/24 dev eth0`;

/**
 * Lines for every file and link that a step may touch: its target, or its mode, owner and checksum. The home folder of a user
 * stays when undo removes the user; useradd and userdel keep what was as `/etc/passwd-`.
 */
const snapshot = `cd /; mkdir -p srv/conf
all() {
  find ${places} srv/conf -path home/deploy -prune -o -path etc/systemd -prune -o -path etc/.stackprep -prune -o -path etc/selinux/.c -prune -o -path 'etc/rc?.d' -prune -o \\
    ! -path 'etc/*-' ! -path etc/mtab ! -path etc/ld.so.cache ! -path etc/machine-id ! -path etc/resolv.conf ! -path etc/adjtime "$@"
}
{ all -type l -printf '%p -> %l %u:%g\\n'; all -type f -printf '%p %m %u:%g\\n'; all -type f -print0 | xargs -0 -r cksum; } | sort`;

interface StepRun {
  readonly outcome: string | undefined;
  readonly state: string | undefined;
  readonly said: readonly string[];
  readonly log: string;
}

const isProfile = (path: string) => path.endsWith('.nmconnection');

class ConfNode {
  readonly #lab: Lab;
  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async sh(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.#lab.inside(node, ['sh', '-s'], script);
    assert.equal(code, 0, `${script}\n${stdout}${stderr}`);
    return stdout;
  }

  async place({ files, links }: ConfCase, key: string): Promise<void> {
    const lines = [...files].map(([path, text]) => {
      const bytes = Buffer.from(text.replaceAll('@KEY@', key), 'latin1').toString('base64');
      const secret = path.includes('authorized_keys') || path.includes('known_hosts');
      return `mkdir -p '${path.slice(0, path.lastIndexOf('/'))}'; echo '${bytes}' | base64 -d >'${path}'; chmod ${secret ? '600' : path.includes('/sudoers.d/') ? '440' : '644'} '${path}'`;
    });
    const linked = [...links].map(([link, target]) => `rm -f '${link}'; ln -s '${target}' '${link}'`);
    const owned = [...files.keys()].some((path) => path.startsWith('/home/kim/'))
      ? ['chown -R 1000:1000 /home/kim']
      : [];
    const nets = [...files.keys()].filter(isProfile);
    // Its own profile of eth1 first makes way.
    const before = nets.length > 0 ? ['nmcli connection delete eth1 >/dev/null 2>&1 || :'] : [];
    const after = nets.length > 0 ? [profiles] : [];
    await this.sh(
      ['set -e', ...before, ...lines, ...linked, ...owned, 'chmod 0700 /root/.ssh', ...after].join('\n'),
    );
  }

  async run(kind: 'run' | 'undo', cluster: Cluster, id: string): Promise<StepRun> {
    const item = cluster.steps.find((each) => each.id === id);
    const [first] = cluster.nodes;
    const step = first && item && runnableStep(cluster, first, item);
    if (!step) throw new Error(`no step ${id}`);
    const text = payload(kind, [step]).text('n0nce');
    const { stdout, stderr } = await this.#lab.inside(node, ['sh', '-s'], text);
    const read = `${stdout}${stderr}`.split('\n').map((line) => readLine(line, 'n0nce'));
    const markers: readonly Marker[] = read.flatMap(({ marker }) => marker ?? []);
    const last = <Type extends Marker['type']>(type: Type) =>
      markers.findLast((marker): marker is Extract<Marker, { type: Type }> => marker.type === type);
    return {
      outcome: last('result')?.outcome,
      state: last('state')?.state,
      said: markers.flatMap((each) =>
        each.type === 'because' || each.type === 'notice'
          ? [[each.reason.code, ...each.reason.args].join(' ')]
          : [],
      ),
      log: read.flatMap(({ log }) => log ?? []).join('\n'),
    };
  }

  async texts(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const out: [string, string][] = [];
    for (const path of paths)
      out.push([
        path,
        Buffer.from(await this.sh(`[ ! -e '${path}' ] || base64 <'${path}'`), 'base64').toString('latin1'),
      ]);
    return new Map(out);
  }
}

/** Lines that the step itself may change. */
const own: Readonly<Record<string, RegExp>> = {
  'hosts-file': /openstack[12]/i,
  locale: /LANG|LC_ALL/,
  selinux: /^SELINUX=/,
  memcached: /OPTIONS|^\s/,
  'ssh-keys': /openstack[12]|192\.168\.113/i,
  repositories: /^(enabled|baseurl|mirrorlist|metalink|exclude|priority|\s)/i,
  'network-interfaces':
    /^(ONBOOT|BOOTPROTO|IPADDR|PREFIX|NETMASK|DEVICE|GATEWAY|method|address|autoconnect|IPV6)/,
};

/** Fails unless the lines of the text are in the later one, in their order, as they were or commented out. */
function assertKept(step: string, path: string, [before, after]: readonly [string, string]): void {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    if (line.trim() === '' || own[step]?.test(line)) continue;
    const found = lines.findIndex(
      (each, index) => index >= at && (each === line || (each.startsWith('#') && each.endsWith(line))),
    );
    assert.notEqual(found, -1, `${path} has lost the line ${JSON.stringify(line)}:\n${after}`);
    at = found + 1;
  }
}

/** After an edit with nmcli, which writes the whole file again, a run is not needed, and undo gives the first file back with that edit. */
async function walkProfile(
  conf: ConfNode,
  cluster: Cluster,
  former: ReadonlyMap<string, string>,
): Promise<void> {
  const [path = ''] = [...former.keys()];
  const find = `LC_ALL=C.UTF-8 nmcli -e no -t -f UUID,FILENAME connection show | sed -n 's,:${path}$,,p'`;
  await conf.sh(
    `set -e; nmcli connection modify "$(${find})" connection.autoconnect yes connection.zone internal`,
  );
  const second = await conf.run('run', cluster, 'network-interfaces');
  assert.equal(second.outcome, 'unchanged', `${second.log}\n${second.said.join('\n')}`);
  const undo = await conf.run('undo', cluster, 'network-interfaces');
  assert.equal(undo.outcome, 'changed', undo.log);
  assert.ok(undo.said.includes(`partly-reverted ${path}`), undo.said.join('\n'));
  const text = former.get(path) ?? '';
  const end = text.indexOf('\n\n', text.indexOf('[connection]'));
  assert.equal(
    (await conf.texts([path])).get(path),
    `${text.slice(0, end)}\nzone=internal${text.slice(end)}`,
    undo.log,
  );
}

const edited = (text: string): string =>
  text === '' || text.endsWith('\n') ? `${text}# by hand\n` : `${text}\n# by hand\n`;

async function walk(
  conf: ConfNode,
  each: ConfCase,
  on: { readonly cluster: Cluster; readonly login: () => Promise<void>; readonly key: string },
): Promise<void> {
  const { step, files, links } = each;
  await conf.sh(reset);
  await conf.place(each, on.key);
  const paths = [...files.keys()].filter((path) => !path.endsWith('/x') && !path.includes('rpm-gpg'));
  const before = await conf.sh(snapshot);
  const former = await conf.texts(paths);
  const run = await conf.run('run', on.cluster, step);
  const told = `${run.log}\n${run.said.join('\n')}`;
  assert.equal(run.outcome, each.outcome, told);
  for (const code of each.said)
    assert.ok(
      run.said.some((said) => said.split(' ')[0] === code),
      `${code} is not said:\n${told}`,
    );
  if (each.effect === 'login') await on.login();
  else if (each.effect !== '') await conf.sh(each.effect);
  const middle = await conf.texts(paths);
  // nmcli keeps no comment and no order.
  const plain = paths.filter((path) => !isProfile(path));
  for (const path of plain) assertKept(step, path, [former.get(path) ?? '', middle.get(path) ?? '']);
  for (const [link, target] of links) assert.equal((await conf.sh(`readlink '${link}'`)).trim(), target);
  if (each.outcome !== 'changed') {
    if (each.outcome === 'unchanged') assert.equal(await conf.sh(snapshot), before);
    return;
  }
  const after = await conf.sh(snapshot);
  const second = await conf.run('run', on.cluster, step);
  assert.equal(second.outcome, 'unchanged', `${second.log}\n${second.said.join('\n')}`);
  assert.equal(await conf.sh(snapshot), after);
  const undo = await conf.run('undo', on.cluster, step);
  assert.equal(undo.outcome, 'changed', undo.log);
  assert.equal(await conf.sh(snapshot), before, undo.log);
  // A comment at the end of XML would be no edit.
  if (step === 'firewalld') return;
  await conf.run('run', on.cluster, step);
  const now = await conf.texts(paths);
  if (step === 'network-interfaces') {
    await walkProfile(conf, on.cluster, former);
    return;
  }
  for (const [path, text] of now)
    await conf.sh(`echo '${Buffer.from(edited(text), 'latin1').toString('base64')}' | base64 -d >'${path}'`);
  const again = await conf.run('undo', on.cluster, step);
  assert.equal(again.outcome, 'changed', again.log);
  const end = await conf.texts(paths);
  for (const path of paths)
    assert.equal(end.get(path), edited(former.get(path) ?? ''), `${path}\n${again.log}`);
}

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh0cmVlZml2ZXNpeHNldmVuZWlnaHRuaW5ldGVu';
/** Keys of the nodes, for cluster files with `between-nodes`. */
const nodeKeys = Object.fromEntries(
  ['openstack1', 'openstack2'].map((name) => [
    name,
    { user: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJvb3Q${name} root@${name}`, hosts: [hostKey] },
  ]),
);

/** Walks all cases of one system on a real node. */
export function testConf(system: SystemName): void {
  describe(`Files of other people on a node with ${system}`, () => {
    let lab: Lab;
    let conf: ConfNode;
    let key = '';
    before(async () => {
      lab = await upLab({ nodes: 1, system });
      conf = new ConfNode(lab);
      key = readFileSync(`${lab.identity}.pub`, 'utf8').trim();
      await conf.sh(begin);
    });
    after(() => lab?.down());

    for (const each of confCases().filter((one) => one.system === system))
      it(`keep everything but what ${each.step} sets: ${each.name}`, async () => {
        const cluster = {
          ...clusterOf(clusterText(each.cluster)),
          inputs: { publicKeys: { '~/.ssh/id_ed25519': key }, nodeKeys },
        };
        const login = async () => {
          const { code, stderr } = await lab.ssh(node, 'true');
          assert.equal(code, 0, stderr);
        };
        await walk(conf, each, { cluster, login, key: key.split(' ')[1] ?? '' });
      });
  });
}
