import assert from 'node:assert/strict';
import type { Piece } from '../../src/demo/piece.ts';
import { packagesFor, worlds } from '../../src/demo/world.ts';
import {
  checkUpdateTranscript,
  type Transcript,
  type TranscriptRequest,
  yumTranscript,
} from '../../src/demo/yum-output.ts';
import type { DemoPackage } from '../../src/demo/yum-package.ts';
import type { PlacedYumEvent, YumEvent } from '../../src/yum/events.ts';
import { createYumParser } from '../../src/yum/parser.ts';
import { initialYum, reduceYum } from '../../src/yum/progress.ts';
import { summarize } from '../../src/yum/summarize.ts';

const systems = [
  {
    system: 'el7',
    tool: 'yum3',
    release: 'centos-release-openstack-stein',
    client: 'python-openstackclient',
  },
  {
    system: 'el9',
    tool: 'dnf4',
    release: 'centos-release-openstack-epoxy',
    client: 'python3-openstackclient',
  },
] as const;

function eventsOf(pieces: readonly Piece[]): readonly PlacedYumEvent[] {
  const parser = createYumParser();
  const seen = pieces.flatMap(({ text }) => [...parser.push(text), ...parser.idle()]);
  return [...seen, ...parser.end()];
}

function textOf({ pieces }: Transcript): string {
  return pieces.map(({ text }) => text).join('');
}

function seconds({ pieces }: Transcript): number {
  return pieces.reduce((sum, { wait }) => sum + wait, 0) / 1000;
}

function unparsed(events: readonly YumEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'unparsed' ? [event.line] : []));
}

function countsOf(packages: readonly DemoPackage[]): object {
  const upgrade = packages.filter(({ replaces }) => replaces !== undefined).length;
  const install = packages.length - upgrade;
  return { ...(install > 0 ? { install } : {}), ...(upgrade > 0 ? { upgrade } : {}) };
}

/** Parses a transcript and expects that every line is known and every package is counted. */
function parsedEvents(
  request: TranscriptRequest,
  outcome: string,
  packages = request.packages,
): readonly YumEvent[] {
  const transcript = yumTranscript(request);
  const events = eventsOf(transcript.pieces);
  assert.deepEqual(unparsed(events), []);
  for (const exitCode of [transcript.exitCode, undefined]) {
    const found = summarize(events, exitCode);
    assert.equal(found.outcome, outcome);
    assert.equal(found.tool, request.tool);
    assert.deepEqual(found.summary, countsOf(packages));
  }
  return events;
}

