import assert from 'node:assert/strict';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

function wanted(repositories: string, release = 'stein'): Cluster {
  return clusterOf(`cluster: shelves
openstack: { release: ${release} }
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
repositories: { ${repositories} }
steps: [repositories]
`);
}

const base = `[base]
name=CentOS-$releasever - Base
mirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=os&infra=$infra
#baseurl=http://mirror.centos.org/centos/$releasever/os/$basearch/
gpgcheck=1

[centosplus]
name=CentOS-$releasever - Plus
mirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=centosplus
#baseurl=http://mirror.centos.org/centos/$releasever/centosplus/$basearch/
enabled=0
`;
const epel =
  '[epel]\nname=EPEL\nmetalink=https://mirrors.fedoraproject.org/metalink?repo=epel-7\nenabled=1\n\n[epel-debuginfo]\nname=D\nenabled=0\n';
const openstack = `[centos-openstack-stein]
name=OpenStack
baseurl=http://mirror.centos.org/$contentdir/$releasever/cloud/$basearch/openstack-stein/
  http://mirror.centos.org/second/
gpgcheck=0
`;

/** rpm for a file of package names; `-e` removes one, an installation adds one. */
const rpm = `case "$1 $*" in
  "-qa "*) case "$*" in *nova*) cat "$ROOT/built" 2>/dev/null;; *) grep -E '^(centos-release-openstack|rdo-release)' "$ROOT/packages";; esac;;
  "-e "*) grep -vxF "$2" "$ROOT/packages" >"$ROOT/p"; mv "$ROOT/p" "$ROOT/packages"; echo "rpm -e $2" >>"$ROOT/calls";;
  "-q "*) for word; do last=$word; done; grep -qxF "$last" "$ROOT/packages";;
esac`;
const yum = `for word; do last=$word; done
case "$*" in *install*) echo "yum install $last" >>"$ROOT/calls"; echo "$last" >>"$ROOT/packages"
case $last in centos-release-openstack-*) cp "$ROOT/shipped" "$ROOT/etc/yum.repos.d/CentOS-OpenStack.repo";; esac;; esac; exit 0`;

