import assert from 'node:assert/strict';
import { addressValue, contains, isReserved, networkText, parseCidr } from '../../src/cluster/cidr.ts';

function within(cidr: string, address: string): boolean {
  const [range, value] = [parseCidr(cidr), addressValue(address)];
  assert.ok(range && value);
  return contains(range, value);
}

describe('Address ranges', () => {
  it('contain their first and last address and nothing outside', () => {
    for (const inside of ['10.0.0.0', '10.0.0.255']) assert.ok(within('10.0.0.0/24', inside));
    for (const outside of ['9.255.255.255', '10.0.1.0', '::a00:1'])
      assert.ok(!within('10.0.0.0/24', outside));
    assert.ok(within('0.0.0.0/0', '255.255.255.255'));
    assert.ok(within('fd00::/64', 'fd00::ffff:ffff:ffff:ffff'));
    assert.ok(!within('fd00::/64', 'fd00:0:0:1::'));
    assert.ok(within('::ffff:10.0.0.0/120', '::ffff:a00:1'));
  });

  it('are rejected when they are not valid', () => {
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0/24', 'a/8', 'fd00::/129', '/8', '10.0.0.0/'])
      assert.equal(parseCidr(text), undefined, text);
  });

  it('start at their first address', () => {
    const range = parseCidr('192.168.113.171/28');
    assert.ok(range?.hasHostBits);
    assert.equal(networkText(range), '192.168.113.160/28');
    assert.equal(parseCidr('10.0.0.0/8')?.hasHostBits, false);
  });

  it('reserve their first and last address, except the smallest ranges', () => {
    const reserved = (cidr: string, address: string) => {
      const [range, value] = [parseCidr(cidr), addressValue(address)];
      return range !== undefined && value !== undefined && isReserved(range, value);
    };
    assert.ok(reserved('10.0.0.0/24', '10.0.0.255'));
    assert.ok(!reserved('10.0.0.0/24', '10.0.0.254'));
    assert.ok(!reserved('10.0.0.0/31', '10.0.0.0'));
    assert.ok(!reserved('fd00::/64', 'fd00::'));
  });
});
