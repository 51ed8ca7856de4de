import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../src/base/problem.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const cases = join(import.meta.dirname, '../cases/custom-commands');

function scripts(file: string): readonly string[] {
  return readFileSync(join(cases, file), 'utf8')
    .trimEnd()
    .split(/^---\n/m)
    .map((text) => text.trimEnd());
}

const head = `cluster: a
openstack: { release: train, installer: manual }
ssh: { user: root }
networks:
  management: { cidr: 10.0.0.0/24, interface: eth0 }
system: { os: centos-7 }
nodes:
  ctl1: { address: 10.0.0.11, roles: [controller] }
steps:
  - name: x
    check: test -e /x
    run: |
`;

/** Advice that most scripts of others get as well, and problems of the rest of the file. */
const advice: ReadonlySet<string> = new Set(['os-end-of-life', 'custom-unquoted-variable', 'custom-sudo']);

function problemsOf(script: string): readonly Problem[] {
  const lines = script.split('\n').map((line) => `      ${line}\n`);
  return decodeCluster(head + lines.join('')).problems.filter(({ code }) => !advice.has(code));
}

describe('The rules for commands of custom steps', () => {
  for (const script of scripts('dangerous.txt'))
    it(`report ${JSON.stringify(script)}`, () => assert.notEqual(problemsOf(script).length, 0));

  for (const script of scripts('harmless.txt'))
    it(`accept ${JSON.stringify(script)}`, () => assert.deepEqual(problemsOf(script), []));

  it('report each command once', () => {
    for (const script of scripts('dangerous.txt')) {
      const places = problemsOf(script).map(({ code, span }) => `${code} ${span.start}`);
      assert.equal(new Set(places).size, places.length, script);
      assert.ok(places.length <= 2, `${script}: ${places.join(', ')}`);
    }
  });
});
