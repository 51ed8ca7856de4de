import assert from 'node:assert/strict';
import { knownInterfaces } from '../../src/view/interfaces.ts';
import { facts } from './world.ts';

describe('The interfaces of the checked nodes', () => {
  it('are counted and sorted by how many nodes have them, without interfaces that cannot carry a network', () => {
    const node = (...names: readonly string[]) => {
      const interfaces = names.map((name) => ({ name, addresses: [] }));
      return { connection: 'connected' as const, facts: { ...facts, interfaces }, steps: {} };
    };
    const known = knownInterfaces({
      n1: node('lo', 'eth0', 'eth1', 'virbr0'),
      n2: node('lo', 'ens3', 'eth1', 'docker0', 'vethab12'),
    });
    assert.deepEqual(Object.entries(known), [
      ['eth1', 2],
      ['ens3', 1],
      ['eth0', 1],
    ]);
  });
});
