import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const cluster = clusterOf(`cluster: fence
openstack: { release: train }
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
repositories: { rdo: disabled, epel: enabled, archive: never }
steps: [repositories]
`);
const withExtra: Cluster = clusterOf(`cluster: fence
openstack: { release: train }
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
repositories: { rdo: disabled, epel: disabled, archive: never, extra: [{ id: house, baseurl: "https://repo.example/7/", gpgcheck: false, priority: 10 }] }
steps: [repositories]
`);

const rdo = '[centos-openstack-train]\nname=OpenStack\nbaseurl=file:///srv\ngpgcheck=0\n';
const shipped =
  '[epel]\nname=EPEL\nmetalink=https://mirrors.fedoraproject.org/metalink?repo=epel-7\nfailovermethod=priority\nenabled=1\n\n[epel-debuginfo]\nname=D\nenabled=0\n';
const words = 'leatherman* erlang* rabbitmq-server*';

/**
 * yum 3 for the folder's .repo files and a list of packages (`name version repository` each): supports `exclude=`, and `priority=`
 * only with the plugin, which must be installed, enabled in its own file, and not disabled by plugins=0.
 */
const yum3 = `case "$*" in *" install "*)
  for word; do last=$word; done; echo "$last" >>"$ROOT/packages"
  case $last in
    epel-release) cp "$ROOT/shipped" "$ROOT/etc/yum.repos.d/epel.repo";;
    yum-plugin-priorities) mkdir -p "$ROOT/etc/yum/pluginconf.d"; [ -e "$ROOT/etc/yum/pluginconf.d/priorities.conf" ] || printf '[main]\\nenabled = 1\\n' >"$ROOT/etc/yum/pluginconf.d/priorities.conf";;
  esac; exit 0;;
esac
echo "yum $*" >>"$ROOT/asked"
plugins=fastestmirror
if grep -qx yum-plugin-priorities "$ROOT/packages" && grep -q '^enabled *= *1' "$ROOT/etc/yum/pluginconf.d/priorities.conf"; then plugins="fastestmirror, langpacks, priorities"; fi
if grep -q '^plugins=0' "$ROOT/etc/yum.conf"; then plugins=; else echo "Loaded plugins: $plugins"; fi
if [ -e "$ROOT/no-cache" ]; then echo "Error: Cache-only enabled but no cache for 'epel'"; exit 1; fi
echo "Installed Packages"; echo "glibc.x86_64 2.17-317.el7 @base"
echo "Available Packages"
cat "$ROOT"/etc/yum.repos.d/*.repo | awk -v follow="$plugins" -v rows="$ROOT/rows" '
  /^\\[/ { id = $0; gsub(/^\\[|\\].*/, "", id); on[id] = 1; prio[id] = 99; key = ""; next }
  /^[ \\t]/ { if (key == "exclude") out[id] = out[id] " " $0; next }
  { key = $0; sub(/ *=.*/, "", key); value = $0; sub(/^[^=]*= */, "", value) }
  key == "enabled" { on[id] = value } key == "priority" { prio[id] = value } key == "exclude" { out[id] = value }
  function excluded(name, repo,  n, list, i, glob) {
    n = split(out[repo], list, /[ ,\\t]+/)
    for (i = 1; i <= n; i++) { glob = list[i]; gsub(/[.+]/, "[&]", glob); gsub(/[*]/, ".*", glob); if (list[i] != "" && name ~ "^" glob "$") return 1 }
    return 0
  }
  END {
    while ((getline line < rows) > 0) { split(line, f, " "); if (on[f[3]] && !excluded(f[1], f[3])) { k++; name[k] = f[1]; ver[k] = f[2]; repo[k] = f[3]; if (!(f[1] in best) || prio[f[3]] < best[f[1]]) best[f[1]] = prio[f[3]] } }
    for (i = 1; i <= k; i++) if (follow !~ /priorities/ || prio[repo[i]] == best[name[i]]) printf "%s.noarch\\n    %s %s\\n", name[i], ver[i], repo[i]
  }'`;

const rpm = `case "$1 $*" in "-q "*) for word; do last=$word; done; grep -qxF "$last" "$ROOT/packages";; esac`;

