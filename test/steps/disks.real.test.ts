import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { LoopDisks, ran } from '../support/loop-disks.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const clusterWith = (disks: string): Cluster =>
  clusterOf(`cluster: disks
openstack: { release: epoxy, components: [cinder, swift] }
nodes: { sto1: { address: 10.20.0.51, roles: [storage], disks: { ${disks} } } }
steps: [disks]
`);
const groupOf = (...disks: readonly string[]) => clusterWith(`cinder-volumes: [${disks.join(', ')}]`);
const swiftOn = (...disks: readonly string[]) => clusterWith(`swift: [${disks.join(', ')}]`);

/** The first sector of a disk with one Linux partition of 8 MiB. */
const partitionTable = Buffer.alloc(512);
partitionTable.set([0, 0, 0, 0, 0x83, 0, 0, 0, 0, 8, 0, 0, 0, 0x40, 0, 0], 446);
partitionTable.set([0x55, 0xaa], 510);

/** A group whose metadata has a logical volume, as vgcfgbackup writes it: without device-mapper, none can be made by lvcreate. */
const withVolume = (metadata: string): string =>
  metadata.replace(
    /\n\t}\n\n*}\n/,
    `\n\t}\n\n\tlogical_volumes {\n\n\t\tvolume-1 {\n\t\t\tid = "Yb1Fq3-9aQX-hI2U-5vAe-kLk1-d9gs-W4bR7c"\n\t\t\tstatus = ["READ", "WRITE", "VISIBLE"]\n\t\t\tflags = []\n\t\t\tsegment_count = 1\n\n\t\t\tsegment1 {\n\t\t\t\tstart_extent = 0\n\t\t\t\textent_count = 4\n\n\t\t\t\ttype = "striped"\n\t\t\t\tstripe_count = 1\n\n\t\t\t\tstripes = [\n\t\t\t\t\t"pv0", 0\n\t\t\t\t]\n\t\t\t}\n\t\t}\n\t}\n\n}\n`,
  );

