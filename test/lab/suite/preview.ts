import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FileSide, NodeDifference } from '../../../src/plan/differences.ts';
import { decodeCluster } from '../../../src/rules/decode.ts';
import { type Lab, upLab } from '../lab.ts';
import { type SystemName, systems } from '../systems.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';
import { serviceTests } from './service-tests.ts';
import { stepTests } from './step-tests.ts';

/** The services too, whose files come with their packages; and a user with a key and a password. */
const services = `services:
  chrony: { servers: [198.18.88.172] }
  memcached: { on: controller }
  etcd: { on: controller }
  mariadb: { on: controller }
  rabbitmq: { on: controller, user: openstack, password: { secret: queue } }
users:
  anna: { shell: /bin/bash, sudo: nopasswd, password: { secret: anna } }
kernel:
  sysctl: { net.ipv4.ip_forward: 1 }
`;
const more = '  - users\n  - kernel\n  - chrony\n  - memcached\n  - etcd\n  - mariadb\n  - rabbitmq\n';
const secrets = { queue: 'A-queue-secret-1', anna: 'A-login-secret-2' };
const node = 'openstack1';

/** What is on the node, in the form of a side of a difference. */
async function found(lab: Lab, path: string): Promise<FileSide> {
  const quoted = `'${path}'`;
  const { stdout } = await lab.ssh(
    node,
    `if [ -L ${quoted} ]; then printf 'link %s ' "$(stat -c '%a %U:%G' ${quoted})"; readlink ${quoted} | base64 -w 0
    elif [ -f ${quoted} ]; then printf 'text %s ' "$(stat -c '%a %U:%G' ${quoted})"; base64 -w 0 ${quoted}
    else echo absent; fi`,
  );
  const [kind = '', mode = '', owner = '', encoded = ''] = stdout.trim().split(' ');
  if (kind !== 'link' && kind !== 'text') return { kind: 'absent' };
  const bytes = Buffer.from(encoded, 'base64');
  const text = kind === 'link' ? bytes.toString('utf8').replace(/\n$/, '') : bytes.toString('utf8');
  return { kind, mode, owner, size: kind === 'link' ? text.length : bytes.length, text };
}

/** Prints the paths of which a run has saved another state than it has left. */
const changedPaths = `cd /var/lib/stackprep/kept/first && for step in *; do (cd "$step" && {
  [ ! -d ours ] || find ours ! -type d; [ ! -d gone ] || find gone ! -type d; } | while IFS= read -r now; do
    path=\${now#????}
    case $now in
      gone*) if [ -e "files$path" ] || [ -L "files$path" ]; then echo "$path"; fi ;;
      *) if [ "$(stat -c '%F %a %u %g' "files$path" 2>&1)" != "$(stat -c '%F %a %u %g' "$now")" ] || ! { [ -L "$now" ] || cmp -s "files$path" "$now"; } || [ "$(readlink "files$path")" != "$(readlink "$now")" ]; then echo "$path"; fi ;;
    esac
  done); done`;

/** The last difference of each file: a later step may change it again. */
function lastSides({ steps }: NodeDifference): ReadonlyMap<string, FileSide> {
  return new Map(steps.flatMap(({ files }) => files.map(({ path, after }) => [path, after] as const)));
}

