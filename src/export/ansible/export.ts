import { type Message, msg } from '../../base/l10n.ts';
import { secretVariable } from '../../base/secret-variables.ts';
import { batchPlan } from '../../cluster/batches.ts';
import type { Cluster } from '../../cluster/model.ts';
import { quorumGroups } from '../../plan/quorum-groups.ts';
import { previewAsText } from '../../shell/preview.ts';
import { type Group, inventoryText, nameProblems, roleGroups } from '../inventory.ts';
import { loginProblems, type Refused } from '../login.ts';
import { type Yaml, yamlDocument, yamlMap } from '../yaml.ts';
import {
  exchangedValues,
  keysRole,
  keysScript,
  keysTasks,
  needsKeys,
  nodeNamesEntry,
} from './key-exchange.ts';
import { roleNames, secretVariables } from './names.ts';
import { notExported } from './not-exported.ts';
import { batchGroup, type PlaySource, playbook, quorumGroup } from './playbook.ts';
import { readme } from './readme.ts';
import { type StepRole, stepRole } from './step-role.ts';
import { mayReboot, previewFile, roleTasks, roleVariables } from './tasks.ts';

/** A folder for Ansible: texts by path (with `/`), and what of the cluster file is not in them. */
export interface AnsibleExport {
  readonly ok: true;
  readonly files: ReadonlyMap<string, string>;
  /** Sentences: what is not exported, and why. */
  readonly left: readonly Message[];
}

/** Settings of Ansible for the folder. Source: ansible/config/base.yml. */
const settings = `# Written by Stackprep.
[defaults]
inventory = inventory/hosts.yml
roles_path = roles
[ssh_connection]
pipelining = true
ssh_args = -C -o ControlMaster=auto -o ControlPersist=60s -o ServerAliveInterval=15 -o ServerAliveCountMax=4
`;

/** The members of services with a quorum, and if nodes may reboot, the controllers. */
function quorumMembers(cluster: Cluster): readonly string[] {
  const groups = quorumGroups(cluster).filter(({ name }) => name !== 'controller' || mayReboot(cluster));
  const names = new Set(groups.flatMap(({ nodes }) => nodes));
  return cluster.nodes.map(({ name }) => name).filter((name) => names.has(name));
}

function groupsOf(
  cluster: Cluster,
  steps: readonly StepRole[],
  { plan, quorum }: PlaySource,
): readonly Group[] {
  const all = cluster.nodes.map(({ name }) => name);
  const ofSteps = steps.map(
    ({ role, nodes }): Group =>
      nodes.length === all.length ? { name: role, children: ['stackprep'] } : { name: role, hosts: nodes },
  );
  const batches = plan.batches.length > 1 ? plan.batches : [];
  const ofBatches = batches.map((hosts, index): Group => ({ name: batchGroup(index), hosts }));
  const own: readonly Group[] = [
    { name: 'stackprep', hosts: all },
    ...(quorum.length > 0 ? [{ name: quorumGroup, hosts: quorum }] : []),
    ...ofBatches,
    ...ofSteps,
  ];
  return [...own, ...roleGroups(cluster, new Set(own.map(({ name }) => name)))];
}

const unsafe = (values: Readonly<Record<string, string>>): Yaml =>
  yamlMap(Object.fromEntries(Object.entries(values).map(([name, text]) => [name, { unsafe: text }])));

/** The values for all nodes, and where the secrets come from unless a vault has them. */
function sharedValues(steps: readonly StepRole[], secrets: ReadonlyMap<string, string>): Yaml {
  const ofSecrets = [...secrets].map(
    ([name, variable]) => [variable, `{{ lookup('env', '${secretVariable(name)}') }}`] as const,
  );
  const ofSteps = steps.flatMap(({ role, shared }) =>
    Object.keys(shared).length > 0 ? [[role, unsafe(shared)] as const] : [],
  );
  return new Map<string, Yaml>([['stackprep_tab', '\t'], ...ofSecrets, ...ofSteps]);
}

