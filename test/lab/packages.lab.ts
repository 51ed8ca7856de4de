import assert from 'node:assert/strict';
import { type Lab, upLab } from './lab.ts';
import type { Ran } from './run.ts';
import { type SystemName, systems } from './systems.ts';

/** The differences between the systems. */
interface Case {
  readonly system: SystemName;
  readonly client: string;
  readonly companion?: string;
  readonly daemons: string;
}

const cases: readonly Case[] = [
  {
    system: 'el7',
    client: 'python-openstackclient',
    daemons: 'mariadb mariadb-server python2-PyMySQL python-memcached',
  },
  {
    system: 'el8',
    client: 'python3-openstackclient',
    companion: 'powertools',
    daemons: 'mariadb mariadb-server python3-PyMySQL python3-memcached',
  },
  {
    system: 'el9',
    client: 'python3-openstackclient',
    companion: 'crb',
    daemons: 'mariadb mariadb-server python3-PyMySQL python3-memcached',
  },
];

for (const { system, client, companion, daemons } of cases) {
  describe(`Packages on real nodes with ${system}`, () => {
    let lab: Lab;
    const release = systems[system].openstack;
    const on = (command: string, node = 'openstack1') => lab.ssh(node, command);
    const good = async (command: string, node = 'openstack1'): Promise<Ran> => {
      const ran = await on(command, node);
      assert.equal(ran.code, 0, `${command}\n${ran.stdout}${ran.stderr}`);
      return ran;
    };

    before(async () => {
      lab = await upLab({ system });
    });
    after(() => lab?.down());

    it('include a release package with its repository, dependencies and key', async () => {
      const { stdout } = await good(`yum -y install centos-release-openstack-${release}`);
      assert.match(stdout, /^Complete!$/m);
      const repos = await good('yum -q repolist enabled');
      assert.match(repos.stdout, new RegExp(`^centos-openstack-${release}\\b`, 'm'));
      const others = await good("rpm -qa 'centos-release-*' | wc -l");
      assert.ok(Number(others.stdout) >= 4, others.stdout);
      await good('ls /etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-SIG-Cloud');
    });

    if (companion !== undefined) {
      it(`include the client only after config-manager enables ${companion}`, async () => {
        const refused = await on(`yum -y install ${client}`, 'openstack1');
        assert.equal(refused.code, 1);
        assert.match(refused.stderr, /nothing provides python3-wcwidth needed by python3-openstackclient/);
        await good(`dnf config-manager --set-enabled ${companion}`);
      });
    }

    it('include updates with a kernel that runs after a reboot', async () => {
      assert.equal((await on('yum -q check-update')).code, 100);
      const before = (await good('uname -r')).stdout;
      const { stdout } = await good('yum -y upgrade');
      assert.match(stdout, /^Upgrade +\d\d Packages$/m);
      assert.match(stdout, /^Install +\d+ Packages$/m);
      assert.equal((await on('yum -q check-update')).code, 0);
      const restart =
        system === 'el7' ? 'yum -q -y install yum-utils && needs-restarting -r' : 'dnf needs-restarting -r';
      const needed = await on(restart);
      assert.equal(needed.code, 1);
      assert.match(needed.stdout, /Reboot is required/);
      assert.equal((await good('uname -r')).stdout, before);
      await lab.disrupt('openstack1', 'reboot');
      const after = (await good('uname -r')).stdout;
      assert.notEqual(after, before);
      assert.equal(
        (await good("rpm -q kernel --last | head -n 1 | cut -d' ' -f1")).stdout,
        `kernel-${after}`,
      );
      assert.equal((await on(restart)).code, 0);
    });

    it('include the client and the SELinux policy', async () => {
      const { stdout } = await good(`yum -y install ${client} openstack-selinux`);
      assert.match(stdout, /openstack-selinux: modules loaded/);
      assert.match((await good('openstack --version')).stdout, /^openstack \d/);
      await good('rpm -q --whatprovides container-selinux');
      await good('yum -y install openstack-packstack');
    });

    it('include the daemons with their units and EL configuration files, which run the real programs', async () => {
      await good(`yum -y install ${daemons} rabbitmq-server memcached etcd`, 'openstack1');
      await good("printf '[mysqld]\\nmax_connections = 4096\\n' > /etc/my.cnf.d/openstack.cnf");
      await good('sed -i \'s/^OPTIONS=.*/OPTIONS="-l 127.0.0.1,198.18.88.171"/\' /etc/sysconfig/memcached');
      await good('sed -i \'s/^ETCD_NAME=.*/ETCD_NAME="controller"/\' /etc/etcd/etcd.conf');
      await good("sed -i '$a allow 198.18.88.0/24' /etc/chrony.conf && systemctl restart chronyd");
      await good('systemctl enable --now mariadb rabbitmq-server memcached etcd');
      assert.match((await good('mysql -e "SHOW VARIABLES LIKE \'max_connections\'"')).stdout, /4096/);
      assert.match((await good('ss -Hltn sport = 11211')).stdout, /198\.18\.88\.171:11211/);
      assert.match((await good('curl -s http://localhost:2379/health')).stdout, /"health": ?"true"/);
      assert.match((await good('ETCDCTL_API=3 etcdctl member list')).stdout, /controller/);
      await good('rabbitmqctl add_user openstack secret && rabbitmqctl list_users');
      assert.match((await good('ss -Hlun sport = 123')).stdout, /:123/);
      assert.equal((await good('systemctl --failed --no-legend')).stdout, '');
    });

    it('include packages that fail in different ways', async () => {
      const failing = async (name: string, expected: RegExp) => {
        const { code, stdout, stderr } = await on(`yum -y install ${name}`, 'openstack2');
        assert.equal(code, 1, name);
        assert.match(stdout + stderr, expected);
      };
      await failing('lab-broken-pre', /Error in PREIN scriptlet/);
      await failing('lab-conflict-a lab-conflict-b', /conflicts between attempted installs/);
      await failing('lab-unsigned', /lab-unsigned-\S+ is not signed/);
      await failing('lab-needs-nothing', /nothing provides lab-nobody-provides-this >= 3/);
      await failing('lab-no-such-package', /Unable to find a match/);
      const chatty = await good('yum -y install lab-chatty', 'openstack2');
      assert.match(chatty.stdout, /Error: this is only what a scriptlet says/);
    });

    it('include rdo-release by URL, which repeats a section of the other release package', async () => {
      const { stdout } = await good(
        'ls /srv/mirror/repos/*.rpm /srv/mirror/rdo_release/*.rpm 2>/dev/null || true',
        'openstack3',
      );
      await good(`yum -y install ${stdout.trim()}`, 'openstack3');
      const { openstack } = systems[system];
      const other = system === 'el7' ? 'train' : openstack;
      await good(`yum -y install centos-release-openstack-${other}`, 'openstack3');
      const twice = await good('yum repolist', 'openstack3');
      assert.match(twice.stdout + twice.stderr, /rdo-trunk-\w+-tested is listed more than once/);
      assert.match(twice.stdout, new RegExp(`^openstack-${other}\\b`, 'm'));
    });

    it('include packages of EPEL that outrank those OpenStack needs', async () => {
      await good('yum -y install epel-release', 'openstack3');
      const { stdout } = await good('yum -q list --showduplicates erlang leatherman', 'openstack3');
      assert.match(stdout, /^erlang.*\bepel\b/m);
      assert.match(stdout, /^leatherman.*\bepel\b/m);
    });

    if (system === 'el7')
      it('follow priority= as in yum 3: only with its plugin installed, enabled and not disabled by yum.conf', async () => {
        const epel = '/etc/yum.repos.d/epel.repo';
        await good(`sed -i '/^\\[epel\\]/a priority=100' ${epel}`, 'openstack3');
        const listed = async () =>
          (await good('yum -d 2 list --showduplicates crudini', 'openstack3')).stdout;
        assert.match(await listed(), /^crudini\.noarch +0\.9\.3-1\.el7 +epel/m);
        assert.doesNotMatch(await listed(), /priorities/);
        await good('yum -y install yum-plugin-priorities', 'openstack3');
        const followed = await listed();
        assert.match(followed, /^Loaded plugins: fastestmirror, priorities$/m);
        assert.match(followed, /^[1-9]\d* packages excluded due to repository priority protections$/m);
        assert.match(followed, /^crudini\.noarch +0\.9-2\.el7 +centos-openstack-train/m);
        assert.doesNotMatch(followed, /\bepel\b/);
        const conf = '/etc/yum/pluginconf.d/priorities.conf';
        for (const off of [
          `sed -i 's/enabled = 1/enabled = 0/' ${conf}`,
          `sed -i 's/enabled = 0/enabled = 1/' ${conf}; sed -i 's/plugins=1/plugins=0/' /etc/dnf/dnf.conf`,
        ]) {
          await good(off, 'openstack3');
          assert.match(await listed(), /^crudini\.noarch +0\.9\.3-1\.el7 +epel/m);
        }
        await good(
          'yum -y install crudini && rpm -q crudini | grep -x crudini-0.9.3-1.el7.noarch',
          'openstack3',
        );
      });

    it('include locales that were not installed', async () => {
      const had = (await good('locale -a', 'openstack4')).stdout;
      assert.match(had, system === 'el7' ? /^ko_KR\.utf8$/m : /^C\.utf8$/m);
      if (system === 'el7') return;
      assert.doesNotMatch(had, /ko_KR/);
      await good('yum -y install glibc-langpack-ko glibc-langpack-en', 'openstack4');
      assert.match((await good('locale -a', 'openstack4')).stdout, /^en_US\.utf8\nko_KR\.utf8$/m);
      const korean = await good('LC_ALL=ko_KR.UTF-8 yum -y install house-rules', 'openstack4');
      assert.match(korean.stdout, /완료되었습니다!/);
    });
  });
}
