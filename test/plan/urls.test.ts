import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { neededUrls } from '../../src/plan/urls.ts';
import { clusterOf } from '../support/clusters.ts';

const urlsOf = (text: string) =>
  Object.fromEntries(
    neededUrls(clusterOf(`cluster: urls\n${text}`), {}).map(({ url, why, nodes }) => [
      url,
      `${english(why)}: ${nodes.join(' ')}`,
    ]),
  );

describe('The URLs that the nodes need', () => {
  it('are those of each system, of its archive, and of RDO', () => {
    assert.deepEqual(
      urlsOf(`openstack: { release: train }
nodes:
  c1: { address: 10.0.0.1, roles: [controller], os: centos-7 }
  n1: { address: 10.0.0.2, roles: [compute], os: centos-stream-8 }
`),
      {
        'https://vault.centos.org/7.9.2009/': 'archive of CentOS Linux 7: c1',
        'https://vault.centos.org/8-stream/': 'archive of CentOS Stream 8: n1',
      },
    );
    assert.deepEqual(
      urlsOf(`openstack: { release: epoxy }
repositories: { epel: enabled }
nodes:
  c1: { address: 10.0.0.1, roles: [controller], os: rocky-9 }
  n1: { address: 10.0.0.2, roles: [compute], os: rhel-9 }
`),
      {
        'https://mirrors.rockylinux.org/mirrorlist':
          'mirrors of Rocky Linux 9, and the mirrors that it names: c1',
        'https://mirrors.fedoraproject.org/metalink': 'EPEL and its mirrors: c1 n1',
        'https://mirrors.centos.org/metalink': 'mirrors of RDO, and the mirrors that it names: c1',
        'https://cdn.redhat.com/': 'repositories of RHEL 9: n1',
        'https://trunk.rdoproject.org/rdo_release/openstack-epoxy/rdo-release-epoxy.el9s.rpm':
          'release package of RDO: n1',
      },
    );
  });

  it('are the proxy, the mirrors and keys of the file only, where these are the source, and those of custom steps', () => {
    assert.deepEqual(
      urlsOf(`openstack: { release: epoxy }
proxy: { http: "http://proxy.lan:3128" }
nodes: { c1: { address: 10.0.0.1, roles: [controller] } }
system: { os: centos-stream-9 }
repositories:
  rdo: disabled
  source: extra
  extra:
    - { id: base, baseurl: [http://a.lan/base, http://b.lan/base], gpgkey: "http://a.lan/key file:///etc/pki/key" }
    - { id: list, mirrorlist: "http://a.lan/list", gpgcheck: false }
    - { id: off, metalink: "http://a.lan/off", gpgcheck: false, enabled: false }
steps:
  - repositories
  - { name: get, run: "curl -fsSo /etc/x 'https://me:word@files.lan/x?y=1'; echo done" }
`),
      {
        'http://proxy.lan:3128': 'proxy for all of these: c1',
        'http://a.lan/base': 'repository base: c1',
        'http://b.lan/base': 'repository base: c1',
        'http://a.lan/key': 'key of base: c1',
        'http://a.lan/list': 'repository list: c1',
        'https://files.lan/x?y=1': 'step get: c1',
      },
    );
  });

  it('are the Satellite and the archive that the file names', () => {
    assert.deepEqual(
      Object.keys(
        urlsOf(`openstack: { release: yoga }
repositories: { archive: "http://mirror.lan/centos" }
nodes: { c1: { address: 10.0.0.1, roles: [controller] } }
system: { os: centos-stream-8 }
`),
      ),
      ['http://mirror.lan/centos'],
    );
    assert.deepEqual(
      Object.keys(
        urlsOf(`openstack: { release: epoxy }
repositories: { source: satellite, rdo: disabled }
nodes: { c1: { address: 10.0.0.1, roles: [controller] } }
system: { os: rhel-9 }
steps: [repositories]
`),
      ),
      ['https://SATELLITE/'],
    );
  });
});
