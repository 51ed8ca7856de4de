import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { componentParts } from '../../src/data/component-parts.ts';
import { findComponent } from '../../src/data/components.ts';
import { operatingSystems } from '../../src/data/operating-systems.ts';
import { packstackVersions } from '../../src/data/packstack.ts';
import { isLater, releases } from '../../src/data/releases.ts';

const readCase = (name: string) => readFileSync(join(import.meta.dirname, '../cases/data', name), 'utf8');

/** The rows of a table with tabs, without its comments and its heading. */
function rowsOf(name: string): string[][] {
  const lines = readCase(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.slice(1).map((line) => line.split('\t'));
}

interface Series {
  readonly name: string;
  readonly 'release-id'?: number;
  readonly status: string;
  readonly 'initial-release': string;
  readonly 'eol-date'?: string;
  readonly 'next-phase'?: { readonly status: string; readonly date?: string };
  readonly slurp?: string;
}

describe('The tables of facts, compared with their sources', () => {
  it('have the dates, status and numbers of the OpenStack releases from openstack/releases', () => {
    const series: readonly Series[] = parse(readCase('openstack-series-status.yaml'), { schema: 'failsafe' });
    assert.equal(series.length, 35);
    const expected = series.toReversed().map((each) => {
      const next = each['next-phase'];
      const ends = each['eol-date'] ?? (next?.status === 'end of life' ? next.date : undefined);
      return {
        name: each.name,
        ...(each['release-id'] === undefined ? {} : { number: each['release-id'] }),
        released: each['initial-release'],
        status: each.status,
        ...(ends === undefined ? {} : { ends }),
        ...(next?.status === 'unmaintained' && next.date !== undefined ? { unmaintained: next.date } : {}),
        slurp: each.slurp === 'yes',
      };
    });
    assert.deepEqual(
      releases.map(({ builds: _, el: _el, ...release }) => release),
      expected,
    );
  });

  it('have exactly the builds that RDO released, and the EL versions that follow from them', () => {
    const rows = rowsOf('rdo-builds.tsv');
    const versions = { el7: 7, el8: 8, el8s: 8, el9s: 9 } as const;
    for (const { name, builds, el } of releases) {
      const released = rows.flatMap(([release, build]) => (release === name ? [build] : []));
      assert.deepEqual(builds, released, name);
      assert.deepEqual(el, [...new Set(builds.map((build) => versions[build]))], name);
    }
    assert.equal(releases.flatMap(({ builds }) => builds).length, rows.length);
  });

  it('have the newest Packstack of each release since Ocata', () => {
    const newest: Record<string, string> = {};
    for (const [release = '', , version = ''] of rowsOf('rdo-builds.tsv')) newest[release] = version;
    for (const older of ['kilo', 'liberty', 'mitaka', 'newton']) delete newest[older];
    assert.deepEqual(packstackVersions, newest);
  });

  it('have the last day with updates of each CentOS, and none for other systems', () => {
    assert.deepEqual(
      operatingSystems.flatMap(({ id, ends }) => (ends === undefined ? [] : [[id, ends]])),
      rowsOf('centos-end-of-life.tsv').map(([id, ends]) => [id, ends]),
    );
  });

  it('install packages and check units that the spec files of RDO have in that release', () => {
    // From the system, not from RDO.
    const others = ['httpd', 'named', 'rsyncd', 'xfsprogs', 'bind', 'bind-utils'];
    const rows = rowsOf('rdo-components.tsv');
    assert.ok(rows.length > 200, String(rows.length));
    let compared = 0;
    for (const [component = '', release = '', packages = '', units = ''] of rows) {
      const parts = Object.hasOwn(componentParts, component) ? componentParts[component] : undefined;
      assert.ok(parts && findComponent(component), component);
      for (const part of parts) {
        const { since = release, until = release } = part;
        if (isLater(since, release) || isLater(release, until)) continue;
        const strange = (names: readonly string[], known: string) =>
          names.filter((name) => !others.includes(name) && !known.split(' ').includes(name));
        assert.deepEqual(strange(part.packages, packages), [], `${component} ${release}`);
        assert.deepEqual(strange(part.units, units), [], `${component} ${release}`);
        compared += part.packages.length;
      }
    }
    assert.ok(compared > 500, String(compared));
  });

  it('begin and end the parts of a component with the first and last spec file that has them', () => {
    const rows = rowsOf('rdo-components.tsv');
    for (const [component, parts] of Object.entries(componentParts)) {
      for (const { since, until, packages } of parts) {
        const has = (release: string | undefined) =>
          rows.some(
            ([name, branch, list = '']) =>
              name === component &&
              branch === release &&
              packages.some((each) => list.split(' ').includes(each)),
          );
        const at = (release: string | undefined, by: number) =>
          releases[releases.findIndex(({ name }) => name === release) + by]?.name;
        if (since !== undefined) assert.deepEqual([has(at(since, -1)), has(since)], [false, true], component);
        // RDO kept the branches of spec files that it no longer built.
        if (until !== undefined && component === 'gnocchi')
          assert.deepEqual([has(until), has(at(until, 1))], [true, false], component);
        else if (until !== undefined) assert.equal(findComponent(component)?.last, until);
      }
    }
  });
});
