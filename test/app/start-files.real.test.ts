import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { RunRequest } from '../../src/app/engine.ts';
import { createEngine, type Engine } from '../../src/app/entry.ts';
import { english, type Message } from '../../src/base/l10n.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { emptyRunState, type RunState, reduceRun } from '../../src/run/state.ts';
import { reasonText } from '../../src/view/reasons.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(
  `A shell start file that blocks or prints too much${title}`,
  () => {
    let home: Home;
    let slow: Sshd;
    let healthy: Sshd;
    let engine: Engine;
    let identity: string;
    before(async () => {
      home = await makeHome();
      identity = await keygen(home, 'id_ed25519');
      await authorize(home, identity);
      const serve = async (name: string) => {
        await mkdir(home.file(name), { recursive: true });
        const place = home.file(name);
        return startSshd({
          home,
          name: `${name}_sshd`,
          settings: [`SetEnv HOME=${place} STACKPREP_BASE=${place}/base`],
        });
      };
      [slow, healthy] = [await serve('slow'), await serve('healthy')];
      await home.write(
        'known_hosts',
        [slow, healthy].map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`).join(''),
      );
    });
    after(async () => {
      await Promise.all([slow, healthy].map((sshd) => sshd.stop()));
      await home.remove();
    });
    beforeEach(async () => {
      await rm(home.file('slow/base'), { recursive: true, force: true });
      for (const name of ['slow/.bashrc', 'slow/logins', 'slow/ran', 'healthy/ran'])
        await writeFile(home.file(name), '');
      engine = createEngine({
        stateFolder: home.file('state'),
        home: home.path,
        env: { PATH: process.env.PATH },
        prompts: person(),
        knownHosts: () => [home.file('known_hosts')],
        deadlines: { ssh: { startMs: 5_000, startTotalMs: 20_000, startGraceMs: 1_000 } },
      });
    });
    afterEach(() => engine.dispose());

    const logins = ({ log }: Sshd) => log().split('Accepted publickey').length - 1;
    const ran = (name: string) => readFileSync(home.file(`${name}/ran`), 'utf8');
    /** Writes a start file that waits from the given command on: the question for other runs, the check, the job. */
    const waitsFrom = (command: number) =>
      home.write(
        'slow/.bashrc',
        `echo shell >>"$HOME/logins"; [ "$(wc -l <"$HOME/logins")" -lt ${command} ] || { echo 'Mounting /home'; sleep 30; }\n`,
      );

    function wish(kind: RunRequest['kind'], more: Partial<RunRequest> = {}): RunRequest {
      const nodes = [slow, healthy].map(
        ({ port }, index) =>
          `  ${['slow', 'healthy'][index]}: { address: 10.0.0.${index + 1}, host: 127.0.0.1, port: ${port} }\n`,
      );
      const step = '{ name: touch, check: "test -s $HOME/ran", run: "echo ran >>$HOME/ran" }';
      const text = `cluster: x\nssh: { identity: ${identity} }\nnodes:\n${nodes.join('')}steps:\n  - ${step}\n`;
      const { cluster, problems } = decodeCluster(text);
      assert.ok(cluster, JSON.stringify(problems));
      return { kind, cluster, selection: {}, ...more };
    }

    interface Seen {
      readonly state: RunState;
      /** All texts about a node that a view displays. */
      readonly texts: Readonly<Record<string, string>>;
      readonly logins: number;
    }
    async function perform(wanted: RunRequest, signal = new AbortController().signal): Promise<Seen> {
      let state = emptyRunState;
      const before = logins(slow);
      for await (const event of engine.operate(wanted, signal)) state = reduceRun(state, event);
      const textOf = (name: string): string => {
        const node = state.nodes[name];
        const step = node?.steps.touch;
        const reasons = [...(step?.reasons ?? []), ...(step?.notices ?? [])].map(reasonText);
        const failure: Message[] = node?.failure ? [node.failure.message, node.failure.action] : [];
        return [...failure, ...reasons].map(english).join('\n');
      };
      return {
        state,
        texts: { slow: textOf('slow'), healthy: textOf('healthy') },
        logins: logins(slow) - before,
      };
    }
    function assertHealthy({ state }: Seen): void {
      assert.equal(state.nodes.healthy?.outcome, 'ok');
      assert.equal(ran('healthy'), 'ran\n');
    }
    /** The step did not start, and no text says that it might be running. */
    function assertNotStarted({ state, texts }: Seen): void {
      assert.doesNotMatch(texts.slow ?? '', /may go on|goes on|out of reach|not known/);
      assert.match(texts.slow ?? '', /The step was not started\. Nothing of it is running on the node\./);
      assert.equal(ran('slow'), '');
      assert.equal(existsSync(home.file('slow/base/jobs')), false);
      assert.notEqual(state.nodes.slow?.outcome, 'ok');
    }

    it('fails its node with a time-out, while the other node continues', async () => {
      await waitsFrom(1);
      const seen = await perform(wish('run'));
      assert.match(
        seen.texts.slow ?? '',
        /^slow \(127\.0\.0\.1:\d+\): the login of root started no command within 5 seconds; a start file or the login shell is waiting\.\n/,
      );
      assert.equal(seen.state.nodes.slow?.failure?.detail, 'Mounting /home');
      assert.equal(seen.state.nodes.slow?.outcome, 'unreachable');
      assert.equal(ran('slow'), '');
      assert.equal(seen.logins, 1);
      assertHealthy(seen);
      // The next run is not affected.
      await home.write('slow/.bashrc', '');
      const again = await perform(wish('run'));
      assert.equal(again.state.nodes.slow?.outcome, 'ok', again.texts.slow);
      assert.equal(ran('slow'), 'ran\n');
    });

    it('fails the step as not started if it waits when the job starts', async () => {
      await waitsFrom(3);
      const seen = await perform(wish('run'));
      assert.match(seen.texts.slow ?? '', /a start file or the login shell is waiting\./);
      assert.equal(seen.state.nodes.slow?.steps.touch?.outcome, 'failed');
      assertNotStarted(seen);
      assert.equal(seen.logins, 1);
      assertHealthy(seen);
    });

    for (const replacement of ['exec sh', 'exec tmux'])
      it(`is reported as replacing the shell if it has ${replacement}, and no job is sent`, async () => {
        await home.write(
          'slow/.bashrc',
          `echo shell >>"$HOME/logins"; [ "$(wc -l <"$HOME/logins")" -lt 3 ] || ${replacement}\n`,
        );
        const seen = await perform(wish('run'));
        assert.match(seen.texts.slow ?? '', /a start file replaces the shell/);
        assertNotStarted(seen);
        assert.equal(seen.logins, 1);
        assertHealthy(seen);
      });

    it('is interrupted by the first Ctrl-C, before and in the check and before the job; no job is reported as running', async () => {
      for (const command of [1, 2, 3]) {
        await writeFile(home.file('slow/logins'), '');
        await waitsFrom(command);
        const stop = new AbortController();
        const running = perform(wish('run', { selection: { nodes: ['slow'] } }), stop.signal);
        while (readFileSync(home.file('slow/logins'), 'utf8').split('shell').length - 1 < command)
          await new Promise((resolve) => setTimeout(resolve, 20));
        const limit = setTimeout(() => assert.fail('the run did not stop'), 60_000);
        stop.abort();
        const seen = await running;
        clearTimeout(limit);
        assert.equal(seen.state.nodes.slow?.outcome, 'cancelled');
        assert.doesNotMatch(seen.texts.slow ?? '', /may go on|goes on|out of reach/);
        assert.equal(ran('slow'), '');
        assert.equal(seen.logins, 1);
      }
    });

    it('is interrupted by the time limit of a step, which is reported as not started', async () => {
      await waitsFrom(3);
      const seen = await perform(wish('run', { stepLimitMs: 700, selection: { nodes: ['slow'] } }));
      assert.match(seen.texts.slow ?? '', /^slow: the step was not started within its time limit\./);
      assert.equal(seen.state.nodes.slow?.steps.touch?.outcome, 'failed');
      assertNotStarted(seen);
    });

    for (const [name, text] of [
      ['88 KB', 'yes | head -c 88000'],
      ['1.3 MB', 'yes | head -c 1300000'],
      ['130 KB on stderr', 'yes | head -c 130000 >&2'],
    ] as const)
      it(`does not prevent the job if it prints ${name}: the job runs after one login`, async () => {
        await home.write('slow/.bashrc', `${text}\n`);
        const seen = await perform(wish('run'));
        assert.equal(seen.state.nodes.slow?.outcome, 'ok', seen.texts.slow);
        assert.equal(ran('slow'), 'ran\n');
        assert.equal(seen.logins, 1);
        assertHealthy(seen);
      });

    it('is not blamed if a check hangs, which is stopped and reported with its step and output', async () => {
      const { cluster } = decodeCluster(
        `cluster: x\nssh: { identity: ${identity} }\nnodes:\n  healthy: { address: 10.0.0.2, host: 127.0.0.1, port: ${healthy.port} }\n` +
          'steps:\n  - { name: hangs, check: "echo waiting for the lock; sleep 30", run: "true" }\n',
      );
      assert.ok(cluster);
      await engine.dispose();
      engine = createEngine({
        ...{
          stateFolder: home.file('state'),
          home: home.path,
          env: { PATH: process.env.PATH },
          prompts: person(),
        },
        knownHosts: () => [home.file('known_hosts')],
        deadlines: { jobs: { checkSilenceMs: 1_500 } },
      });
      for (const [more, seconds] of [
        [{}, '1.5'],
        [{ stepLimitMs: 700 }, '0.7'],
      ] as const) {
        const { state } = await perform({ kind: 'check', cluster, selection: {}, ...more });
        const failure = state.nodes.healthy?.failure;
        assert.ok(failure);
        assert.equal(
          english(failure.message),
          `healthy: the check of step \`hangs\` took longer than ${seconds} seconds and was stopped.`,
        );
        assert.equal(failure.detail, 'waiting for the lock');
      }
    });
  },
);
