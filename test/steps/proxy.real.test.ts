import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const cluster = clusterOf(`cluster: proxy
nodes: { ctl1.example.com: { address: 10.20.0.11, roles: [controller] }, ctl2: { address: 10.20.0.12, roles: [controller] } }
vip: { address: 10.20.0.10, name: api.example.com }
proxy: { http: "http://proxy.example.com:3128", https: "http://proxy.example.com:3129", no-proxy: [10.20.0.0/16] }
steps: [proxy]
`);

const profile = '/etc/profile.d/stackprep-proxy.sh';

for (const shell of nodeShells) {
  describe(`The step proxy under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell, 'el9');
      folder.put('/etc/dnf/dnf.conf', '[main]\ngpgcheck=1\nbest=True\n');
    });
    afterEach(() => folder?.remove());

    it('sets the proxy of dnf, of pip and of logins, only once', () => {
      assert.deepEqual(folder.probe(cluster, 'proxy').reasons, [
        'setting-missing',
        'setting-missing',
        'file-missing',
      ]);
      const result = folder.run(cluster, 'proxy');
      assert.equal(result.outcome, 'changed', result.log);
      const url = 'http://proxy.example.com:3128';
      assert.equal(folder.read('/etc/dnf/dnf.conf'), `[main]\nproxy=${url}\ngpgcheck=1\nbest=True\n`);
      assert.equal(folder.read('/etc/pip.conf'), `[global]\nproxy=${url}\n`);
      assert.equal(folder.run(cluster, 'proxy').outcome, 'unchanged');
    });

    it('adds its section below a file whose last line has no end, and takes it back', () => {
      const own = '[install]\nuser = true';
      folder.put('/etc/pip.conf', own);
      assert.equal(folder.run(cluster, 'proxy').outcome, 'changed');
      assert.equal(folder.read('/etc/pip.conf'), `${own}\n[global]\nproxy=http://proxy.example.com:3128\n`);
      assert.equal(folder.run(cluster, 'proxy').outcome, 'unchanged');
      assert.equal(folder.undo(cluster, 'proxy').outcome, 'changed');
      assert.equal(folder.read('/etc/pip.conf'), own);
    });

    it('gives a login the proxies, and reaches the nodes and the virtual address directly', () => {
      assert.equal(folder.run(cluster, 'proxy').outcome, 'changed');
      const text = folder.read(profile) ?? '';
      const shown = spawnSync(
        'sh',
        ['-c', `${text}\nprintf '%s\\n' "$http_proxy" "$HTTPS_PROXY" "$no_proxy"`],
        {
          encoding: 'utf8',
        },
      );
      const [http, https, direct = ''] = shown.stdout.split('\n');
      assert.deepEqual([http, https], ['http://proxy.example.com:3128', 'http://proxy.example.com:3129']);
      const names = direct.split(',');
      for (const name of ['localhost', '10.20.0.0/16', '10.20.0.10', 'api.example.com', '10.20.0.12', 'ctl1'])
        assert.ok(names.includes(name), `${name} in ${direct}`);
    });

    it('reports drift when a line of the proxy is changed, and sets it again', () => {
      folder.run(cluster, 'proxy');
      folder.put('/etc/dnf/dnf.conf', '[main]\nproxy=http://other.example.com:1\n');
      assert.equal(folder.probe(cluster, 'proxy').state, 'drifted');
      assert.equal(folder.run(cluster, 'proxy').outcome, 'changed');
      assert.match(folder.read('/etc/dnf/dnf.conf') ?? '', /^proxy=http:\/\/proxy\.example\.com:3128$/m);
    });

    it('takes its lines back on undo and keeps later ones', () => {
      folder.put('/etc/pip.conf', '[global]\ntimeout = 60\n');
      folder.run(cluster, 'proxy');
      folder.put('/etc/pip.conf', `${folder.read('/etc/pip.conf')}index-url = http://mirror.lan/pypi\n`);
      assert.equal(folder.undo(cluster, 'proxy').outcome, 'changed');
      assert.equal(folder.read('/etc/dnf/dnf.conf'), '[main]\ngpgcheck=1\nbest=True\n');
      assert.equal(
        folder.read('/etc/pip.conf'),
        '[global]\ntimeout = 60\nindex-url = http://mirror.lan/pypi\n',
      );
      assert.equal(folder.read(profile), undefined);
    });
  });
}