for (const shell of nodeShells) {
  describe(`The step disks under ${shell}, with real disks and LVM`, () => {
    let folder: NodeFolder;
    let disks: LoopDisks;
    let first = '';
    let second = '';
    beforeEach(function () {
      const made = hasProgram(shell) ? LoopDisks.make(2) : undefined;
      if (!made) {
        this.skip();
        return;
      }
      disks = made;
      [first = '', second = ''] = disks.paths;
      folder = new NodeFolder(shell, 'el9');
      folder.program('rpm', 'exit 0');
      folder.program('dnf', 'exit 0');
      // The user swift comes with packages that this node does not have.
      folder.program('id', 'case $1 in -u) echo 0;; swift) exit 1;; *) echo root;; esac');
      folder.unit('rsyncd', 'disabled inactive');
      folder.put('/etc/fstab', '# static\n/dev/sda1 / xfs defaults 0 0\n');
      folder.put('/etc/rsyncd.conf', '# /etc/rsyncd: configuration file for rsync daemon mode\n');
      disks.give(folder);
    });
    afterEach(() => {
      disks?.remove();
      folder?.remove();
    });
    const groupNow = () => disks.lvm(folder, 'vgs', '--noheadings', '-o', 'vg_name,pv_count').split(/\s+/);

    const volumesNow = () =>
      disks.lvm(folder, 'pvs', '--noheadings', '-o', 'pv_name').split(/\s+/).filter(Boolean).sort();

    it('makes a volume group of empty disks, only once, and takes it back', () => {
      const cluster = groupOf(first, second);
      const before = folder.read('/etc/lvm/lvm.conf');
      assert.deepEqual(folder.probe(cluster, 'disks').reasons.slice(0, 2), [
        'disk-not-prepared',
        'disk-not-prepared',
      ]);
      const result = folder.run(cluster, 'disks');
      assert.equal(result.outcome, 'changed', result.log);
      assert.deepEqual(groupNow(), ['cinder-volumes', '2']);
      assert.equal(folder.run(cluster, 'disks').outcome, 'unchanged');
      const undone = folder.undo(cluster, 'disks');
      assert.equal(undone.outcome, 'changed', undone.log);
      assert.equal(disks.lvm(folder, 'pvs', '--noheadings'), '');
      assert.equal(ran('wipefs', '-p', first), '');
      assert.equal(folder.read('/etc/lvm/lvm.conf'), before);
    });

    it('lets LVM see its disks and those of the system only, and keeps an own filter', () => {
      disks.lvm(folder, 'vgcreate', 'system', second);
      disks.give(folder, 'devices {\n\tuse_devicesfile = 0\n}\n');
      const cluster = groupOf(first);
      assert.equal(folder.run(cluster, 'disks').outcome, 'changed');
      const filter = `"a|^${first}$|", "a|^${second}$|", "r|.*|"`;
      assert.equal(
        folder.read('/etc/lvm/lvm.conf'),
        `devices {\n\tfilter = [ ${filter} ]\n\tuse_devicesfile = 0\n}\n`,
      );
      assert.equal(
        disks.lvm(folder, 'lvmconfig', 'devices/filter'),
        `filter=[${filter.replaceAll('", "', '","')}]`,
      );
      assert.equal(folder.run(cluster, 'disks').outcome, 'unchanged');

      const own = 'devices {\n\tuse_devicesfile = 0\n\tfilter = [ # ours\n\t\t"r|^/dev/drbd|"\n\t]\n}\n';
      folder.put('/etc/lvm/lvm.conf', own);
      assert.equal(folder.probe(cluster, 'disks').state, 'drifted');
      assert.equal(folder.run(cluster, 'disks').outcome, 'changed');
      assert.equal(
        disks.lvm(folder, 'lvmconfig', 'devices/filter'),
        `filter=["a|^${first}$|","r|^/dev/drbd|"]`,
      );
    });

    it('lets LVM see the disks of the system only, with their partitions, and takes that back', () => {
      const conf = 'devices {\n\tuse_devicesfile = 0\n}\n';
      disks.give(folder, conf);
      disks.lvm(folder, 'vgcreate', 'root', first);
      disks.lvm(folder, 'vgcreate', 'instance', second);
      assert.deepEqual(volumesNow(), [first, second]);
      const cluster = clusterWith(`system: [${first}]`);
      assert.deepEqual(folder.probe(cluster, 'disks').reasons, ['setting-missing']);
      const result = folder.run(cluster, 'disks');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(
        folder.read('/etc/lvm/lvm.conf'),
        `devices {\n\tfilter = [ "a|^${first}-?(part)?p?[0-9]*$|", "r|.*|" ]\n\tuse_devicesfile = 0\n}\n`,
      );
      assert.deepEqual(volumesNow(), [first]);
      assert.equal(folder.run(cluster, 'disks').outcome, 'unchanged');
      assert.equal(folder.undo(cluster, 'disks').outcome, 'changed');
      assert.equal(folder.read('/etc/lvm/lvm.conf'), conf);
      assert.deepEqual(volumesNow(), [first, second]);
    });

    it('puts the disks of the system before an own filter, and both kinds into one', () => {
      disks.lvm(folder, 'vgcreate', 'root', second);
      disks.give(folder, 'devices {\n\tuse_devicesfile = 0\n\tfilter = [ "r|^/dev/drbd|" ]\n}\n');
      const result = folder.run(clusterWith(`cinder-volumes: [${first}], system: [${second}]`), 'disks');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(
        disks.lvm(folder, 'lvmconfig', 'devices/filter'),
        `filter=["a|^${first}$|","a|^${second}-?(part)?p?[0-9]*$|","r|.*|","r|^/dev/drbd|"]`,
      );
      assert.deepEqual(groupNow().sort(), ['1', '1', 'cinder-volumes', 'root']);
    });

    it('refuses a filter that would hide what is mounted, and a disk of the system that is not there', () => {
      disks.give(folder, 'devices {\n\tuse_devicesfile = 0\n}\n');
      disks.lvm(folder, 'vgcreate', 'root', first);
      // Without device-mapper, no logical volume can be mounted.
      folder.program('findmnt', 'echo /dev/mapper/root-home');
      folder.program(
        'lsblk',
        `case $* in *root-home*) printf '%s\\n' /dev/mapper/root-home ${first} ;; esac`,
      );
      for (const [disk, reason] of [
        [second, 'disk-not-of-system'],
        ['/dev/sdzz', 'disk-missing'],
      ] as const) {
        const found = folder.probe(clusterWith(`system: [${disk}]`), 'disks');
        assert.deepEqual([found.state, found.reasons[0]], ['unknown', reason]);
        const ran = folder.run(clusterWith(`system: [${disk}]`), 'disks');
        assert.equal(ran.outcome, 'failed', ran.log);
      }
      assert.equal(folder.read('/etc/lvm/lvm.conf'), 'devices {\n\tuse_devicesfile = 0\n}\n');
      assert.equal(folder.run(clusterWith(`system: [${first}]`), 'disks').outcome, 'changed');
    });

    it('sets the filter under a shell in whose substitutions a failure ends, as in sh of CentOS', function () {
      if (!hasProgram('dash')) this.skip();
      const other = new NodeFolder('dash', 'el9');
      try {
        for (const name of ['rpm', 'dnf']) other.program(name, 'exit 0');
        disks.give(other, 'devices {\n\tuse_devicesfile = 0\n}\n');
        const result = other.run(groupOf(first), 'disks');
        assert.equal(result.outcome, 'changed', result.log);
        assert.match(other.read('/etc/lvm/lvm.conf') ?? '', /^\tfilter = \[ "a\|/m);
      } finally {
        other.remove();
      }
    });

    it('adds a disk to the group, and on undo leaves the group that was there', () => {
      disks.lvm(folder, 'vgcreate', 'cinder-volumes', first);
      const cluster = groupOf(first, second);
      assert.equal(folder.run(cluster, 'disks').outcome, 'changed');
      assert.deepEqual(groupNow(), ['cinder-volumes', '2']);
      assert.equal(folder.undo(cluster, 'disks').outcome, 'changed');
      assert.deepEqual(groupNow(), ['cinder-volumes', '1']);
    });

    it('continues after a run that ended between its commands', () => {
      folder.program('vgcreate', 'exit 5');
      const cluster = groupOf(first);
      assert.equal(folder.run(cluster, 'disks').outcome, 'failed');
      disks.give(folder);
      const result = folder.run(cluster, 'disks');
      assert.equal(result.outcome, 'changed', result.log);
    });

    const occupied: readonly (readonly [string, string, () => void])[] = [
      ['a file system', 'disk-has-data', () => ran('mkfs.xfs', '-q', second)],
      ['partitions', 'disk-has-data', () => writeFileSync(second, partitionTable)],
      [
        'a physical volume of another group',
        'disk-in-group',
        () => disks.lvm(folder, 'vgcreate', 'other', second),
      ],
      ['an orphan physical volume', 'disk-has-data', () => disks.lvm(folder, 'pvcreate', second)],
      ['a swap signature', 'disk-has-data', () => ran('mkswap', second)],
    ];
    for (const [what, code, occupy] of occupied)
      it(`refuses ${what}, names it and changes nothing`, () => {
        occupy();
        const marks = ran('wipefs', '-p', second);
        for (const cluster of [groupOf(first, second), swiftOn(first, second)]) {
          const probed = folder.probe(cluster, 'disks');
          assert.equal(probed.state, 'unknown');
          assert.ok(probed.reasons.includes(code), probed.reasons.join(' '));
          assert.equal(folder.run(cluster, 'disks').outcome, 'failed');
        }
        assert.equal(ran('wipefs', '-p', second), marks);
        assert.equal(ran('wipefs', '-p', first), '');
      });

    it('refuses a mounted disk, one that is not there, and a group elsewhere', () => {
      ran('mkfs.xfs', '-q', second);
      mkdirSync(join(folder.root, 'mnt'));
      ran('mount', second, join(folder.root, 'mnt'));
      assert.ok(folder.probe(groupOf(second), 'disks').reasons.includes('disk-mounted'));
      ran('umount', second);
      assert.deepEqual(folder.probe(groupOf('/dev/nothing-here'), 'disks').reasons, ['disk-missing']);
      disks.lvm(folder, 'vgcreate', 'cinder-volumes', first);
      const { state, markers } = folder.probe(
        groupOf('/dev/loop-other', first.replace('loop', 'sd')),
        'disks',
      );
      assert.equal(state, 'unknown');
      // The disks of this test are in files, like the one that Packstack makes.
      const found = markers.flatMap((marker) => (marker.type === 'because' ? [marker.reason] : []));
      const loop = found.find(({ code }) => code === 'disk-loop-file');
      assert.match(loop?.args[1] ?? '', /disk0$/);
    });

    it('keeps a group with a logical volume on undo', () => {
      const cluster = groupOf(first);
      assert.equal(folder.run(cluster, 'disks').outcome, 'changed');
      const copy = join(folder.root, 'metadata');
      disks.lvm(folder, 'vgcfgbackup', '-f', copy, 'cinder-volumes');
      folder.put('/metadata', withVolume(folder.read('/metadata') ?? ''));
      disks.lvm(folder, 'vgcfgrestore', '-f', copy, 'cinder-volumes');
      const undone = folder.undo(cluster, 'disks');
      assert.equal(undone.outcome, 'failed');
      assert.ok(
        undone.markers.some(
          (marker) => marker.type === 'because' && marker.reason.code === 'disk-group-used',
        ),
      );
      assert.deepEqual(groupNow(), ['cinder-volumes', '1']);
    });

    it('formats and mounts disks of Swift, starts rsync, and takes that back', () => {
      const cluster = swiftOn(first, second);
      const fstab = folder.read('/etc/fstab');
      const result = folder.run(cluster, 'disks');
      assert.equal(result.outcome, 'changed', result.log);
      const uuid = ran('blkid', '-s', 'UUID', '-o', 'value', first);
      const place = join(folder.root, 'srv/node', first.slice(5));
      assert.match(
        folder.read('/etc/fstab') ?? '',
        new RegExp(`^UUID=${uuid} ${place} xfs noatime 0 2$`, 'm'),
      );
      assert.match(
        ran('findmnt', '-nro', 'SOURCE,FSTYPE,OPTIONS', place),
        new RegExp(`^${first} xfs rw,noatime`),
      );
      assert.match(folder.read('/etc/rsyncd.conf') ?? '', /^address = 10\.20\.0\.51$/m);
      assert.equal(folder.read('/units/rsyncd'), 'enabled active\n');
      assert.equal(folder.run(cluster, 'disks').outcome, 'unchanged');

      ran('umount', place);
      assert.equal(folder.probe(cluster, 'disks').state, 'drifted');
      assert.equal(folder.run(cluster, 'disks').outcome, 'changed');
      assert.equal(ran('blkid', '-s', 'UUID', '-o', 'value', first), uuid);

      folder.put(`/srv/node/${first.slice(5)}/objects`, 'data\n');
      assert.equal(folder.undo(cluster, 'disks').outcome, 'failed');
      assert.equal(folder.read(`/srv/node/${first.slice(5)}/objects`), 'data\n');
      // Files of an unmounted disk count as well, and it stays unmounted.
      ran('umount', place);
      assert.equal(folder.undo(cluster, 'disks').outcome, 'failed');
      assert.equal(folder.read(`/srv/node/${first.slice(5)}/objects`), undefined);
      ran('mount', first, place);
      assert.equal(folder.read(`/srv/node/${first.slice(5)}/objects`), 'data\n');
      ran('rm', join(place, 'objects'));
      const undone = folder.undo(cluster, 'disks');
      assert.equal(undone.outcome, 'changed', undone.log);
      assert.equal(ran('wipefs', '-p', first), '');
      assert.equal(folder.read('/etc/fstab'), fstab);
      assert.equal(folder.read('/units/rsyncd'), 'disabled inactive\n');
    });
  });
}
