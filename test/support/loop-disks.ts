import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAwaySync } from './clear-away.ts';
import type { NodeFolder } from './node-folder.ts';
import { hasProgram } from './programs.ts';

/** Runs a program that must succeed; returns what it prints. */
export function ran(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || String(error)}`);
  return stdout.trim();
}

/** The programs of the system that report what is on a disk, and change it. */
const programs = ['blkid', 'findmnt', 'losetup', 'lsblk', 'mkfs.xfs', 'mount', 'umount', 'wipefs'];
const lvm = [
  'lvmconfig',
  'lvs',
  'pvcreate',
  'pvremove',
  'pvs',
  'vgcreate',
  'vgextend',
  'vgreduce',
  'vgremove',
  'vgs',
];

/** Disks of the kernel in files, for root where there are loop devices and LVM; what uses them is taken away with them. */
export class LoopDisks {
  readonly #place = mkdtempSync(join(tmpdir(), 'stackprep-disks-'));
  readonly paths: readonly string[];

  /** Undefined where the system cannot have them. */
  static make(count: number): LoopDisks | undefined {
    if (process.getuid?.() !== 0 || ![...programs, 'pvcreate', 'vgcfgrestore'].every(hasProgram))
      return undefined;
    if (spawnSync('losetup', ['-f']).status !== 0) return undefined;
    return new LoopDisks(count);
  }

  private constructor(count: number) {
    this.paths = Array.from({ length: count }, (_, index) => {
      const file = join(this.#place, `disk${index}`);
      const handle = openSync(file, 'w');
      // The smallest size that mkfs.xfs takes.
      ftruncateSync(handle, 320 * 1024 * 1024);
      closeSync(handle);
      return ran('losetup', '-f', '--show', file);
    });
  }

  /** Gives a node these disks and the real programs. LVM sees nothing else, and has its settings in the folder. */
  give(folder: NodeFolder, conf = 'devices {\n\tscan_lvs = 0\n}\n'): void {
    for (const name of programs)
      folder.program(name, `exec "$(PATH=/usr/sbin:/usr/bin:/sbin:/bin; command -v ${name})" "$@"`);
    for (const name of lvm)
      folder.program(
        name,
        `LVM_SUPPRESS_FD_WARNINGS=1 LVM_SYSTEM_DIR=$ROOT/etc/lvm exec "$(PATH=/usr/sbin:/sbin; command -v ${name})" "$@"`,
      );
    const seen = this.paths.map((path) => `"a|^${path}$|"`).join(', ');
    folder.put('/etc/lvm/lvm.conf', conf);
    folder.put(
      '/etc/lvm/lvmlocal.conf',
      `devices {\n\tglobal_filter = [ ${seen}, "r|.*|" ]\n}\nactivation {\n\tudev_sync = 0\n\tudev_rules = 0\n}\n`,
    );
  }

  /** Runs a program of LVM with the settings of the node. */
  lvm(folder: NodeFolder, name: string, ...args: readonly string[]): string {
    const env = {
      ...process.env,
      LVM_SYSTEM_DIR: join(folder.root, 'etc/lvm'),
      LVM_SUPPRESS_FD_WARNINGS: '1',
    };
    const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    return stdout.trim();
  }

  remove(): void {
    for (const path of this.paths) {
      spawnSync('umount', ['-A', path]);
      spawnSync('losetup', ['-d', path]);
    }
    clearAwaySync(this.#place);
  }
}
