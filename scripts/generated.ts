import { readFileSync } from 'node:fs';
import { type Bundle, english, type Translate, translator } from '../src/base/l10n.ts';
import type { Cluster } from '../src/cluster/model.ts';
import { clusterSchema } from '../src/cluster/schema.ts';
import { decodeCluster } from '../src/rules/decode.ts';
import { ruleSection } from '../src/rules/page.ts';
import { jsonSchema } from '../src/schema/json-schema.ts';
import { referencePage } from '../src/schema/reference.ts';
import { stepSection } from '../src/steps/reference.ts';
import { shellModules } from './shell-files.ts';
import { stepScripts } from './step-scripts.ts';

const bundleFile = new URL('../l10n/bundle.l10n.ko.json', import.meta.url);
const korean: Bundle = JSON.parse(readFileSync(bundleFile, 'utf8'));

const exampleFile = new URL('../examples/seed-lab.cluster.yaml', import.meta.url);

/** The example cluster for the reference of the steps. */
function exampleCluster(): Cluster {
  const { cluster } = decodeCluster(readFileSync(exampleFile, 'utf8'));
  if (!cluster) throw new Error(`${exampleFile.pathname} cannot be read as a cluster`);
  return cluster;
}

function page(translate: Translate): string {
  return referencePage(
    clusterSchema,
    [stepSection(translate, exampleCluster()), ruleSection(translate)],
    translate,
  );
}

/** The content of every generated file by its path in the project. */
export function generated(): Readonly<Record<string, string>> {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Stackprep cluster',
    ...jsonSchema(clusterSchema),
  };
  return {
    'schema/openstack-cluster.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
    ...shellModules(),
    'src/steps/scripts.ts': stepScripts(),
    'schema/reference.md': page(english),
    'schema/reference.ko.md': page(translator(korean)),
  };
}
