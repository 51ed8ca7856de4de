import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { clusterOf } from '../support/clusters.ts';
import { type Lab, upLab } from './lab.ts';
import { leftovers } from './leftovers.ts';
import { mirrorLog } from './mirror-mode.ts';
import { type LabEngine, startEngine, stepValues } from './suite/lab-engine.ts';

describe('The mirror on the bridge', () => {
  let lab: Lab;
  const on = (command: string) => lab.ssh('openstack1', command);
  const install = 'yum clean all >/dev/null; yum -y install';

  before(async () => {
    lab = await upLab({ nodes: 2, mirror: 'http' });
  });
  after(async () => {
    await lab?.down();
    assert.deepEqual(leftovers(), []);
  });
  afterEach(() => lab.setMirror({ mode: 'normal' }));

  it('serves packages over HTTP and logs each request', async () => {
    const { code, stdout } = await on(`${install} centos-release-openstack-stein`);
    assert.equal(code, 0, stdout);
    assert.match(
      readFileSync(mirrorLog, 'utf8'),
      /^GET \/centos\/7\/extras\/x86_64\/centos-release-openstack-stein-\S+\.rpm - 200 \d+$/m,
    );
  });

  it('refuses every connection in mode away', async () => {
    await lab.setMirror({ mode: 'away' });
    const { code, stderr } = await on(`${install} house-rules`);
    assert.equal(code, 1);
    assert.match(stderr, /Curl error \(7\)/);
  });

  it('returns the given status in mode fail, for matching paths', async () => {
    await lab.setMirror({ mode: 'fail', status: 503, match: '/updates/' });
    const { code, stderr } = await on(`${install} house-rules`);
    assert.equal(code, 1);
    assert.match(stderr, /Status code: 503 for http:\/\/198\.18\.88\.1\/centos\/7\/updates/);
  });

  it('sends corrupt packages in mode corrupt', async () => {
    await lab.setMirror({ mode: 'corrupt', match: 'house-rules' });
    const { code, stdout, stderr } = await on(`${install} house-rules`);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /checksum/i);
  });

  it('limits the transfer rate in mode slow', async () => {
    const big = `${install} --downloadonly lab-big`;
    await lab.setMirror({ mode: 'slow', bytesPerSecond: 12_000_000, match: 'lab-big' });
    const begun = Date.now();
    assert.equal((await on(big)).code, 0);
    const seconds = (Date.now() - begun) / 1000;
    assert.ok(seconds > 3.5, `48 MB in ${seconds} s`);
  });

  it('stops in the middle of a file in mode stall', async () => {
    await lab.setMirror({ mode: 'stall', match: 'lab-big' });
    const { code, stdout } = await on(`yum clean all >/dev/null; timeout 8 yum -y install lab-big`);
    assert.equal(code, 124, stdout);
  });
});

/** Runs the steps on a node whose repositories must come from the archive. */
function onArchive(lab: Lab, release: string): LabEngine {
  return startEngine(
    lab,
    clusterOf(`cluster: archive
openstack: { release: ${release} }
ssh: { user: root, identity: ${lab.identity} }
nodes: { openstack1: { address: ${lab.node('openstack1').address}, roles: [controller] } }
repositories: { epel: disabled, archive: auto }
steps: [repositories, openstack-client]
`),
  );
}

