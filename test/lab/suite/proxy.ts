import assert from 'node:assert/strict';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabProxy, startProxy } from '../proxy.ts';
import { systems } from '../systems.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

const node = 'openstack1';
/** A name that only the proxy resolves. */
const mirror = 'mirror.closed.example';

/** The repositories of the system and of the release, as a mirror in a closed network has them. */
const paths: Readonly<Record<'el7' | 'el9', readonly string[]>> = {
  el7: ['centos/7/os/x86_64', 'centos/7/cloud/x86_64/openstack-stein'],
  el9: [
    '9-stream/BaseOS/x86_64/os',
    '9-stream/AppStream/x86_64/os',
    'SIGs/9-stream/cloud/x86_64/openstack-epoxy',
  ],
};

/** Tests a closed network: the nodes reach nothing but the proxy. */
export function testProxy(system: 'el7' | 'el9'): void {
  describe(`A closed network with a proxy, on a real ${system} node`, () => {
    let lab: Lab;
    let proxy: LabProxy;
    let engine: LabEngine;
    /** A file of the mirror. */
    const index = `${paths[system][0]}/repodata/repomd.xml`;
    const manager = system === 'el7' ? 'yum' : 'dnf';
    const seen = async (command: string): Promise<string> => {
      const { code, stdout, stderr } = await lab.ssh(node, command);
      assert.equal(code, 0, `${command}: ${stdout}${stderr}`);
      return stdout;
    };
    const reaches = async (url: string): Promise<boolean> =>
      (await lab.ssh(node, `curl -fsS -m 20 -o /dev/null ${url}`)).code === 0;

    before(async () => {
      lab = await upLab({ nodes: 1, system, mirror: 'http' });
      assert.ok(await reaches(`http://198.18.88.1/${index}`), 'the mirror answers');
      proxy = await startProxy([mirror]);
      const extra = paths[system].map(
        (path, at) => `    - { id: closed-${at}, baseurl: "http://${mirror}/${path}", gpgcheck: false }\n`,
      );
      engine = startEngine(
        lab,
        clusterOf(`cluster: closed
openstack: { release: ${systems[system].openstack} }
ssh: { user: root, identity: ${lab.identity} }
nodes: { ${node}: { address: ${lab.node(node).address}, roles: [controller] } }
proxy: { http: "${proxy.url}" }
repositories:
  rdo: disabled
  source: extra
  extra:
${extra.join('')}services: { memcached: { on: controller } }
steps: [proxy, repositories, memcached]
`),
      );
    });
    after(async () => {
      await engine?.close();
      proxy?.close();
      await lab?.down();
    });

    it('takes packages through the proxy, which the node cannot get in any other way', async () => {
      for (const host of [mirror, '198.18.88.1'])
        assert.equal(await reaches(`http://${host}/${index}`), false, host);
      for (const outcome of ['changed', 'unchanged']) {
        const now = await engine.operate('run');
        assert.deepEqual(
          stepValues(now, node, 'outcome'),
          { proxy: outcome, repositories: outcome, memcached: outcome },
          JSON.stringify(stepValues(now, node, 'reasons'), null, 1),
        );
      }
      assert.match(await seen('rpm -q memcached'), /^memcached-/);
      const asked = proxy.asked().join('\n');
      for (const path of paths[system])
        assert.ok(asked.includes(`GET http://${mirror}/${path}/repodata/repomd.xml`), asked);
      assert.match(asked, /^GET http:\/\/mirror\.closed\.example\/\S+\/memcached-[^/]*\.rpm$/m);
      assert.equal(await reaches(`http://198.18.88.1/${index}`), false);
    });

    it('gives logins the proxy, with CONNECT for https, and reaches nodes directly', async () => {
      const { length } = proxy.asked();
      assert.match(
        await seen(`bash -lc 'curl -fsS -m 20 http://${mirror}/${index} -o /dev/null -w "%{http_code}"'`),
        /^200$/,
      );
      await lab.ssh(node, `bash -lc 'curl -s -m 20 -o /dev/null https://${mirror}/'`);
      await lab.ssh(node, `bash -lc 'curl -s -m 20 -o /dev/null http://${lab.node(node).address}:1/'`);
      assert.deepEqual(proxy.asked().slice(length), [
        `GET http://${mirror}/${index}`,
        `CONNECT ${mirror}:443`,
      ]);
    });

    it('has no way out after undo', async () => {
      const now = await engine.operate('undo');
      assert.equal(stepValues(now, node, 'outcome').proxy, 'changed');
      const { code } = await lab.ssh(
        node,
        `${manager} -q --repofrompath=x,http://${mirror}/${paths[system][0]} --repo=x makecache`,
      );
      assert.notEqual(code, 0);
      assert.equal(
        (await lab.ssh(node, `bash -lc 'curl -s -m 20 -o /dev/null http://${mirror}/${index}'`)).code,
        6,
      );
    });
  });
}
