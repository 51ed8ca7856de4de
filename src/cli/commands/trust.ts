import { msg } from '../../base/l10n.ts';
import { selectNodes } from '../../plan/selection.ts';
import type { ChangedHostKeyQuestion } from '../../remote/base/prompts.ts';
import { failureText } from '../../view/failures.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, say } from '../command-line/context.ts';
import { prepare } from '../operation/prepare.ts';
import { withEngine } from '../operation/with-engine.ts';
import type { Asker } from '../terminal/asker.ts';

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
  const { t, options } = context;
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const { cluster, selection } = opened;
  return await withEngine(context, prepared, async ({ engine, asker, signal, warn }) => {
    const ask = askReplace(asker, options.fingerprint, signal);
    let fine = true;
    // Sequential, since each may ask a question.
    for (const node of selectNodes(cluster, selection)) {
      if (signal.aborted) break;
      const failure = await engine.trust({ cluster, node, ask }, signal);
      if (!failure) say(context, t(msg('{0}: host key trusted, login successful.', node.name)));
      else warn(t(failureText(failure)));
      fine &&= failure === undefined;
    }
    if (signal.aborted) return exit.cancelled;
    return fine ? exit.fine : exit.findings;
  });
}
