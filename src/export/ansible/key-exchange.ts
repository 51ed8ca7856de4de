import { namesOf } from '../../cluster/aliases.ts';
import type { Cluster } from '../../cluster/model.ts';
import { nodeKeysSh } from '../../steps/ssh-keys/node-keys.sh.ts';
import { type Yaml, type YamlMap, yamlMap } from '../yaml.ts';
import type { StepRole } from './step-role.ts';

/** The role that reads the keys of all nodes before the step `ssh-keys` lets root of each log in to the others. */
export const keysRole = 'stackprep_node_keys';
/** The variable with all names of a node, separated by blanks. */
const namesVariable = 'stackprep_node_names';

/** Whether the step needs the keys of the other nodes. */
export function needsKeys({ betweenNodes }: Cluster, { id }: StepRole): boolean {
  return betweenNodes && id === 'ssh-keys';
}

/** The tasks that read the keys of a node, and create a missing one of root unless in check mode. */
export const keysTasks: Yaml = [
  yamlMap({
    name: 'Read the keys of the node',
    'ansible.builtin.command': yamlMap({
      argv: ['/bin/sh', '-s'],
      stdin: [
        'node_keys_name={{ inventory_hostname | quote }}\n',
        "node_keys_make={{ ansible_check_mode | ternary('', 'yes') | quote }}\n",
        "{{ lookup('file', 'node-keys.sh') }}",
      ].join(''),
    }),
    register: keysRole,
    check_mode: false,
    changed_when: `'made' in ${keysRole}.stdout_lines`,
  }),
];

export const keysScript = nodeKeysSh.text;

/** The names by which the nodes know a node. */
export function nodeNames({ nodes }: Cluster, name: string): string {
  return nodes
    .flatMap((node) => (node.name === name ? [...namesOf(node, nodes), node.address] : []))
    .join(' ');
}

export function nodeNamesEntry(cluster: Cluster, name: string): readonly [string, Yaml] {
  return [namesVariable, { unsafe: nodeNames(cluster, name) }];
}

const userKey = '^user (ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/=]+';
const hostKey = '^host (ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/=]+';

/** Text for each node whose root has printed a key, `host` with the lines `found`; `unread` for each other node. */
function eachNode(text: string, unread = ''): string {
  return (
    "{% for host in groups['stackprep'] %}" +
    `{% set found = (hostvars[host].${keysRole} | default({})).stdout_lines | default([]) %}` +
    `{% if found | select('match', '${userKey}') | list %}${text}${unread && `{% else %}${unread}`}{% endif %}{% endfor %}`
  );
}

/** Text for each of its keys, `line` with the kind before it. */
function eachKey(form: string, text: string): string {
  return `{% for line in found | select('match', '${form}') %}${text}{% endfor %}`;
}

/** The values of the step that follow from the keys, as templates. */
export function exchangedValues(): YamlMap {
  const names = `hostvars[host].${namesVariable}`;
  const listed = `{{ ${names} | replace(' ', ',') }}`;
  const key = '{{ line[5:] | trim }}\n';
  return yamlMap({
    ssh_keys_of_nodes: `{% filter trim %}${eachNode(eachKey(userKey, `{{ host }} ${key}`))}{% endfilter %}`,
    ssh_keys_names: `{% filter trim %}${eachNode(`{{ ${names} }} `)}{% endfilter %}`,
    ssh_keys_hosts: eachNode(eachKey(hostKey, `${listed} ${key}`), `${listed}\n`),
  });
}
