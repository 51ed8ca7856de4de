import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterSchema } from '../../src/cluster/schema.ts';
import { componentParts } from '../../src/data/component-parts.ts';
import { needsFirst } from '../../src/rules/step-orders.ts';
import { settingOf } from '../../src/rules/step-settings.ts';
import { schemaAt } from '../../src/schema/at.ts';
import { catalogue } from '../../src/steps/catalogue.ts';
import { stepScripts } from '../../src/steps/scripts.ts';
import { allSteps, clusterOf } from '../support/clusters.ts';

const root = join(import.meta.dirname, '../..');
const ids = catalogue.map(({ id }) => id);
const here = 'test/steps/complete.test.ts';

/** Steps that have something to do whatever the file says. */
const withoutSettings = [
  'ssh-keys',
  'hostname',
  'hosts-file',
  'repositories',
  'upgrade',
  'locale',
  'packstack',
]
  .concat(['network-interfaces', 'network-service', 'openstack-client', 'openstack-selinux', 'shell-profile'])
  .concat(Object.keys(componentParts));

/** Steps that may run before and after any other. */
const anywhere = ['timezone', 'locale', 'shell-profile', 'chrony'];

/** The files of a folder of the project that may name a step. */
function filesOf(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

/** Whether one of the texts has the id as a separate word: in quotes, or in a list of steps. */
function isNamed(id: string, texts: readonly string[]): boolean {
  const word = new RegExp(`(?:'${id}'|[[ ]${id}[,\\]])`);
  return texts.some((text) => word.test(text));
}

const gaps: readonly (readonly [string, (id: string) => string | undefined])[] = [
  [
    'a script',
    (id) =>
      stepScripts.has(id)
        ? undefined
        : `src/steps/${id}/script.ts exports no script of it, or npm run generate has not run since`,
  ],
  [
    'a key of the cluster file',
    (id) => {
      const key = settingOf.get(id);
      if (key === undefined)
        return withoutSettings.includes(id)
          ? undefined
          : `settingOf in src/rules/step-settings.ts does not name its key; where it has none, name it in ${here}`;
      return schemaAt(clusterSchema, id === 'disks' ? ['nodes', 'NAME', ...key] : key)
        ? undefined
        : `src/cluster/schema.ts has no key ${key.join('.')}`;
    },
  ],
  [
    'a place in the order of work',
    (id) =>
      anywhere.includes(id) ||
      ids.some((other) => needsFirst('run', id, other) || needsFirst('run', other, id))
        ? undefined
        : `stepOrders in src/rules/step-orders.ts does not name it; where it may run at any place, name it in ${here}`,
  ],
  [
    'a place in the cluster that all tests of scripts read',
    (id) =>
      clusterOf(allSteps).steps.some((step) => step.id === id)
        ? undefined
        : 'allSteps in test/support/clusters.ts does not have it',
  ],
  [
    'a test with a real shell or on a real node',
    // The components have one script.
    (id) =>
      (Object.hasOwn(componentParts, id) ? Object.keys(componentParts) : [id]).some((each) =>
        isNamed(each, [...filesOf('test/steps', '.real.test.ts'), ...filesOf('test/lab/suite', '.ts')]),
      )
        ? undefined
        : `neither test/steps/${id}.real.test.ts nor a file of test/lab/suite runs it`,
  ],
  [
    'a section of the reference in both languages',
    (id) => {
      const missing = ['schema/reference.md', 'schema/reference.ko.md'].filter(
        (file) => !readFileSync(join(root, file), 'utf8').includes(`\n| \`${id}\` | `),
      );
      return missing.length === 0 ? undefined : `${missing.join(' and ')} lack it; run npm run generate`;
    },
  ],
];

describe('every step of the catalogue', () => {
  for (const [what, gap] of gaps) {
    it(`has ${what}`, () => {
      assert.deepEqual(
        ids.flatMap((id) => {
          const text = gap(id);
          return text === undefined ? [] : [`${id}: ${text}`];
        }),
        [],
      );
    });
  }

  it('is in the catalogue, where it has a folder with a script', () => {
    const known = new Set(catalogue.map(({ id }) => id));
    assert.deepEqual(
      [...stepScripts.keys()]
        .filter((id) => !known.has(id))
        .map((id) => `src/steps/catalogue.ts lacks ${id}`),
      [],
    );
    const folders = readdirSync(join(root, 'src/steps'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, 'src/steps', entry.name, 'info.ts')))
      .filter(({ name }) => !existsSync(join(root, 'src/steps', name, 'script.ts')))
      .map(({ name }) => `src/steps/${name} has no script.ts`);
    assert.deepEqual(folders, []);
  });
});