/** Tests on real nodes of one system that what a preview shows is what a run leaves, byte for byte. */
export function testPreview(system: SystemName): void {
  describe(`The differences before a run on a real node with ${system}`, function () {
    // Twenty steps, next to other load.
    this.timeout(3_600_000);
    let lab: Lab;
    let engine: LabEngine;
    let shown: NodeDifference | undefined;
    const on = { node, system, release: systems[system].openstack };
    /** The tests of the steps that the cluster file has. */
    const tests = () =>
      stepTests.filter(
        ({ step }) => !systems[system].without.includes(step) && !['house-rules', 'ran-once'].includes(step),
      );

    /** Checksums, modes and owners of all files outside of caches, logs and the state of running programs. */
    const disk = async (): Promise<string> => {
      const { stdout } = await lab.ssh(
        node,
        `find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /var/cache -o -path /var/log -o -path /var/tmp -o -path /var/lib/dnf -o -path /var/lib/rpm -o -path /var/lib/yum -o -path /usr -o -path /var/lib/systemd \\) -prune -o -type f -printf '%p %m %u:%g %T@ %s\\n' | sort`,
      );
      return stdout;
    };

    before(async () => {
      lab = await upLab({ nodes: 2, system });
      const text = readFileSync(lab.clusterFile, 'utf8');
      const decoded = decodeCluster(`${text.replace(/^steps:\n/m, `${services}steps:\n`)}${more}`);
      assert.ok(decoded.cluster, JSON.stringify(decoded.problems));
      assert.deepEqual(
        decoded.problems.filter(({ severity }) => severity === 'error'),
        [],
      );
      engine = startEngine(lab, decoded.cluster, { secrets });
      const prepared = await lab.ssh(
        node,
        tests()
          .flatMap((test) => test.prepare?.(on) ?? [])
          .join(' && '),
      );
      assert.equal(prepared.code, 0, prepared.stderr);
    });

    after(async () => {
      await engine?.close();
      await lab?.down();
    });

    /** Asks for the differences, and requires that nothing on the node changes and no step fails. */
    const preview = async (): Promise<{
      readonly shown: NodeDifference;
      readonly needed: readonly string[];
    }> => {
      const untouched = await disk();
      const differences: NodeDifference[] = [];
      const onDifference = (each: NodeDifference): void => void differences.push(each);
      const now = await engine.operate('check', { nodes: [node] }, { onDifference });
      assert.equal(await disk(), untouched);
      assert.equal((await lab.ssh(node, 'mount | grep -c stackprep-preview')).stdout.trim(), '0');
      const [found] = differences;
      assert.ok(found);
      assert.equal(found.unavailable, undefined);
      const needed = Object.entries(stepValues(now, node, 'state'))
        .filter(([, state]) => state === 'needed' || state === 'drifted')
        .map(([step]) => step);
      assert.deepEqual(found.steps.map(({ step }) => step).sort(), needed.toSorted());
      const failed = found.steps.filter(({ end }) => end === 'failed');
      assert.deepEqual(
        failed.map(({ step, log, transactions }) => ({
          step,
          log,
          transactions: transactions.map(({ failure }) => failure),
        })),
        [],
      );
      assert.doesNotMatch(JSON.stringify(found), /A-queue-secret-1|A-login-secret-2/);
      return { shown: found, needed };
    };

    /** Runs, then compares each file that was shown with what is there; returns those that came with their packages. */
    const runAndCompare = async (shown: NodeDifference): Promise<readonly string[]> => {
      const now = await engine.operate('run', { nodes: [node] });
      const outcomes = stepValues(now, node, 'outcome');
      const wrong: string[] = [];
      const packaged: string[] = [];
      for (const [path, after] of lastSides(shown)) {
        const is = await found(lab, path);
        if (after.kind === 'private') continue;
        const isNew = !shown.steps.some(({ files }) =>
          files.some((each) => each.path === path && each.before.kind !== 'absent'),
        );
        // The preview had no such file yet, as docs/plan.md says.
        if (isNew && (await lab.ssh(node, `rpm -qf '${path}'`)).code === 0) {
          packaged.push(path);
          continue;
        }
        if (JSON.stringify(is) !== JSON.stringify(after))
          wrong.push(`${path}\n  shown ${JSON.stringify(after)}\n  found ${JSON.stringify(is)}`);
      }
      assert.deepEqual(wrong, [], JSON.stringify(outcomes));
      return packaged.toSorted();
    };

    it('are shown for every step that is needed, and change nothing on the node', async () => {
      const first = await preview();
      shown = first.shown;
      assert.ok(first.needed.length >= 15, first.needed.join(' '));
    });

    it('are what the run then leaves, byte for byte, with mode and owner', async () => {
      assert.ok(shown);
      assert.deepEqual(await runAndCompare(shown), ['/etc/etcd/etcd.conf', '/etc/sysconfig/memcached']);
    });

    it('include every file that the run has changed, except those with new keys', async () => {
      const { code, stdout, stderr } = await lab.ssh(node, changedPaths);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^\/etc\/hosts$/m);
      assert.ok(shown);
      const sides = lastSides(shown);
      const missing = stdout
        .split('\n')
        .filter((path) => path !== '' && !path.startsWith('/root/.ssh/') && !sides.has(path));
      assert.deepEqual(missing, []);
    });

    it('are what a run leaves on a node where each step was changed by hand', async () => {
      for (const { step, damage } of [
        ...tests(),
        ...serviceTests.filter(({ step }) => more.includes(`- ${step}\n`)),
      ]) {
        const command = typeof damage === 'string' ? damage : damage(on);
        const { code, stderr } = await lab.ssh(node, command);
        assert.equal(code, 0, `${step}: ${stderr}`);
      }
      const { shown: again, needed } = await preview();
      assert.ok(needed.length >= 15, needed.join(' '));
      assert.ok(lastSides(again).size >= 10, [...lastSides(again).keys()].join(' '));
      assert.deepEqual(await runAndCompare(again), []);
    });
  });
}
