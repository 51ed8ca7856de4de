import { basename } from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { hostLines } from '../../cluster/host-lines.ts';
import type { Cluster } from '../../cluster/model.ts';
import { installerNames, inventory } from '../../export/inventory.ts';
import type { Refused } from '../../export/login.ts';
import { sshConfig } from '../../export/ssh-config.ts';
import { packstackOutlook } from '../../packstack/outlook.ts';
import { answerPage } from '../../packstack/page.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { exportFormats } from '../command-line/export-command.ts';

function refuse({ io, t }: Context, problems: readonly Message[]): number {
  for (const problem of problems) io.stderr.write(`${t(problem)}\n`);
  io.stderr.write(`${t(msg('Nothing was written.'))}\n`);
  return exit.findings;
}

function print(context: Context, made: { readonly ok: true; readonly text: string } | Refused): number {
  if (!made.ok) return refuse(context, made.problems);
  context.io.stdout.write(made.text);
  return exit.fine;
}

/** Prints the lines for a hosts file, and names the nodes that have none. */
function printHosts(context: Context, cluster: Cluster): number {
  const { io, t } = context;
  const code = print(context, { ok: true, text: hostLines(cluster).join('') });
  const without = cluster.nodes.filter(({ address }) => address === undefined).map(({ name }) => name);
  if (without.length > 0)
    io.stderr.write(
      `${t(msg('Not exported: {0}', msg('nodes without an address: {0}', without.join(', '))))}\n`,
    );
  return code;
}

/** Writes the folder for Ansible, and says what is not in it. */
async function exportAnsible(context: Context, file: string, cluster: Cluster): Promise<number> {
  const { io, t, options } = context;
  if (options.out === undefined)
    return wrongUse(
      context,
      msg('export ansible requires a folder: stackprep export ansible FILE --out DIR.'),
    );
  const { ansibleExport, exportFolder, withPublicKeys } = await import('../../app/entry.ts');
  const made = ansibleExport(await withPublicKeys(cluster, {}, io.home), basename(file));
  if (!made.ok) return refuse(context, made.problems);
  const done = await exportFolder(options.out, io.cwd, made.files);
  if (!done.ok) return refuse(context, done.problems);
  const { written, removed, same } = done;
  const counts = msg(
    '{0}: {1} files written, {2} unchanged, {3} removed.',
    options.out,
    written.length,
    same,
    removed.length,
  );
  say(context, t(counts));
  for (const left of made.left) io.stderr.write(`${t(msg('Not exported: {0}', left))}\n`);
  return exit.fine;
}

function printPackstack(context: Context, cluster: Cluster): number {
  const { io, t, options } = context;
  if (options.explain) for (const line of packstackOutlook(cluster)) say(context, t(line));
  else io.stdout.write(answerPage(cluster, t));
  return exit.fine;
}

/** `stackprep export FORMAT FILE`: writes the input of another tool, to standard output or (Ansible) to a folder. */
export async function exportFor(context: Context): Promise<number> {
  const { options } = context;
  const [word, ...files] = options.files;
  const format = exportFormats.find((each) => each === word);
  if (!format || files.length !== 1)
    return wrongUse(
      context,
      msg(
        'export requires a format ({0}) and a file: stackprep export ansible FILE --out DIR.',
        exportFormats.join(', '),
      ),
    );
  const opened = await openCluster({ ...context, options: { ...options, files } });
  if (!opened.ok) return opened.code;
  const { cluster, file } = opened;
  const installer = installerNames.find((name) => name === options.installer);
  switch (format) {
    case 'packstack':
      return printPackstack(context, cluster);
    case 'ansible':
      return await exportAnsible(context, file, cluster);
    case 'inventory':
      return print(context, inventory(cluster, installer, basename(file)));
    case 'ssh-config':
      return print(context, sshConfig(cluster));
    case 'hosts':
      return printHosts(context, cluster);
    default:
      return assertNever(format);
  }
}