for (const { system, tool, release, client } of systems) {
  describe(`The output of ${tool} on a simulated node`, () => {
    const upgrades = worlds[system].upgrades;

    for (const names of [[release], [client], ['openstack-selinux'], [client, 'openstack-selinux']]) {
      it(`is parsed when it installs ${names.join(' and ')}`, () => {
        const packages = packagesFor(system, names);
        const events = parsedEvents({ tool, verb: 'install', packages }, 'success');
        const done = events.flatMap((event) => (event.type === 'result' ? event.names : []));
        assert.equal(done.length, packages.length);
      });
    }

    it('is parsed when it upgrades about thirty packages', () => {
      assert.ok(upgrades.length >= 30 && upgrades.length <= 40);
      const events = parsedEvents({ tool, verb: 'upgrade', packages: upgrades }, 'success');
      const end = events.reduce(reduceYum, initialYum);
      assert.deepEqual([end.percent, end.finished, end.errors], [100, true, []]);
    });

    it('has every package of the table with its version and repository', () => {
      const events = eventsOf(yumTranscript({ tool, verb: 'upgrade', packages: upgrades }).pieces);
      const rows = events.flatMap((event) =>
        event.type === 'package' ? [`${event.name} ${event.arch} ${event.version} ${event.repository}`] : [],
      );
      const wanted = upgrades.map((each) => `${each.name} ${each.arch} ${each.version} ${each.repository}`);
      assert.deepEqual(rows.toSorted(), wanted.toSorted());
    });

    it('is parsed when there is nothing to do', () => {
      parsedEvents({ tool, verb: 'upgrade', packages: [] }, 'nothing-to-do');
      const packages = packagesFor(system, [release]);
      const problem = { kind: 'nothing-to-do' } as const;
      parsedEvents({ tool, verb: 'install', packages, problem }, 'nothing-to-do', []);
    });

    it('names the process that holds the lock while it is held, and then continues', () => {
      const packages = packagesFor(system, [release]);
      const problem = { kind: 'lock', pid: 4711, holder: 'PackageKit', seconds: 7 } as const;
      const request = { tool, verb: 'install', packages } as const;
      const events = parsedEvents({ ...request, problem }, 'success');
      const waits = events.filter((event) => event.type === 'lock-wait');
      assert.ok(waits.length > 0 && waits.every(({ pid }) => pid === 4711));
      const longer = seconds(yumTranscript({ ...request, problem })) - seconds(yumTranscript(request));
      assert.ok(Math.abs(longer - 7) < 0.1, String(longer));
    });

    it('fails when no mirror responds, and names the repository', () => {
      const problem = { kind: 'dead-mirrors' } as const;
      const request = { tool, verb: 'upgrade', packages: upgrades, problem } as const;
      const events = parsedEvents(request, 'failed', []);
      assert.match(summarize(events, 1).mainError ?? '', /base\/7\/x86_64$|repo 'baseos'/);
    });

    it('fails when a package cannot be installed, after the other packages were installed', () => {
      const packages = packagesFor(system, ['openstack-selinux']);
      const problem = { kind: 'failing-package', name: 'openstack-selinux' } as const;
      const events = parsedEvents({ tool, verb: 'install', packages, problem }, 'failed');
      const failed = events.flatMap((event) =>
        event.type === 'result' && event.action === 'failed' ? event.names : [],
      );
      assert.equal(failed.length, 1);
      assert.match(failed[0] ?? '', /^openstack-selinux/);
      assert.equal(yumTranscript({ tool, verb: 'install', packages, problem }).exitCode, 1);
    });

    it('takes a realistic time', () => {
      const upgrade = seconds(yumTranscript({ tool, verb: 'upgrade', packages: upgrades }));
      assert.ok(upgrade >= 20 && upgrade <= 25.1, String(upgrade));
      for (const name of [release, client, 'openstack-selinux']) {
        const packages = packagesFor(system, [name]);
        const install = seconds(yumTranscript({ tool, verb: 'install', packages }));
        assert.ok(install >= 3 && install <= 6.5, `${name}: ${install}`);
      }
    });

    it('can be interrupted before the transaction and not during it', () => {
      const { pieces } = yumTranscript({ tool, verb: 'upgrade', packages: upgrades });
      const start = pieces.findIndex(({ text }) => text.startsWith('Running transaction\n'));
      assert.ok(pieces.slice(0, start).every(({ onInterrupt }) => onInterrupt !== undefined));
      assert.ok(pieces.slice(start + 1).every(({ onInterrupt }) => onInterrupt === undefined));
      const parts = [...pieces.slice(0, 2), { text: pieces[1]?.onInterrupt ?? '', wait: 0 }];
      assert.ok(['aborted', 'failed'].includes(summarize(eventsOf(parts), 1).outcome));
    });

    it('is 80 columns wide where the real output is', () => {
      const text = textOf(yumTranscript({ tool, verb: 'install', packages: packagesFor(system, [release]) }));
      const wide = text.split('\n').filter((line) => line.length > 80 && !line.startsWith('-'));
      assert.deepEqual(wide, []);
    });

    it('lists the updates with exit code 100', () => {
      const found = checkUpdateTranscript({ tool, packages: upgrades });
      assert.equal(found.exitCode, 100);
      assert.deepEqual(unparsed(eventsOf(found.pieces)), []);
      assert.equal(checkUpdateTranscript({ tool, packages: [] }).exitCode, 0);
      assert.equal(
        checkUpdateTranscript({ tool, packages: upgrades, problem: { kind: 'dead-mirrors' } }).exitCode,
        1,
      );
    });
  });
}

describe('The package data of the demo', () => {
  it('resolves a name that another package provides', () => {
    assert.equal(packagesFor('el7', ['python-openstackclient'])[0]?.name, 'python2-openstackclient');
  });

  it('has the five packages that the release package of Stein installs', () => {
    assert.equal(packagesFor('el7', ['centos-release-openstack-stein']).length, 6);
  });

  it('leaves out what the node already has', () => {
    const rest = packagesFor('el7', ['openstack-selinux'], new Set(['checkpolicy']));
    assert.ok(!rest.some(({ name }) => name === 'checkpolicy'));
  });

  it('creates a small package for an unknown name', () => {
    assert.deepEqual(
      packagesFor('el9', ['house-rules']).map(({ name, repository }) => [name, repository]),
      [['house-rules', 'appstream']],
    );
  });

  it('has no dependency without the package that requires it', () => {
    for (const { installs, upgrades } of Object.values(worlds)) {
      for (const all of [installs, upgrades]) {
        const names = new Set(all.map(({ name }) => name));
        for (const { dependencyOf, name } of all)
          assert.ok(dependencyOf === undefined || names.has(dependencyOf), name);
      }
    }
  });
});
