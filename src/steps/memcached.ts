import { msg } from '../base/l10n.ts';
import { lines, sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';
import { packagesOf, pickPackages, serviceFunctions, serviceNodes } from './service.ts';

const packages = packagesOf('memcached', 'memcached client');

const functions = sh`sp_memcached_options() {
  sp_others=
  if [ -e /etc/sysconfig/memcached ]; then
    sp_others=$(sed -n 's/^OPTIONS="\\{0,1\\}\\([^"]*\\)"\\{0,1\\}$/\\1/p' /etc/sysconfig/memcached | sed -e 's/\\(^\\| \\)-l *[^ ]*/\\1/g' -e 's/\\(^\\| \\)--listen[= ]*[^ ]*/\\1/g' -e 's/  */ /g' -e 's/^ //' -e 's/ $//')
  fi
  sp_loop=127.0.0.1
  # Where IPv6 is off, memcached does not start with an address of it.
  if [ "$(cat /proc/sys/net/ipv6/conf/lo/disable_ipv6 2>/dev/null)" = 0 ]; then sp_loop=127.0.0.1,::1; fi
  printf '"-l %s,%s%s"' "$sp_loop" "$1" "\${sp_others:+ $sp_others}"
}
sp_memcached_answers() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/11211"; printf "version\\r\\n" >&3; read -r line <&3; case $line in VERSION*) ;; *) exit 1;; esac' "$1" 2>/dev/null
}`;

export const memcached: StepDefinition = {
  id: 'memcached',
  title: msg('memcached token cache'),
  what: msg(
    'Installs memcached and its Python client, lets it listen on the node’s address in OPTIONS of /etc/sysconfig/memcached, starts it at boot and now, and asks it for its version.',
  ),
  why: msg(
    'Keystone and the services keep their tokens in it; as installed it answers on the node itself only.',
  ),
  undo: msg(
    'Undoing puts /etc/sysconfig/memcached and the state of the service back; the packages stay. By hand: take the address out of OPTIONS and restart memcached.',
  ),
  drifts: true,
  nodes: serviceNodes('memcached'),
  impliedBy: (cluster) => cluster.services.memcached !== undefined,
  script: ({ node }) => {
    const shared = lines(serviceFunctions, functions, pickPackages(packages));
    return {
      check: sh`${shared}
sp_need_packages || return $?
sp_missing=0
sp_need_line /etc/sysconfig/memcached OPTIONS "$(sp_memcached_options ${node.address})" || sp_missing=1
sp_need_unit memcached || sp_missing=1
sp_memcached_answers ${node.address} || { sp_because service-silent memcached ${`${node.address}:11211`}; sp_missing=1; }
return $sp_missing`,
      apply: sh`${shared}
sp_install $sp_packages
sp_keep_anew memcached
sp_keep memcached /etc/sysconfig/memcached
sp_keep_unit memcached memcached
sp_set_line /etc/sysconfig/memcached OPTIONS "$(sp_memcached_options ${node.address})"
sp_start memcached
sp_t=0; until sp_memcached_answers ${node.address} || [ $sp_t -ge 10 ]; do sp_t=$((sp_t + 1)); sleep 1; done`,
      revert: sh`sp_put_back first memcached
sp_put_back_units first memcached
systemctl try-restart memcached`,
      intent: {
        packages,
        files: ['/etc/sysconfig/memcached'],
        services: { memcached: 'enabled' },
      },
    };
  },
};