for (const shell of nodeShells) {
  describe(`The step repositories under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell, 'el7');
      folder.put('/packages', '');
      folder.put('/shipped', openstack);
      folder.put('/etc/yum/vars/contentdir', 'centos\n');
      folder.put('/etc/yum.repos.d/CentOS-Base.repo', base);
      folder.program('rpm', rpm);
      folder.program('yum', yum);
      folder.program('uname', 'echo x86_64');
      // Only the addresses in the file answer.
      folder.program(
        'curl',
        'for word; do last=$word; done; echo "$last" >>"$ROOT/asked"; grep -qxF "$last" "$ROOT/answers"',
      );
      folder.put(
        '/answers',
        ['os/x86_64', 'cloud/x86_64/openstack-stein']
          .map((path) => `https://vault.centos.org/7.9.2009/${path}/repodata/repomd.xml\n`)
          .join(''),
      );
    });
    afterEach(() => folder?.remove());
    const repo = (name: string) => folder.read(`/etc/yum.repos.d/${name}.repo`) ?? '';

    const lan =
      "rdo: disabled, source: extra, extra: [{ id: lan, baseurl: ['http://a.lan/os', 'http://b.lan/os'], sslverify: false }, { id: lan-debug, baseurl: 'http://a.lan/debug', enabled: false, sslverify: true }]";

    it('enables only the extra repositories where they are the source, and the others again on undo', () => {
      const cluster = wanted(lan);
      assert.deepEqual(folder.probe(cluster, 'repositories').reasons, [
        'mirror-gone',
        'file-missing',
        'file-missing',
        'repository-of-other-source',
      ]);
      const result = folder.run(cluster, 'repositories');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(
        repo('stackprep-lan'),
        '# Written by Stackprep.\n[lan]\nname=lan\nbaseurl=http://a.lan/os http://b.lan/os\nsslverify=0\nenabled=1\ngpgcheck=1\n',
      );
      assert.match(repo('stackprep-lan-debug'), /^sslverify=1\nenabled=0\n/m);
      assert.match(repo('CentOS-Base'), /^\[base\]\nenabled=0\n/m);
      assert.equal(folder.read('/asked'), undefined);
      assert.equal(folder.run(cluster, 'repositories').outcome, 'unchanged');
      assert.equal(folder.undo(cluster, 'repositories').outcome, 'changed');
      assert.equal(repo('CentOS-Base'), base);
      assert.equal(repo('stackprep-lan'), '');
    });

    it('keeps the repositories of a Satellite, and changes nothing on a node that has none', () => {
      const redhat = '[rhel-7-server-rpms]\nname=RHEL\nbaseurl=https://satellite.lan/content\nenabled=1\n';
      folder.put('/etc/yum.repos.d/redhat.repo', redhat);
      const cluster = wanted('rdo: disabled, source: satellite');
      folder.program('subscription-manager', 'exit 1');
      const unknown = folder.probe(cluster, 'repositories');
      assert.equal(unknown.state, 'unknown');
      assert.ok(unknown.reasons.includes('satellite-not-registered'), String(unknown.reasons));
      folder.program('subscription-manager', 'echo system identity: 1');
      const result = folder.run(cluster, 'repositories');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(repo('redhat'), redhat);
      assert.match(repo('CentOS-Base'), /^\[base\]\nenabled=0\n/m);
    });

    it('switches to the archive in both passes, at the path of the file, after the archive has answered', () => {
      const cluster = wanted('epel: disabled');
      assert.deepEqual(folder.probe(cluster, 'repositories').reasons, ['package-missing', 'mirror-gone']);
      const result = folder.run(cluster, 'repositories');
      assert.equal(result.outcome, 'changed', result.log);
      assert.match(
        repo('CentOS-Base'),
        /^\[base\]\nbaseurl=https:\/\/vault\.centos\.org\/7\.9\.2009\/os\/\$basearch\/\n/m,
      );
      assert.match(repo('CentOS-Base'), /^#mirrorlist=.*repo=os&infra=\$infra$/m);
      assert.match(repo('CentOS-Base'), /^mirrorlist=.*repo=centosplus$/m);
      assert.equal(
        repo('CentOS-OpenStack'),
        '[centos-openstack-stein]\nbaseurl=https://vault.centos.org/7.9.2009/cloud/$basearch/openstack-stein/\nname=OpenStack\n#baseurl=http://mirror.centos.org/$contentdir/$releasever/cloud/$basearch/openstack-stein/\n#  http://mirror.centos.org/second/\ngpgcheck=0\n',
      );
      assert.equal(folder.read('/etc/yum.repos.d/CentOS-Base.repo.stackprep-backup'), base);
      assert.equal(folder.run(cluster, 'repositories').outcome, 'unchanged');
      assert.equal(folder.body(cluster, 'repositories', 'revert'), 0);
      assert.equal(repo('CentOS-Base'), base);
    });

    it('changes nothing if the archive does not answer, or if it is disabled', () => {
      folder.put('/answers', '');
      const result = folder.run(wanted('epel: disabled'), 'repositories');
      assert.deepEqual([result.outcome, result.reasons], ['failed', ['mirror-gone']]);
      assert.equal(repo('CentOS-Base'), base);
      assert.equal(folder.run(wanted('archive: never, epel: disabled'), 'repositories').outcome, 'unchanged');
    });

    it('uses a private archive with the path that answers there', () => {
      folder.put(
        '/answers',
        ['os', 'cloud']
          .map(
            (part) =>
              `https://mirror.example/c/centos/7.9.2009/${part === 'os' ? 'os/x86_64' : 'cloud/x86_64/openstack-stein'}/repodata/repomd.xml\n`,
          )
          .join(''),
      );
      const result = folder.run(wanted('archive: https://mirror.example/c/, epel: disabled'), 'repositories');
      assert.equal(result.outcome, 'changed', result.log);
      assert.match(
        repo('CentOS-Base'),
        /^baseurl=https:\/\/mirror\.example\/c\/centos\/7\.9\.2009\/os\/\$basearch\/$/m,
      );
    });

    it('removes the package of another release, unless OpenStack from it is installed', () => {
      folder.put('/packages', 'centos-release-openstack-train\n');
      folder.put('/built', 'openstack-nova-compute ');
      const cluster = wanted('archive: never, epel: disabled');
      assert.deepEqual(folder.run(cluster, 'repositories').reasons, ['other-release-in-use']);
      folder.put('/built', '');
      assert.deepEqual(folder.probe(cluster, 'repositories').reasons, [
        'other-release-installed',
        'package-missing',
      ]);
      assert.equal(folder.run(cluster, 'repositories').outcome, 'changed');
      assert.deepEqual(folder.calls(), [
        'rpm -e centos-release-openstack-train',
        'yum install centos-release-openstack-stein',
      ]);
    });

    it('disables EPEL', () => {
      folder.put('/packages', 'centos-release-openstack-stein\nepel-release\n');
      folder.put('/etc/yum.repos.d/epel.repo', epel);
      const off = wanted('archive: never, epel: disabled');
      assert.deepEqual(folder.probe(off, 'repositories').reasons, ['epel-enabled']);
      assert.equal(folder.run(off, 'repositories').outcome, 'changed');
      assert.equal(repo('epel'), epel.replace('enabled=1', 'enabled=0'));
    });

    it('writes extra repositories to separate files, and removes them with their setting', () => {
      folder.put('/packages', 'centos-release-openstack-stein\n');
      const cluster = wanted(
        'archive: never, epel: disabled, extra: [{ id: house, baseurl: "https://repo.example/7/", gpgkey: "https://repo.example/key", gpgcheck: true }]',
      );
      assert.equal(folder.run(cluster, 'repositories').outcome, 'changed');
      assert.equal(
        repo('stackprep-house'),
        '# Written by Stackprep.\n[house]\nname=house\nbaseurl=https://repo.example/7/\ngpgkey=https://repo.example/key\nenabled=1\ngpgcheck=1\n',
      );
      const none = wanted('archive: never, epel: disabled');
      assert.deepEqual(folder.probe(none, 'repositories').reasons, ['repository-obsolete']);
      assert.equal(folder.run(none, 'repositories').outcome, 'changed');
      assert.equal(repo('stackprep-house'), '');
    });

    it('reports a missing key file', () => {
      folder.put('/packages', 'centos-release-openstack-stein\n');
      folder.put(
        '/etc/yum.repos.d/own.repo',
        '[own]\nbaseurl=file:///srv\ngpgcheck=1\ngpgkey=file:///etc/pki/rpm-gpg/OWN\n',
      );
      assert.deepEqual(folder.probe(wanted('archive: never, epel: disabled'), 'repositories').reasons, [
        'key-file-missing',
      ]);
    });

    it('uses the RDO package and a subscription on RHEL', () => {
      folder.put('/etc/os-release', 'ID=rhel\nVERSION_ID=9.4\nNAME="Red Hat Enterprise Linux"\n');
      folder.program('dnf', yum.replace('CentOS-OpenStack', 'rdo-release'));
      folder.program('subscription-manager', 'echo "subscription-manager $*" >>"$ROOT/calls"');
      const result = folder.run(wanted('archive: never, epel: disabled', 'epoxy'), 'repositories');
      assert.equal(result.outcome, 'failed');
      assert.ok(
        folder
          .calls()
          .includes('subscription-manager repos --enable=codeready-builder-for-rhel-9-x86_64-rpms'),
      );
      assert.ok(
        folder
          .calls()
          .includes(
            'yum install https://trunk.rdoproject.org/rdo_release/openstack-epoxy/rdo-release-epoxy.el9s.rpm',
          ),
      );
    });
  });
}
