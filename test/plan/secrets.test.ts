import assert from 'node:assert/strict';
import { secretNames, secretsToGenerate } from '../../src/plan/secrets.ts';
import { clusterOf } from '../support/clusters.ts';

const file = (more: string): string => `cluster: x
openstack: { release: stein, installer: packstack }
nodes:
  one: { address: 10.0.0.1, roles: [controller, compute] }
  two: { address: 10.0.0.2, roles: [controller] }
${more}`;

describe('The secrets of a cluster that may be random', () => {
  it('are those that only Stackprep, RabbitMQ or Packstack sets and reads', () => {
    const cluster = clusterOf(
      file(`services:
  rabbitmq: { on: controller, user: openstack, password: { secret: rabbit }, cookie: { secret: cookie } }
users:
  anna: { password: { secret: anna } }
packstack:
  CONFIG_KEYSTONE_ADMIN_PW: { secret: admin }
  CONFIG_HORIZON_SECRET_KEY: { secret: horizon }
  CONFIG_RH_PW: { secret: red-hat }
`),
    );
    const found = Object.fromEntries(secretsToGenerate(cluster));
    assert.deepEqual(found, {
      admin: true,
      anna: false,
      cookie: true,
      horizon: true,
      rabbit: true,
      'red-hat': false,
    });
    assert.deepEqual([...secretsToGenerate(cluster).keys()], secretNames(cluster));
  });

  it('are none that is also the password of a user or of another system', () => {
    const cluster = clusterOf(
      file(`services:
  rabbitmq: { on: controller, user: openstack, password: { secret: shared } }
users:
  anna: { password: { secret: shared } }
packstack:
  CONFIG_KEYSTONE_ADMIN_PW: { secret: both }
  CONFIG_VCENTER_PASSWORD: { secret: both }
`),
    );
    assert.deepEqual(
      [...secretsToGenerate(cluster)],
      [
        ['both', false],
        ['shared', false],
      ],
    );
  });
});
