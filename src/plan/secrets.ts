import type { Cluster } from '../cluster/model.ts';
import { answerSecrets } from '../packstack/generated.ts';
import { plannedStep } from './step.ts';

/** The names of the secrets that the cluster's steps need, sorted. */
export function secretNames(cluster: Cluster): readonly string[] {
  const nodes = new Map(cluster.nodes.map((node) => [node.name, node]));
  const names = cluster.steps.flatMap((item) =>
    item.nodes.flatMap((name) => {
      const node = nodes.get(name);
      return (node && plannedStep(cluster, node, item)?.secrets) ?? [];
    }),
  );
  return [...new Set(names)].sort();
}

/**
 * The same names, and whether each may be random: only Stackprep or Packstack sets and reads it. The password of a user is for
 * people, and other answers have to be what another system expects.
 */
export function secretsToGenerate(cluster: Cluster): ReadonlyMap<string, boolean> {
  const { password, cookie } = cluster.services.rabbitmq ?? {};
  const ofRabbit = new Set([password?.secret, cookie?.secret]);
  const ofUsers = new Set(Object.values(cluster.users).map((user) => user.password?.secret));
  const answers = answerSecrets(cluster);
  const mayBeRandom = (name: string): boolean =>
    !ofUsers.has(name) && (answers.get(name) ?? ofRabbit.has(name));
  return new Map(secretNames(cluster).map((name) => [name, mayBeRandom(name)]));
}
