import assert from 'node:assert/strict';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const cluster = clusterOf(`cluster: back
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute] }
system: { locale: en_US.UTF-8, hosts-file: managed }
steps: [hosts-file, locale, shell-profile]
`);

const hosts = `# of the installer
127.0.0.1   localhost
127.0.1.1   openstack1
10.0.0.9\tprinter  openstack2 # paper
10.0.0.8 mirror
`;
const profile = '/etc/profile.d/stackprep.sh';

for (const shell of nodeShells) {
  describe(`Undo under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell);
      folder.program('locale', 'printf "C\\nen_US.utf8\\n"');
    });
    afterEach(() => folder?.remove());

    const change = (path: string, from: string | RegExp, to: string) =>
      folder.put(path, (folder.read(path) ?? '').replace(from, to));
    const apply = (step: string) => assert.equal(folder.run(cluster, step).outcome, 'changed');
    const undo = (step: string) => {
      const { outcome, notices, state } = folder.undo(cluster, step);
      return { outcome, notices, state };
    };
    const whole = { outcome: 'changed', notices: [], state: 'needed' };
    const partly = { ...whole, notices: ['partly-reverted'] };

    it('restores every byte of hosts-file if nothing else changed the file, even after a second run', () => {
      folder.put('/etc/hosts', hosts);
      apply('hosts-file');
      assert.doesNotMatch(folder.read('/etc/hosts') ?? '', /127\.0\.1\.1/);
      change('/etc/hosts', /^.*openstack2\n/m, '');
      apply('hosts-file');
      assert.deepEqual(undo('hosts-file'), whole);
      assert.equal(folder.read('/etc/hosts'), hosts);
      assert.equal(folder.undo(cluster, 'hosts-file').outcome, 'unchanged');
    });

    it('keeps what the user changed in hosts-file, and restores shortened and removed lines', () => {
      folder.put('/etc/hosts', hosts);
      apply('hosts-file');
      change('/etc/hosts', '10.0.0.8 mirror', '10.0.0.7 cache');
      apply('shell-profile');
      assert.deepEqual(undo('hosts-file'), partly);
      assert.equal(
        folder.read('/etc/hosts'),
        '# of the installer\n127.0.0.1   localhost\n127.0.1.1   openstack1\n10.0.0.9\tprinter  openstack2 # paper\n10.0.0.7 cache\n',
      );
    });

    it('changes nothing in hosts-file if its block is incomplete', () => {
      folder.put('/etc/hosts', hosts);
      apply('hosts-file');
      change('/etc/hosts', /# END stackprep.*\n/, '');
      const before = folder.read('/etc/hosts');
      assert.deepEqual(undo('hosts-file').notices, ['hosts-block-broken']);
      assert.equal(folder.read('/etc/hosts'), before);
    });

    it('restores the previous files of locale, or removes those that did not exist', () => {
      const environment = 'LANG=ko_KR.UTF-8\nPAGER=less\n';
      folder.put('/etc/environment', environment);
      apply('locale');
      assert.equal(folder.read('/etc/environment'), 'LANG=en_US.UTF-8\nPAGER=less\nLC_ALL=en_US.UTF-8\n');
      assert.deepEqual(undo('locale'), whole);
      assert.equal(folder.read('/etc/environment'), environment);
      assert.equal(folder.read('/etc/locale.conf'), undefined);
    });

    it('keeps a value that the user set for locale, and lines that the user added', () => {
      folder.put('/etc/environment', 'LANG=ko_KR.UTF-8\n');
      apply('locale');
      change('/etc/locale.conf', 'en_US', 'fr_FR');
      change('/etc/environment', /$/, 'EDITOR=vi\n');
      assert.deepEqual(undo('locale'), {
        ...whole,
        notices: ['partly-reverted', 'partly-reverted', 'edited-lines-stay'],
      });
      assert.equal(folder.read('/etc/locale.conf'), 'LANG=fr_FR.UTF-8\n');
      assert.equal(folder.read('/etc/environment'), 'LANG=ko_KR.UTF-8\nEDITOR=vi\n');
    });

    it('removes the lines of shell-profile and restores a previous file', () => {
      apply('shell-profile');
      assert.deepEqual(undo('shell-profile'), whole);
      assert.equal(folder.read(profile), undefined);
      folder.put(profile, 'umask 077\n');
      apply('shell-profile');
      change(profile, /$/, 'alias ll="ls -l"\n');
      assert.deepEqual(undo('shell-profile'), partly);
      assert.equal(folder.read(profile), 'umask 077\nalias ll="ls -l"\n');
    });

    it('keeps a line of shell-profile that the user has changed, and names it', () => {
      apply('shell-profile');
      change(profile, /PS1=.*/, "PS1='> '");
      assert.deepEqual(undo('shell-profile').notices, ['partly-reverted', 'edited-lines-stay']);
      assert.equal(folder.read(profile), "PS1='> '\n");
    });
  });
}
