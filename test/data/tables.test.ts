import assert from 'node:assert/strict';
import { components, findComponent, otherProjects } from '../../src/data/components.ts';
import { findSystem, operatingSystems, osIds } from '../../src/data/operating-systems.ts';
import { packageRows } from '../../src/data/packages.ts';
import { packstackInstalls, packstackOptions, packstackVersions } from '../../src/data/packstack.ts';
import { findRelease, isLater, releases } from '../../src/data/releases.ts';
import { deadAddresses, includedPackages, neededRepositories } from '../../src/data/repositories.ts';
import { serviceFacts } from '../../src/data/services.ts';
import { sources } from '../../src/data/sources.ts';
import { sshdDirectives } from '../../src/data/sshd.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;

describe('The tables of facts', () => {
  it('name a known source in every row', () => {
    const rows = [
      ...operatingSystems.map((row) => row.sources),
      ...neededRepositories.map((row) => row.sources),
      ...includedPackages.map((row) => row.sources),
      ...packageRows.map((row) => row.sources),
      ...components.map((row) => row.sources),
      ...serviceFacts.map((row) => row.sources),
      ...deadAddresses.map((row) => [row.source]),
      ...Object.values(packstackOptions).map((row) => [row.source]),
      ...sshdDirectives.map((row) => [row.source]),
    ];
    assert.ok(rows.length > 200, String(rows.length));
    for (const named of rows) {
      assert.ok(named.length > 0);
      for (const source of named) assert.ok(Object.hasOwn(sources, source), source);
    }
  });

  it('list the releases in the order of their dates and of the alphabet', () => {
    const days = releases.map((release) => release.released);
    assert.deepEqual(days, days.toSorted());
    for (const { released, ends } of releases) {
      assert.match(released, day);
      if (ends !== undefined) assert.ok(day.test(ends) && ends > released);
    }
    const firsts = releases.map((release) => release.name[0]);
    // From Antelope on, the alphabet starts again.
    assert.equal(firsts.join(''), 'abcdefghijklmnopqrstuvwxyzabcdefghi');
  });

  it('find a release by name and number, and compare their order', () => {
    assert.equal(findRelease('Stein')?.name, 'stein');
    assert.equal(findRelease('2025.1')?.name, 'epoxy');
    assert.equal(findRelease('zulu'), undefined);
    assert.deepEqual(
      [isLater('train', 'stein'), isLater('stein', 'stein'), isLater('stein', 'zulu')],
      [true, false, false],
    );
  });

  it('have no builds after Epoxy, and builds of Train for two EL versions', () => {
    assert.deepEqual(findRelease('train')?.el, [7, 8]);
    assert.deepEqual(findRelease('yoga')?.builds, ['el8s', 'el9s']);
    const last = releases.findLast((release) => release.builds.length > 0);
    assert.equal(last?.name, 'epoxy');
  });

  it('have one row for each system that a cluster file can name', () => {
    assert.deepEqual(
      operatingSystems.map((system) => system.id),
      [...osIds],
    );
    assert.equal(findSystem('centos-7')?.manager, 'yum');
    assert.equal(findSystem('rocky-10')?.manager, 'dnf');
    for (const { id, el } of operatingSystems) assert.ok(id.endsWith(`-${el}`), id);
  });

  it('refer only to existing components and releases', () => {
    for (const { name, needs, since, last } of components) {
      for (const need of needs) assert.ok(findComponent(need), `${name} needs ${need}`);
      for (const release of [since, last]) assert.ok(release === undefined || findRelease(release), name);
    }
    for (const [name, { last }] of Object.entries(otherProjects)) {
      assert.equal(findComponent(name), undefined);
      assert.ok(last === undefined || findRelease(last), name);
    }
    for (const { from, to, el } of includedPackages) {
      assert.ok(findRelease(from)?.el.includes(el) && findRelease(to)?.el.includes(el), `${from} ${to}`);
      assert.ok(!isLater(from, to));
    }
    for (const [name, { until }] of Object.entries(packstackOptions)) {
      assert.ok(findComponent(name), name);
      assert.ok(until === undefined || packstackVersions[until], name);
    }
    for (const release of Object.keys(packstackVersions))
      assert.ok((findRelease(release)?.builds.length ?? 0) > 0);
  });

  it('say until when Packstack could install a component', () => {
    assert.equal(packstackInstalls('sahara', 'bobcat'), true);
    assert.equal(packstackInstalls('sahara', 'caracal'), false);
    assert.equal(packstackInstalls('nova', undefined), true);
    assert.equal(packstackInstalls('designate', 'train'), false);
    assert.equal(packstackInstalls('constructor', 'train'), false);
  });

  it('distinguish retired addresses from working ones', () => {
    const isDead = (url: string) => deadAddresses.some(({ pattern }) => new RegExp(pattern).test(url));
    assert.ok(isDead('http://mirrorlist.centos.org/?release=7&arch=x86_64&repo=os'));
    assert.ok(isDead('http://mirror.centos.org/centos/7.9.2009/os/x86_64/'));
    assert.ok(!isDead('http://mirror.stream.centos.org/9-stream/BaseOS/x86_64/os/'));
    assert.ok(!isDead('https://vault.centos.org/7.9.2009/os/x86_64/'));
  });
});