for (const shell of nodeShells) {
  describe(`EPEL next to RDO under ${shell}`, () => {
    let folder: NodeFolder;
    const epel = () => folder.read('/etc/yum.repos.d/epel.repo') ?? '';
    const place = (text: string) => folder.put('/etc/yum.repos.d/epel.repo', text);
    const start = (system: 'el7' | 'el9' = 'el7') => {
      folder?.remove();
      folder = new NodeFolder(shell, system);
      folder.put('/packages', 'epel-release\n');
      folder.put('/shipped', shipped);
      folder.put('/etc/yum.conf', '[main]\ngpgcheck=1\nplugins=1\n');
      folder.put('/etc/yum.repos.d/CentOS-OpenStack.repo', rdo);
      folder.put(
        '/rows',
        [
          'leatherman 1.3.0-9.el7 centos-openstack-train',
          'leatherman 1.10.0-1.el7 epel',
          'crudini 0.9-2.el7 centos-openstack-train',
          'crudini 0.9.3-1.el7 epel',
          'htop 2.2.0-3.el7 epel',
        ].join('\n'),
      );
      folder.program('rpm', rpm);
      folder.program('uname', 'echo x86_64');
      folder.program('yum', yum3);
      if (system !== 'el7') folder.program('dnf', 'echo "dnf $*" >>"$ROOT/asked"');
    };
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      start();
    });
    afterEach(() => folder?.remove());
    const run = () => folder.run(cluster, 'repositories');
    const changed = () => {
      const result = run();
      assert.equal(result.outcome, 'changed', result.log + result.reasons);
      assert.equal(run().outcome, 'unchanged');
    };

    it('is restricted on EL7 by the yum plugin for priorities and by excludes', () => {
      place(shipped);
      assert.deepEqual(folder.probe(cluster, 'repositories').reasons, ['epel-not-fenced', 'package-missing']);
      changed();
      assert.equal(epel(), shipped.replace('[epel]\n', `[epel]\nexclude=${words}\npriority=100\n`));
      assert.match(folder.read('/packages') ?? '', /^yum-plugin-priorities$/m);
    });

    it('does not count as restricted by a priority that yum ignores', () => {
      place(shipped.replace('[epel]\n', `[epel]\npriority=100\nexclude=${words}\n`));
      assert.deepEqual(folder.probe(cluster, 'repositories').reasons, ['package-missing']);
      changed();
    });

    for (const [what, file, text] of [
      ['its own file says enabled = 0', '/etc/yum/pluginconf.d/priorities.conf', '[main]\nenabled = 0\n'],
      ['yum.conf says plugins=0', '/etc/yum.conf', '[main]\nplugins=0\n'],
    ] as const)
      it(`gets the plugin enabled if ${what}, and undo restores the setting`, () => {
        place(shipped);
        changed();
        folder.put(file, text);
        const { state, reasons } = folder.probe(cluster, 'repositories');
        assert.deepEqual([state, reasons], ['drifted', ['priorities-not-loaded']]);
        const before = folder.read(file);
        changed();
        assert.equal(folder.undo(cluster, 'repositories').outcome, 'changed');
        assert.equal(folder.read(file), before);
      });

    it('does not count as restricted while yum still offers packages of another repository from it', () => {
      place(shipped);
      changed();
      // The plugin compares names with enabled repositories of another priority.
      folder.put('/etc/yum.repos.d/CentOS-OpenStack.repo', rdo.replace('name=', 'priority=100\nname='));
      const { reasons, markers } = folder.probe(cluster, 'repositories');
      assert.deepEqual(reasons, ['epel-offers']);
      assert.ok(markers.some((marker) => marker.type === 'because' && marker.reason.args[0] === 'crudini'));
    });

    it('is checked by its files alone if yum has no cache yet', () => {
      place(shipped);
      changed();
      folder.put('/no-cache', '');
      assert.equal(folder.probe(cluster, 'repositories').state, 'done');
    });

    it('is restricted before the plugin is installed, and no package is installed from it', () => {
      folder.put('/packages', '');
      changed();
      assert.match(epel(), new RegExp(`^exclude=${words.replaceAll('*', '\\*')}$`, 'm'));
    });

    it('keeps the excludes of the user in every format', () => {
      for (const [before, after] of [
        ['exclude=ceph* python3-saml\n nginx*\n', `exclude=ceph* python3-saml ${words}\n nginx*\n`],
        ['exclude = ceph*,erlang*\n', `exclude = ceph*,erlang* leatherman* rabbitmq-server*\n`],
        ['Exclude: ceph*\r\n', `Exclude: ceph* ${words}\r\n`],
        ['exclude=\n', `exclude=${words}\n`],
        ['exclude=one\nexclude=two\n', `exclude=one\nexclude=two ${words}\n`],
        [
          'exclude=\n  ceph*\n#  a remark\n  zabbix*\n',
          `exclude=${words}\n  ceph*\n#  a remark\n  zabbix*\n`,
        ],
        [`exclude=x ${words}\n`, `exclude=x ${words}\n`],
      ] as const) {
        start();
        place(shipped.replace('enabled=1\n', `enabled=1\nexcludepkgs=zabbix*\n${before}`));
        assert.equal(run().outcome, 'changed');
        assert.equal(
          epel(),
          shipped
            .replace('[epel]\n', '[epel]\npriority=100\n')
            .replace('enabled=1\n', `enabled=1\nexcludepkgs=zabbix*\n${after}`),
        );
        assert.equal(folder.undo(cluster, 'repositories').outcome, 'changed');
        assert.equal(epel(), shipped.replace('enabled=1\n', `enabled=1\nexcludepkgs=zabbix*\n${before}`));
      }
    });

    it('loses on undo only what Stackprep wrote, if the user has changed the file since', () => {
      place(shipped.replace('enabled=1\n', 'enabled=0\nexclude=ceph* erlang*\n nginx*\n'));
      changed();
      place(epel().replace('nginx*', 'nginx* mine*').replace('name=EPEL', 'name=Mine'));
      const result = folder.undo(cluster, 'repositories');
      assert.deepEqual([result.outcome, result.notices], ['changed', ['partly-reverted']]);
      assert.equal(
        epel(),
        shipped
          .replace('enabled=1\n', 'enabled=0\nexclude=ceph* erlang*\n nginx* mine*\n')
          .replace('name=EPEL', 'name=Mine'),
      );
    });

    it('loses on undo the line that Stackprep added, and keeps a priority that the user set since', () => {
      place(shipped);
      changed();
      place(epel().replace('priority=100', 'priority=90').replace(words, `${words} own`));
      assert.deepEqual(folder.undo(cluster, 'repositories').notices, [
        'partly-reverted',
        'edited-lines-stay',
      ]);
      assert.equal(epel(), shipped.replace('[epel]\n', '[epel]\nexclude=own\npriority=90\n'));
    });

    it('is restricted in each of its enabled repositories', () => {
      place(`${shipped}\n[epel-testing]\nname=T\nenabled=1\n`);
      changed();
      assert.match(epel(), /\[epel-testing\]\nexclude=leatherman\* .*\npriority=100\nname=T/);
      assert.doesNotMatch(epel(), /\[epel-debuginfo\]\n(exclude|priority)/);
    });

    it('is restricted on EL9 by priority, which dnf follows without a plugin, and keeps the excludes of the user', () => {
      start('el9');
      // The path of the key is absolute, so it must point into the folder.
      const theirs = readFileSync(
        new URL('../cases/conf/epel-9-own-exclude.repo', import.meta.url),
        'utf8',
      ).replace('file:///etc', `file://${folder.root}/etc`);
      folder.put('/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-9', 'key\n');
      place(theirs);
      changed();
      assert.equal(
        epel(),
        theirs
          .replace('[epel]\n', '[epel]\npriority=100\n')
          .replace('exclude=ceph* python3-saml\n nginx*\n', `exclude=ceph* python3-saml ${words}\n nginx*\n`),
      );
      assert.doesNotMatch(folder.read('/packages') ?? '', /priorities/);
      assert.equal(folder.undo(cluster, 'repositories').outcome, 'changed');
      assert.equal(epel(), theirs);
    });

    it('does not make the priority of an extra repository count as done while yum ignores it', () => {
      folder.put('/packages', '');
      assert.equal(folder.run(withExtra, 'repositories').outcome, 'changed');
      folder.put('/etc/yum/pluginconf.d/priorities.conf', '[main]\nenabled=0\n');
      assert.deepEqual(folder.probe(withExtra, 'repositories').reasons, ['priorities-not-loaded']);
    });
  });
}
