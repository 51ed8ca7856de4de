import { reachedAt } from '../../cluster/aliases.ts';
import type { Cluster } from '../../cluster/model.ts';
import { type ComponentPart, componentParts } from '../../data/component-parts.ts';
import { serviceFacts } from '../../data/services.ts';
import { lines, sh } from '../../shell/command.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import type { StepScripter } from '../common/definition.ts';
import { packageLines, serviceNodes } from '../common/services.ts';
import { componentsSh } from './components.sh.ts';
import { componentPackages, partsOf } from './info.ts';

/** The services of the cluster that a component uses, lines `service address port`. */
function peers(cluster: Cluster, parts: readonly ComponentPart[]): string {
  const services = [...new Set(parts.flatMap(({ talksTo }) => talksTo))];
  const rows = services.flatMap((service) => {
    const outside = cluster.services[service]?.external;
    if (outside) return [`${service} ${outside.host} ${outside.port}`];
    const [name] = serviceNodes(service)(cluster);
    const node = cluster.nodes.find((each) => each.name === name);
    const port = serviceFacts.find(({ id }) => id === service)?.tcp[0];
    if (!cluster.services[service] || !node || port === undefined) return [];
    return [`${service} ${reachedAt(node)} ${port}`];
  });
  return rows.join('\n');
}

function scriptOf(id: string): StepScripter {
  return ({ cluster, node }) => {
    const parts = partsOf(id, cluster, node);
    const packages = packageLines(componentPackages(parts));
    const units = [...new Set(parts.flatMap((part) => part.units))].join(' ');
    // Several components share a payload, so that each has variables with its name.
    const values = {
      [`${id}_packages`]: packages,
      [`${id}_units`]: units,
      [`${id}_peers`]: peers(cluster, parts),
    };
    const variable = (name: string) => ({ shell: `"$${id}_${name}"` });
    return {
      uses: [serviceSh, componentsSh].map(({ text }) => ({ shell: text })),
      parameters: lines(...Object.entries(values).map(([name, value]) => sh`${{ shell: name }}=${value}`)),
      values,
      check: sh`components_check ${id} ${variable('packages')} ${variable('units')}`,
      apply: sh`components_apply ${id} ${variable('packages')} ${variable('peers')}`,
    };
  };
}

export const scripts: Readonly<Record<string, StepScripter>> = Object.fromEntries(
  Object.keys(componentParts).map((id) => [id, scriptOf(id)]),
);
