import { resolve } from 'node:path';
import type { DemoCluster, DemoOptions } from '../protocol/demo.ts';
import type { Login } from './authentication.ts';
import { writeFolder } from './folder.ts';
import { closedPort, type NodeServer, serveNode } from './node-server.ts';
import { freshNode } from './node-state.ts';
import { processTable } from './processes.ts';
import { type NodeName, nodeNames, notesOf, placeScenarios, scenariosOf } from './scenarios.ts';
import { createKeyPair } from './ssh2.ts';

interface RunningNode {
  readonly port: number;
  readonly knownKey: Login['key'];
  stop(): Promise<void>;
}

async function startNode(options: DemoOptions, name: NodeName, login: Login): Promise<RunningNode> {
  const scenarios = scenariosOf(placeScenarios(options.scenarios), name);
  const hostKey = createKeyPair();
  if (scenarios.has('node-down'))
    return { port: await closedPort(), knownKey: hostKey, stop: async () => undefined };
  const node = freshNode(name, options.system, scenarios);
  node.keys.host = hostKey.public;
  const processes = processTable(node, options.pace);
  const server: NodeServer = await serveNode({ hostKey, login, processes });
  return {
    port: server.port,
    knownKey: scenarios.has('host-key-changed') ? createKeyPair() : hostKey,
    stop() {
      processes.killAll();
      return server.stop();
    },
  };
}

/** Starts four simulated nodes with real SSH servers on loopback and writes the files needed to connect to them. */
export async function startDemo(options: DemoOptions): Promise<DemoCluster> {
  const login: Login = { user: 'root', key: createKeyPair() };
  const nodes = new Map<NodeName, RunningNode>();
  const stop = async (): Promise<void> => {
    await Promise.all([...nodes.values()].map((node) => node.stop()));
  };
  try {
    // Sequential: the node that closes its port again is the last one, so that no other node gets that port.
    for (const name of nodeNames) nodes.set(name, await startNode(options, name, login));
    const written = await writeFolder(resolve(options.folder), {
      system: options.system,
      identity: login.key,
      ...(options.translate && { translate: options.translate }),
      nodes,
    });
    return { ...written, notes: notesOf(placeScenarios(options.scenarios)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
