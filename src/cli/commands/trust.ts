import { msg } from '../../base/l10n.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { selectNodes } from '../../plan/selection.ts';
import type { ChangedHostKeyQuestion } from '../../remote/base/prompts.ts';
import { failureText } from '../../view/failures.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, say } from '../command-line/context.ts';
import { prepare } from '../operation/prepare.ts';
import { type Asker, createAsker } from '../terminal/asker.ts';
import { terminalPrompts } from '../terminal/prompts.ts';

/** The required answer, so that pressing Enter does not replace a key. */
const word = 'replace';

/** Shows both keys and asks; `expected` is a fingerprint that the user has verified beforehand. */
function askReplace(asker: Asker, expected: string | undefined, signal: AbortSignal) {
  return async (question: ChangedHostKeyQuestion): Promise<boolean> => {
    const { node, host, port, algorithm, fingerprint, old } = question;
    if (expected !== undefined) return expected === fingerprint;
    const without = msg(
      '{0} has the host key {1}. Not a terminal: compare the fingerprint, then pass it with --fingerprint.',
      node,
      fingerprint,
    );
    const answer = await asker.inTurn(without, async (on) => {
      asker.print(on, [
        msg('The host key of {0} ({1}) has changed.', node, `${host}:${port}`),
        msg('  known: {0} {1} ({2}, line {3})', old.algorithm, old.fingerprint, old.file, old.line),
        msg('  now:   {0} {1}', algorithm, fingerprint),
        msg(
          'The host key changes when a node is reinstalled, but also when someone intercepts the connection.',
        ),
        msg('Compare the new key with the output of ssh-keygen -l on the node.'),
      ]);
      const text = msg('Type {0} to trust the new key from now on:', word);
      return await asker.readLine(on, text, { echo: true, signal });
    });
    return answer?.trim() === word;
  };
}

/** `stackprep trust`: connects to nodes to check their host keys, and replaces that of a reinstalled one after confirmation. */
export async function trust(context: Context): Promise<number> {
  const { io, t, options } = context;
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const { cluster, selection } = opened;
  const stop = new AbortController();
  const forget = io.onInterrupt(() => stop.abort());
  const nothing = (): void => undefined;
  const notice = (line: string) => void io.stderr.write(`${line}\n`);
  const asker = createAsker({ io, t, notice, suspend: nothing, resume: nothing });
  const { createEngine } = await import('../../app/entry.ts');
  const engine = createEngine({
    ...{ stateFolder: prepared.stateFolder, home: io.home, env: io.env },
    knownHosts: () => prepared.knownHosts,
    prompts: terminalPrompts(asker, io.env),
  });
  const ask = askReplace(asker, options.fingerprint, stop.signal);
  const one = async (on: Cluster, node: ClusterNode): Promise<boolean> => {
    const failure = await engine.trust({ cluster: on, node, ask }, stop.signal);
    if (!failure) say(context, t(msg('{0}: host key trusted, login successful.', node.name)));
    else notice(t(failureText(failure)));
    return !failure;
  };
  try {
    let fine = true;
    // Sequential, since each may ask a question.
    for (const node of selectNodes(cluster, selection))
      if (!stop.signal.aborted) fine = (await one(cluster, node)) && fine;
    if (stop.signal.aborted) return exit.cancelled;
    return fine ? exit.fine : exit.findings;
  } finally {
    forget();
    await engine.dispose();
  }
}
