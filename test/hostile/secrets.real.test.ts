import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobFiles } from '../../src/app/jobs/job-files.ts';
import { NodeConnection } from '../../src/app/jobs/node-connection.ts';
import { runJob } from '../../src/app/jobs/run-job.ts';
import { writeArchive } from '../../src/app/logs/export-run.ts';
import { journal } from '../../src/app/logs/journal.ts';
import { runFolder } from '../../src/app/logs/paths.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { maskEvents } from '../../src/app/mask-events.ts';
import { payload } from '../../src/plan/payload.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { sh } from '../../src/shell/command.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { encodings, reads } from '../support/encodings.ts';
import { type LocalNode, localNode, type Shell, someNode } from '../support/local-node.ts';
import { hasProgram } from '../support/programs.ts';
import { random } from '../support/random.ts';
import { randomSecret } from '../support/random-secret.ts';
import { scriptedPorts } from '../support/scripted.ts';

const names = Array.from({ length: 10 }, (_, at) => `s${at}`);
const never = new AbortController().signal;

/** All files below a folder, as texts. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const path = join(folder, name);
    if (statSync(path).isFile()) found.set(path, readFileSync(path, 'utf8'));
  }
  return found;
}

for (const shell of ['dash', 'bash'] as const satisfies Shell[]) {
  describe(`Secrets that a step prints in every encoding under ${shell}`, () => {
    let node: LocalNode;
    let state: string;
    before(function () {
      if (!hasProgram(shell) || process.platform !== 'linux') this.skip();
      node = localNode(shell);
      state = mkdtempSync(join(tmpdir(), 'stackprep-state-'));
    });
    after(() => {
      node?.remove();
      if (state) clearAwaySync(state);
    });

    it('are in no file of the node, no file of this computer, no event and no archive', async () => {
      const source = random(shell.length);
      const secrets = new Map(names.map((name) => [name, randomSecret(source)]));
      // The passwords of a login and of sudo, which no step may read.
      const typed = [randomSecret(source), randomSecret(source)];
      const hidden = [...secrets.values(), ...typed];
      const printed = join(node.base, 'printed');
      const lines = hidden.flatMap((secret) => [
        ...Object.values(encodings).map((encode) => `a ${encode(secret)} z`),
        `${secret} at the beginning, at the end ${secret}`,
        `@@stackprep:x\tbecause\t${secret}\t${secret}`,
      ]);
      writeFileSync(printed, `${lines.join('\n')}\n`);
      const script = {
        check: sh`sp_because file-missing "$(sp_secret s0)" "$(sp_secret s1)"
return 1`,
        apply: sh`cat ${printed}
# What the shell itself makes of it.
for name in ${{ shell: names.join(' ') }}; do value=$(sp_secret "$name"); printf '%s\n' "$value" >&2; set -x; : "$value"; set +x; done
bash -c 'printf "%q %s\n" "$1" "\${1@Q}"' bash "$(sp_secret s2)" || :
exit 3`,
      };
      const step = {
        ...{ id: 'it', isCustom: false, reverts: false, drifts: true, hasCheck: true, intent: {} },
        ...{ secrets: names, script },
      };
      const writeGuard = createWriteGuard();
      const files = createJobFiles(state, writeGuard);
      const ports = { ...scriptedPorts({}), files, writeGuard, typed: () => typed };
      const link = new NodeConnection({
        node: someNode,
        connector: { connect: async () => ({ ok: true, transport: node.transport() }) },
      });
      assert.equal(await link.connect(never), undefined);
      const run = 'r1';
      async function* events(): AsyncGenerator<TimedEvent> {
        yield { type: 'run-started', at: 0, run, kind: 'run', cluster: 'c', nodes: ['a'], steps: ['it'] };
        const context = { run, kind: 'run', link, ports, signal: never, secrets } as const;
        const job = runJob(context, {
          ...{ step: 'it', payload: payload('run', [step]), attempt: 1 },
          ...{ place: 'queued', hasMore: false },
        });
        for await (const event of job) yield { ...event, at: 1 };
        // What no node has masked: the message of an error.
        for (const secret of hidden) {
          const message = { text: 'The script on {0} ended early with exit code {1}.', args: [secret, '1'] };
          const failure = { code: 'protocol', message, action: message, detail: secret } as const;
          yield { type: 'run-refused', failure, at: 2 };
        }
        yield { type: 'run-finished', outcome: 'failed', at: 3 };
      }
      const shown: TimedEvent[] = [];
      const masked = maskEvents(events(), new Set(secrets.values()), new Set(typed));
      for await (const event of journal(masked, { stateFolder: state, writeGuard })) shown.push(event);
      const archive = join(state, 'archive.tar.gz');
      await writeArchive({ run, folder: runFolder(state, run) }, archive);
      const texts = new Map([
        ...filesIn(join(node.base, 'jobs')),
        ...filesIn(join(state, 'runs')),
        ['events', JSON.stringify(shown)],
        ['archive', execFileSync('tar', ['xzOf', archive], { encoding: 'utf8' })],
      ]);
      assert.ok([...texts.keys()].some((path) => path.endsWith('.raw')));
      const raw = [...texts].find(([path]) => path.endsWith('.raw'))?.[1] ?? '';
      assert.ok(raw.split('\n').length >= lines.length, 'every line was printed');
      for (const [path, text] of texts)
        for (const secret of hidden)
          assert.equal(reads(text, secret), undefined, `${JSON.stringify(secret)} in ${path}`);
    });
  });
}
