import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../src/app/entry.ts';
import type { RunKind } from '../../../src/base/states.ts';
import type { Prompts } from '../../../src/remote/base/prompts.ts';
import { emptyRunState, type RunState, reduceRun } from '../../../src/run/state.ts';
import { clearAwaySync } from '../../support/clear-away.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { stepValues } from './lab-engine.ts';

describe('A node that accepts only passwords', () => {
  let lab: Lab;
  const home = mkdtempSync(join(tmpdir(), 'stackprep-first-'));
  const identity = join(home, '.ssh/id_ed25519');

  before(async () => {
    lab = await upLab({ nodes: 1, system: 'el9' });
    const ready =
      'rm /root/.ssh/authorized_keys; echo root:opensesame | chpasswd; echo PermitRootLogin yes >/etc/ssh/sshd_config.d/01-permitrootlogin.conf; systemctl reload sshd';
    assert.equal((await lab.ssh('openstack1', ready)).code, 0);
  });
  after(async () => {
    await lab?.down();
    clearAwaySync(home);
  });

  const operate = async (kind: RunKind, prompts: Prompts): Promise<RunState> => {
    const cluster = clusterOf(`cluster: first
ssh: { user: root, identity: ${identity} }
nodes: { openstack1: { address: ${lab.node('openstack1').address}, roles: [controller] } }
sshd: { PermitRootLogin: prohibit-password, PasswordAuthentication: "no" }
steps: [ssh-keys, sshd]
`);
    const engine = createEngine({
      stateFolder: home,
      home,
      env: {},
      prompts,
      knownHosts: () => [lab.knownHosts],
    });
    let now = emptyRunState;
    for await (const event of engine.operate({ kind, cluster, selection: {} }, new AbortController().signal))
      now = reduceRun(now, event);
    await engine.dispose();
    return now;
  };
  const asked: string[] = [];
  const answering: Prompts = {
    secret: async ({ kind }) => {
      asked.push(kind);
      return 'opensesame';
    },
    hostKey: () => Promise.reject(new Error('a host key was asked about')),
    makeKey: async (path) => {
      asked.push(path);
      return true;
    },
  };
  const silent: Prompts = {
    secret: () => Promise.reject(new Error('a secret was asked for')),
    hostKey: () => Promise.reject(new Error('a host key was asked about')),
  };

  it('is checked with a password, and the check creates no key', async () => {
    const now = await operate('check', answering);
    assert.deepEqual(stepValues(now, 'openstack1', 'state'), { 'ssh-keys': 'unknown', sshd: 'unknown' });
    assert.deepEqual(asked.splice(0), ['password']);
  });

  it('receives a key that is created after consent, and then accepts no passwords', async () => {
    const now = await operate('run', answering);
    assert.deepEqual(stepValues(now, 'openstack1', 'outcome'), { 'ssh-keys': 'changed', sshd: 'changed' });
    assert.equal(asked[0], identity);
    const line = readFileSync(`${identity}.pub`, 'utf8').trim();
    const { stdout } = await lab.inside('openstack1', ['cat', '/root/.ssh/authorized_keys']);
    assert.equal(stdout.trim(), line);
  });

  it('is then reached with the key, without a question', async () => {
    assert.deepEqual(stepValues(await operate('run', silent), 'openstack1', 'outcome'), {
      'ssh-keys': 'unchanged',
      sshd: 'unchanged',
    });
  });
});