/** The variables of the secrets, and the comment of every file. */
interface Words {
  readonly secrets: ReadonlyMap<string, string>;
  readonly comment: string;
}

function* valueFiles(
  cluster: Cluster,
  steps: readonly StepRole[],
  { secrets, comment }: Words,
): Generator<readonly [string, string]> {
  // Ansible reads the files of the folder in the order of their names, so the user's own take precedence.
  yield ['inventory/group_vars/all/00-stackprep.yml', yamlDocument(sharedValues(steps, secrets), comment)];
  for (const { name } of cluster.nodes) {
    const own = steps.flatMap(({ role, own: of }) => {
      const values = of.get(name);
      return values ? [[`${role}_here`, unsafe(values)] as const] : [];
    });
    const names = steps.some((step) => needsKeys(cluster, step)) ? [nodeNamesEntry(cluster, name)] : [];
    if (own.length + names.length > 0)
      yield [
        `inventory/host_vars/${name}/stackprep.yml`,
        yamlDocument(new Map<string, Yaml>([...names, ...own]), comment),
      ];
  }
}

function* roleFiles(
  cluster: Cluster,
  step: StepRole,
  { secrets, comment }: Words,
): Generator<readonly [string, string]> {
  const folder = `roles/${step.role}`;
  const exchanged = needsKeys(cluster, step) ? exchangedValues() : undefined;
  yield [`${folder}/files/step.sh`, step.script];
  yield [`${folder}/tasks/main.yml`, yamlDocument(roleTasks(step, secrets, mayReboot(cluster)), comment)];
  yield [`${folder}/vars/main.yml`, yamlDocument(roleVariables(step, secrets, exchanged), comment)];
  if (!exchanged) return;
  yield [`roles/${keysRole}/files/node-keys.sh`, keysScript];
  yield [`roles/${keysRole}/tasks/main.yml`, yamlDocument(keysTasks, comment)];
}

/** The folder for Ansible. `file` is the name of the cluster file, for the comments. */
export function ansibleExport(cluster: Cluster, file: string): AnsibleExport | Refused {
  const names = roleNames(cluster.steps.map(({ id }) => id));
  const roles = cluster.steps.map((item) => ({
    item,
    role: stepRole(cluster, item, names.get(item.id) ?? ''),
  }));
  const steps = roles.flatMap(({ role }) => role ?? []);
  const plan = batchPlan(
    cluster.nodes.map(({ name }) => name),
    cluster.rollout,
  );
  const quorum = quorumMembers(cluster);
  const exchange = steps.find((step) => needsKeys(cluster, step));
  const groups = groupsOf(cluster, steps, { plan, quorum });
  const problems = [
    ...loginProblems(cluster),
    ...nameProblems(cluster, new Set(groups.map(({ name }) => name))),
  ];
  if (steps.length === 0)
    problems.push(msg('No step of the cluster file can be run, so there is nothing to export.'));
  if (problems.length > 0) return { ok: false, problems };
  const secrets = secretVariables([...new Set(steps.flatMap((step) => step.secrets))]);
  const source: PlaySource = { plan, quorum, exchange };
  const withoutScript = roles.flatMap(({ item, role }) => (role ? [] : [item.id]));
  const left = notExported(cluster, { withoutScript, steps, source });
  const comment = `Written by Stackprep from ${file}. The next export replaces this file.`;
  const files = new Map<string, string>([
    ['README.md', readme({ cluster, file, steps, secrets, left })],
    ['ansible.cfg', settings],
    [previewFile, previewAsText.shell],
    ['site.yml', yamlDocument(playbook(steps, source), comment)],
    ['inventory/hosts.yml', inventoryText(cluster, groups, comment)],
    ...valueFiles(cluster, steps, { secrets, comment }),
    ...steps.flatMap((step) => [...roleFiles(cluster, step, { secrets, comment })]),
  ]);
  return { ok: true, files, left };
}
