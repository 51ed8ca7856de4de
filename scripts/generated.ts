import { readFileSync } from 'node:fs';
import { type Bundle, english, type Translate, translator } from '../src/base/l10n.ts';
import { own } from '../src/base/own.ts';
import { manPage } from '../src/cli/command-line/man.ts';
import type { Cluster } from '../src/cluster/model.ts';
import { clusterSchema } from '../src/cluster/schema.ts';
import { components } from '../src/data/components.ts';
import { releases } from '../src/data/releases.ts';
import { decodeCluster } from '../src/rules/decode.ts';
import { ruleSection } from '../src/rules/page.ts';
import { jsonSchema } from '../src/schema/json-schema.ts';
import { referencePage } from '../src/schema/reference.ts';
import { catalogue } from '../src/steps/catalogue.ts';
import { stepSection } from '../src/steps/reference.ts';
import { troubleshootingPage } from '../src/view/troubleshooting.ts';
import { knownFailures } from '../src/yum/explain/catalogue.ts';
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

const manifestFile = new URL('../package.json', import.meta.url);

/** The manifest with every link to the project's home, made from `repository`, so that a move is a change of one line. */
function manifestWithLinks(manifest: { readonly repository: { readonly url: string } }): unknown {
  const home = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  const workflow = `${home}/actions/workflows/ci.yml`;
  return {
    ...manifest,
    bugs: { url: `${home}/issues` },
    homepage: `${home}#readme`,
    qna: `${home}/discussions`,
    badges: [{ url: `${workflow}/badge.svg`, href: workflow, description: '%badge.tests%' }],
  };
}

/** The words that editors with YAML support only complete. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  release: releases
    .filter(({ builds }) => builds.length > 0)
    .flatMap(({ name, number }) => (number === undefined ? [name] : [name, number])),
  component: components.map(({ name }) => name),
  step: catalogue.map(({ id }) => id),
  role: ['controller', 'compute', 'storage', 'network'],
  archive: ['auto', 'never'],
};

function troubleshooting(reference: string, translate: Translate): string {
  return troubleshootingPage({ knownFailures, reference: `../schema/${reference}` }, translate);
}

/** The content of every generated file by its path in the project. */
export function generated(): Readonly<Record<string, string>> {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/stackprep/stackprep/main/schema/openstack-cluster.schema.json',
    title: 'Stackprep cluster',
    ...jsonSchema(clusterSchema, (means) => own(wordsOf, means) ?? []),
  };
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  return {
    'package.json': `${JSON.stringify(manifestWithLinks(manifest), null, 2)}\n`,
    'man/stackprep.1': manPage(manifest.version),
    'schema/openstack-cluster.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
    ...shellModules(),
    'src/steps/scripts.ts': stepScripts(),
    'schema/reference.md': page(english),
    'schema/reference.ko.md': page(translator(korean)),
    'docs/troubleshooting.md': troubleshooting('reference.md', english),
    'docs/troubleshooting.ko.md': troubleshooting('reference.ko.md', translator(korean)),
  };
}
