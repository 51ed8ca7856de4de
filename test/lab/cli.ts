import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { clearLab } from './clear.ts';
import { disruptions, isDisruption } from './disruptions.ts';
import type { MirrorKind } from './distributions/repofile.ts';
import { currentLab, inUse, type Lab, upLab } from './lab.ts';
import { parseMode } from './mirror-mode.ts';
import { leaderOf, sshAnswers } from './node.ts';
import { LabError } from './run.ts';
import { readState } from './state.ts';
import { type SystemName, systemNames } from './systems.ts';

const usage = `The lab of real nodes (root on Linux).
  up [N] [--system ${systemNames.join('|')}] [--mirror file|http|archive]   boot N nodes (4), system el7, packages from a folder
  down                                  remove the lab and everything it created
  status                                show the state of the nodes
  ssh [USER@]NODE [COMMAND...]          a shell or a command on a node
  mirror MODE                           normal, slow BYTES/S [MATCH], fail STATUS [MATCH], stall, corrupt, away
  disrupt NODE KIND [VALUE]             starts or ends a disruption:
${Object.entries(disruptions)
  .map(([kind, { description }]) => `    ${kind.padEnd(18)} ${description}\n`)
  .join('')}`;

async function main(args: readonly string[]): Promise<number> {
  const [command = '', ...rest] = args;
  if (command === 'ssh') return ssh(lab(), rest);
  if (command === 'up') return up(rest);
  if (command === 'down') return down();
  if (command === 'status') return status();
  if (command === 'disrupt') return disrupt(rest);
  if (command === 'mirror') {
    await lab().setMirror(parseMode(rest));
    return 0;
  }
  process.stderr.write(usage);
  return command === '' || command === 'help' || command === '--help' ? 0 : 2;
}

function lab(): Lab {
  const found = currentLab();
  if (!found) throw new LabError('no lab is up');
  return found;
}

async function up(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { system: { type: 'string', default: 'el7' }, mirror: { type: 'string', default: 'file' } },
  });
  const nodes = Number(positionals[0] ?? 4);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 80) throw new LabError('N is a number from 1 to 80');
  const system = choice<SystemName>('--system', values.system, systemNames);
  const mirror = choice<MirrorKind>('--mirror', values.mirror, ['file', 'http', 'archive']);
  const started = Date.now();
  const made = await upLab({
    nodes,
    system,
    mirror,
    keep: true,
    report: (line) => process.stdout.write(`${line}\n`),
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${nodes} nodes up in ${seconds} s, system ${system}, packages: ${mirror}\n`);
  for (const node of made.nodes) process.stdout.write(`  ${node.name}  ${node.address}\n`);
  process.stdout.write(
    `cluster file  ${made.clusterFile}\nssh           ssh -F ${made.sshConfig} openstack1\n`,
  );
  process.stdout.write(`known hosts   ${made.knownHosts}\nkey           ${made.identity}\n`);
  return 0;
}

function choice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (!found) throw new LabError(`${option} is one of ${allowed.join(', ')}`);
  return found;
}

function down(): number {
  const state = readState();
  if (!state) {
    process.stdout.write('no lab is up\n');
    return 0;
  }
  if (state.owner && state.owner.pid !== process.pid && inUse(state)) {
    throw new LabError(`the lab belongs to process ${state.owner.pid}, which takes it down when it ends`);
  }
  clearLab(state);
  process.stdout.write('the lab is down\n');
  return 0;
}

async function status(): Promise<number> {
  const state = readState();
  if (!state) {
    process.stdout.write('no lab is up\n');
    return 1;
  }
  const { nodes, system, mirror } = lab();
  process.stdout.write(
    `system ${system}, packages: ${mirror}${inUse(state) ? '' : ' (dead: "down" clears it)'}\n`,
  );
  for (const node of nodes) {
    const on = leaderOf(node) === undefined ? 'off' : 'on';
    const answers = on === 'on' && (await sshAnswers(node.address)) ? 'ssh answers' : 'ssh does not answer';
    process.stdout.write(`  ${node.name}  ${node.address}  ${on}, ${answers}\n`);
  }
  return 0;
}

async function disrupt([name = '', kind = '', value]: readonly string[]): Promise<number> {
  if (!isDisruption(kind)) throw new LabError(`KIND is one of ${Object.keys(disruptions).join(', ')}`);
  const known = await lab().disrupt(name, kind, value);
  if (known !== undefined) process.stdout.write(`${known}\n`);
  return 0;
}

function ssh(made: Lab, [target = '', ...command]: readonly string[]): Promise<number> {
  const [name = '', user = 'root'] = target.split('@').reverse();
  const argv = ['-F', made.sshConfig, '-l', user, made.node(name).name, ...command];
  const child = spawn('ssh', argv, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 255));
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    process.stderr.write(
      cause instanceof LabError ? `lab: ${cause.message}\n` : `${String((cause as Error).stack)}\n`,
    );
    process.exitCode = 1;
  },
);
