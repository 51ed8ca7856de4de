import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Message, msg } from '../../base/l10n.ts';
import type { DemoCluster, DemoOptions, DemoScenario } from '../../protocol/demo.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import type { Options } from '../command-line/command-spec.ts';
import { type Context, exit, pageWidth, say, wrongUse } from '../command-line/context.ts';
import { makeStateFolder, stateFolderOf } from '../operation/state-folder.ts';
import { hang } from '../text/width.ts';
import { operate } from './operate.ts';
import { showPlan } from './plan.ts';
import { validate } from './validate.ts';

function demoOptions(folder: string, { pace, system, scenarios }: Options): DemoOptions {
  return {
    folder,
    pace: pace === 'fast' || pace === 'slow' ? pace : 'realistic',
    system: system === 'el9' ? 'el9' : 'el7',
    // The option table allows no other names.
    scenarios: scenarios as readonly DemoScenario[],
  };
}

function heading(context: Context, text: Message): void {
  const { t, style } = context;
  say(context);
  say(context, style.bold(style.cyan(t(text))));
  say(context);
}

/** Validates, plans and runs on the simulated nodes, as a user would. */
async function tour(context: Context, demo: DemoCluster, stateFolder: string): Promise<number> {
  const { clusterFile, knownHosts } = demo;
  const inside: Context = { ...context, options: { ...context.options, files: [clusterFile] } };
  heading(inside, msg('1. Check the cluster file for problems'));
  const valid = await validate(inside);
  const opened = await openCluster(inside);
  if (!opened.ok) return valid;
  const { cluster, selection, placeOf } = opened;
  const on = { cluster, selection, stateFolder, knownHosts: [knownHosts] };
  heading(inside, msg('2. Plan: what would change, and why'));
  const planned = await showPlan(inside, on);
  if (planned === exit.cancelled) return planned;
  heading(inside, msg('3. Run on four nodes in parallel'));
  const ended = await operate(inside, { ...on, kind: 'run', verbose: true, placeOf });
  heading(inside, msg('4. What next'));
  const next = [
    msg('Your own nodes: docs/getting-started.md, or samples/ for a cluster file to start from.'),
    msg('Failures to look at: stackprep demo --scenario failing-package --scenario node-down'),
    msg('The same nodes for your own commands: stackprep demo --serve'),
  ];
  for (const text of next) say(inside, hang('  ', inside.t(text), pageWidth(inside)));
  return ended;
}

/** Keeps the nodes running until Ctrl-C. */
async function serve(context: Context, demo: DemoCluster): Promise<number> {
  const { io, t, style } = context;
  const { clusterFile, knownHosts } = demo;
  const line = (command: string, rest = ''): string =>
    `  stackprep ${command} ${clusterFile} --known-hosts ${knownHosts}${rest}`;
  say(context);
  say(context, t(msg('In another terminal:')));
  say(context, `  stackprep validate ${clusterFile}`);
  for (const command of ['plan', 'check']) say(context, line(command));
  say(context, line('run', ' --yes'));
  say(context);
  say(context, style.dim(t(msg('The nodes keep running until Ctrl-C.'))));
  await new Promise<void>((resolve) => {
    io.onInterrupt(resolve);
  });
  return exit.fine;
}

/** `stackprep demo`: all commands on simulated nodes. */
export async function demo(context: Context): Promise<number> {
  const { io, t, options } = context;
  const stateFolder = join(stateFolderOf(io, options.stateDir), 'demo');
  const failed = await makeStateFolder(stateFolder);
  if (failed) return wrongUse(context, failed);
  const { startDemo } = await import('stackprep:demo');
  const folder = await mkdtemp(join(tmpdir(), 'stackprep-demo-'));
  const cluster = await startDemo({ ...demoOptions(folder, options), translate: t });
  try {
    for (const note of cluster.notes) say(context, hang('', t(note), pageWidth(context)));
    return options.serve ? await serve(context, cluster) : await tour(context, cluster, stateFolder);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
