import type { Engine } from '../app/entry.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { Target } from '../view/live.ts';
import { soundCluster } from './cluster/sound-cluster.ts';
import type { Handlers } from './commands.ts';
import { createConnectionLog } from './connection-log.ts';
import type { Demo } from './demo.ts';
import { pickName } from './editor/pick.ts';
import { t } from './editor/texts.ts';
import { forgetNode } from './forget-node.ts';
import { replaceHostKey } from './replace-host-key.ts';
import type { ClusterSecrets } from './secrets/cluster-secrets.ts';
import type { EarlierRuns } from './stores/earlier-runs.ts';
import { openTerminal } from './terminal.ts';
import { mayConnect } from './trust.ts';

export interface NodeHandlerNeeds {
  readonly engine: () => Promise<Engine>;
  readonly demo: Demo;
  readonly secrets: ClusterSecrets;
  readonly earlier: EarlierRuns;
  /** Clears unlocked keys and passwords. */
  readonly forget: () => void;
}

/** Calls the function with the target of a command, if there is one. */
type WithTarget = (argument: unknown, act: (target: Target) => Promise<void> | void) => Promise<void>;

/** The target's node, or the one that the user picks; undefined for a file with errors. */
async function pickNode({ uri, nodes }: Target, question: Message) {
  const cluster = await soundCluster(uri);
  const candidates = (cluster?.nodes ?? []).filter(
    (node) => nodes === undefined || nodes.includes(node.name),
  );
  const names = candidates.map((node) => node.name);
  const title = t(question);
  const name = names.length > 1 ? await pickName(names, { title }) : names[0];
  const node = candidates.find((each) => each.name === name);
  return cluster && node && { cluster, node };
}

type Names = 'openTerminal' | 'replaceHostKey' | 'forgetNode' | 'showConnectionLog';

/** The handlers of the commands that connect to one node; an untrusted workspace connects to none. */
export function createNodeHandlers(needs: NodeHandlerNeeds, withTarget: WithTarget): Pick<Handlers, Names> {
  const showConnectionLog = createConnectionLog();
  const connecting =
    (act: (target: Target) => Promise<void>) =>
    (argument: unknown): Promise<void> =>
      withTarget(argument, (target) => (mayConnect() ? act(target) : undefined));

  return {
    openTerminal: connecting(async (target) => {
      const picked = await pickNode(target, msg('Select the node to open a terminal on'));
      if (picked) await openTerminal(picked.node, needs.demo.knownHosts());
    }),
    replaceHostKey: connecting(async (target) => {
      const picked = await pickNode(target, msg('Select the node whose host key to replace'));
      if (picked) await replaceHostKey(await needs.engine(), picked.cluster, picked.node);
    }),
    showConnectionLog: connecting(async (target) => {
      const picked = await pickNode(target, msg('Select the node whose connection log to show'));
      if (picked) await showConnectionLog(await needs.engine(), picked.cluster, picked.node);
    }),
    forgetNode: connecting(async (target) => {
      const picked = await pickNode(target, msg('Select the node to forget'));
      if (!picked) return;
      const { secrets, earlier, forget: clear } = needs;
      const of = { uri: target.uri, ...picked };
      if (await forgetNode({ engine: await needs.engine(), secrets, clear }, of)) earlier.refresh();
    }),
  };
}