describe('The mirror as the CentOS archive', () => {
  let lab: Lab;
  const on = (command: string) => lab.ssh('openstack1', command);

  before(async () => {
    lab = await upLab({ nodes: 1, mirror: 'archive' });
  });
  after(() => lab?.down());

  it('does not serve mirrorlist.centos.org, so packages cannot be installed at first', async () => {
    const { code, stderr } = await on('yum -y install centos-release-openstack-stein');
    assert.equal(code, 1);
    assert.match(stderr, /Could not resolve host: mirrorlist\.centos\.org/);
  });

  it('answers as vault.centos.org over http and https, at all paths in use', async () => {
    const forms = ['7.9.2009/os', 'centos/7.9.2009/updates', 'centos/7/extras', '7/os'].map(
      (form) => `${form}/x86_64`,
    );
    for (const form of [...forms, '7.9.2009/cloud/x86_64/openstack-stein']) {
      for (const scheme of ['http', 'https']) {
        const ask = `curl -sSf -o /dev/null ${scheme}://vault.centos.org/${form}/repodata/repomd.xml`;
        const { code, stderr } = await on(ask);
        assert.equal(code, 0, `${ask}: ${stderr}`);
      }
    }
  });

  it('is set by the step repositories in both passes, and a later change is detected', async () => {
    const engine = onArchive(lab, 'stein');
    const outcomes = async () => stepValues(await engine.operate('run'), 'openstack1', 'outcome');
    try {
      const before = await engine.operate('check');
      const { repositories } = before.nodes.openstack1?.steps ?? {};
      assert.deepEqual(
        repositories?.reasons.map(({ code }) => code),
        ['package-missing', 'mirror-gone'],
      );
      assert.deepEqual(await outcomes(), { repositories: 'changed', 'openstack-client': 'changed' });
      assert.deepEqual(await outcomes(), { repositories: 'unchanged', 'openstack-client': 'unchanged' });
      const { stdout } = await on('grep -h "^baseurl" /etc/yum.repos.d/*.repo | sort -u');
      assert.match(stdout, /^baseurl=https:\/\/vault\.centos\.org\/7\.9\.2009\/os\/\$basearch\/$/m);
      assert.match(stdout, /\/7\.9\.2009\/cloud\/\$basearch\/openstack-stein\/$/m);
      assert.match(stdout, /\/7\.9\.2009\/virt\/\$basearch\/kvm-common\/$/m);
      assert.equal((await on('ls /etc/yum.repos.d/CentOS-Base.repo.stackprep-backup')).code, 0);
      await on(
        "sed -i 's,https://vault.centos.org/7.9.2009,http://mirror.centos.org/centos/7,' /etc/yum.repos.d/CentOS-Base.repo",
      );
      const spoiled = await engine.operate('check');
      assert.equal(spoiled.nodes.openstack1?.steps.repositories?.state, 'drifted');
      assert.equal((await outcomes()).repositories, 'changed');
    } finally {
      await engine.close();
    }
  });
});

describe('The mirror as the CentOS archive of Stream 8', () => {
  let lab: Lab;
  const on = (command: string) => lab.ssh('openstack1', command);

  before(async () => {
    lab = await upLab({ nodes: 1, mirror: 'archive', system: 'el8' });
  });
  after(() => lab?.down());

  it('is set by the step repositories in both passes', async () => {
    const engine = onArchive(lab, 'yoga');
    const outcomes = async () => stepValues(await engine.operate('run'), 'openstack1', 'outcome');
    try {
      const install = await on('dnf -y install house-rules');
      assert.equal(install.code, 1);
      assert.match(install.stderr, /Could not resolve host: mirrorlist\.centos\.org/);
      const before = await engine.operate('check');
      const codes = before.nodes.openstack1?.steps.repositories?.reasons.map(({ code }) => code) ?? [];
      assert.ok(codes.includes('mirror-gone'), codes.join(' '));
      assert.deepEqual(await outcomes(), { repositories: 'changed', 'openstack-client': 'changed' });
      assert.deepEqual(await outcomes(), { repositories: 'unchanged', 'openstack-client': 'unchanged' });
      const { stdout } = await on('grep -h "^baseurl" /etc/yum.repos.d/*.repo | sort -u');
      for (const folder of [
        'BaseOS/$basearch/os',
        'AppStream/$basearch/os',
        'cloud/$basearch/openstack-yoga',
      ])
        assert.ok(stdout.includes(`baseurl=https://vault.centos.org/8-stream/${folder}/\n`), stdout);
      assert.doesNotMatch(stdout, /mirror\.centos\.org/);
      assert.equal((await on('openstack --version')).code, 0);
    } finally {
      await engine.close();
    }
  });
});
