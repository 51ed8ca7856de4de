import type { WorldCase } from '../case.ts';
import { never, refused, works } from '../expect.ts';

/** An ssh config of these lines. */
function config(...lines: readonly string[]): string {
  return `cat >.ssh/config <<'CONFIG'\n${lines.join('\n')}\nCONFIG`;
}
const noKnownHosts = 'rm .ssh/known_hosts; ';
const known = '/root/.ssh/known_hosts';
const hostKey = `$(cut -d' ' -f1,2 "$KEYS/ssh_host_ed25519_key.pub")`;

function set(
  name: string,
  lines: readonly string[],
  expect: WorldCase['expect'],
  more: Partial<WorldCase> = {},
): WorldCase {
  return { name, client: config(...lines), expect, ...more };
}
/** The server offers this only, in one kind of algorithm. */
const oldHostKey = { sshd: ['HostKey /etc/ssh/ssh_host_rsa_key', 'HostKeyAlgorithms ssh-rsa'] };
const trustRsa = `; printf '10.9.0.2 %s\\n' "$(cut -d' ' -f1,2 "$KEYS/ssh_host_rsa_key.pub")" >>.ssh/known_hosts; sed -i '/10.9.0.2 ssh-ed/d' .ssh/known_hosts`;

export const configCases: readonly WorldCase[] = [
  set('An option that this OpenSSH does not know is told with its file and line.', ['UseKeychain yes'], {
    ...refused('/root/.ssh/config', 'line 1', 'usekeychain'),
    code: 3,
    logins: 0,
  }),
  {
    name: 'An ssh config that others can write to is told in the words of ssh.',
    client: `${config('User root')}
chmod 666 .ssh/config`,
    expect: { ...refused('Bad owner or permissions on /root/.ssh/config'), code: 3, logins: 0 },
  },
  set('A Match exec that waits is named.', ['Match exec "sleep 1000"', '  User root'], {
    ...refused('took longer than 10 seconds', 'Match exec'),
    code: 3,
    logins: 0,
  }),
  set('A Match exec that fails has no effect.', ['Match exec "false"', '  User nobody'], works),
  set(
    'The user of the config counts if the cluster file has none.',
    ['Host 10.9.0.2', '  User root', 'Host *', '  User nobody'],
    works,
    { login: 'host: 10.9.0.2' },
  ),
  set('A file that is included counts.', ['Include conf.d/*', 'Host *', '  User nobody'], works, {
    login: 'host: 10.9.0.2',
    client: `mkdir .ssh/conf.d; echo 'User root' >.ssh/conf.d/a; ${config('Include conf.d/*')}`,
  }),
  set(
    'Connections that are shared and other conveniences of ssh are no obstacle.',
    [
      'ControlMaster auto',
      'ControlPath ~/.ssh/%C',
      'ControlPersist 60',
      'RequestTTY force',
      'Compression yes',
      'ForwardX11 yes',
      'LocalForward 8080 localhost:80',
      'SendEnv LANG',
      'VisualHostKey yes',
      'EscapeChar none',
      'LogLevel DEBUG3',
      'ForkAfterAuthentication yes',
      'StdinNull yes',
      'SessionType none',
      'TCPKeepAlive no',
      'HashKnownHosts yes',
      'BatchMode yes',
      'NumberOfPasswordPrompts 1',
      'IPQoS none',
      'RekeyLimit 1M 1m',
      'StreamLocalBindUnlink yes',
      'Tunnel no',
      'ExitOnForwardFailure yes',
      'ClearAllForwardings yes',
      'PermitLocalCommand yes',
      'LocalCommand touch /root/local',
      'RemoteCommand uptime',
      'SetEnv A=B',
      'UpdateHostKeys yes',
      'VerifyHostKeyDNS no',
      'XAuthLocation /usr/bin/xauth',
      'SyslogFacility USER',
    ],
    works,
  ),
  set(
    'A strict check of host keys refuses an unknown one.',
    ['StrictHostKeyChecking yes'],
    { ...refused('StrictHostKeyChecking yes'), code: 3 },
    { client: `${noKnownHosts}${config('StrictHostKeyChecking yes')}` },
  ),
  {
    name: 'An unknown host key and no terminal are refused with the key.',
    client: noKnownHosts,
    expect: {
      code: 3,
      says: ['its host key was not accepted', 'SHA256:'],
      never: [...never, '130'],
      logins: 0,
    },
  },
  {
    name: 'An unknown host key is saved with accept-new, and the second run knows it.',
    client: `${noKnownHosts}${config('StrictHostKeyChecking accept-new')}`,
    expect: works,
  },
  {
    name: 'A changed host key is refused with accept-new.',
    client: `sed -i "s|^10.9.0.2 .*|10.9.0.2 $(cut -d' ' -f1,2 .ssh/id_ed25519.pub)|" .ssh/known_hosts; ${config('StrictHostKeyChecking accept-new')}`,
    expect: { ...refused('its host key has changed'), logins: 0 },
  },
  {
    name: 'A changed host key is refused with StrictHostKeyChecking no.',
    client: `sed -i "s|^10.9.0.2 .*|10.9.0.2 $(cut -d' ' -f1,2 .ssh/id_ed25519.pub)|" .ssh/known_hosts; ${config('StrictHostKeyChecking no')}`,
    expect: { ...refused('its host key has changed'), logins: 0 },
  },
  {
    name: 'Names of hosts that are hashed count.',
    client: 'ssh-keygen -q -H -f .ssh/known_hosts; rm .ssh/known_hosts.old',
    expect: works,
  },
  {
    name: 'A command that prints known hosts counts.',
    client: `cat .ssh/known_hosts >/root/hosts; ${noKnownHosts}${config('KnownHostsCommand /bin/cat /root/hosts')}`,
    expect: works,
  },
  {
    name: 'A command that prints known hosts with tokens counts.',
    client: `${noKnownHosts}${config('KnownHostsCommand /root/known %H %t %K')}
printf '#!/bin/sh\\necho "$1 $2 $3"\\n' >known; chmod 755 known`,
    expect: works,
  },
  {
    name: 'A command that prints no known hosts is no trust.',
    client: `${noKnownHosts}${config('KnownHostsCommand /bin/false')}`,
    expect: { code: 3, says: ['KnownHostsCommand in your ssh config failed'], logins: 0 },
  },
  {
    name: 'A list of revoked keys refuses the host.',
    client: `cut -d' ' -f1,2 "$KEYS/ssh_host_ed25519_key.pub" >revoked; ${config('Host 10.9.0.2', '  RevokedHostKeys /root/revoked')}`,
    expect: { ...refused('is revoked by /root/revoked'), logins: 0 },
  },
  {
    name: 'A binary list of revoked keys refuses the host.',
    client: `ssh-keygen -q -k -f krl "$KEYS/ssh_host_ed25519_key.pub"; ${config('Host 10.9.0.2', '  RevokedHostKeys /root/krl')}`,
    expect: { ...refused('is revoked by /root/krl'), logins: 0 },
  },
  set(
    'A list of revoked keys that cannot be read refuses the host.',
    ['Host 10.9.0.2', '  RevokedHostKeys /root/nosuch'],
    { ...refused("can't check whether its host key is revoked"), logins: 0 },
  ),
  {
    name: 'A revoked key in known_hosts refuses the host.',
    client: `printf '@revoked 10.9.0.2 %s\\n' "${hostKey}" >>.ssh/known_hosts`,
    expect: { ...refused('its host key is revoked by /root/.ssh/known_hosts line'), logins: 0 },
  },
  {
    name: 'A certificate of the host that is the only trust is named.',
    setup: 'ssh-keygen -q -s /srv/keys/ca -h -I sick -n 10.9.0.2 /etc/ssh/ssh_host_ed25519_key.pub',
    sshd: ['HostCertificate /etc/ssh/ssh_host_ed25519_key-cert.pub'],
    client: `sed -i "s|^10.9.0.2 .*|@cert-authority 10.9.0.2 $(cut -d' ' -f1,2 "$KEYS/ca.pub")|" .ssh/known_hosts`,
    expect: { ...refused('host certificates are not supported'), logins: 0 },
  },
  {
    name: 'An old server with SHA-1 signatures works if the config allows them.',
    ...oldHostKey,
    client: `${config('HostKeyAlgorithms +ssh-rsa')}
:${trustRsa}`,
    expect: works,
  },
  {
    name: 'An old server with SHA-1 signatures is named with both lists.',
    ...oldHostKey,
    client: `:${trustRsa}`,
    expect: { ...refused('ssh-rsa', 'HostKeyAlgorithms'), logins: 0 },
  },
  {
    name: 'An old key exchange works if the config allows it.',
    sshd: ['KexAlgorithms diffie-hellman-group14-sha1'],
    client: config('KexAlgorithms +diffie-hellman-group14-sha1'),
    expect: works,
  },
  {
    name: 'An old key exchange is named with both lists.',
    sshd: ['KexAlgorithms diffie-hellman-group1-sha1'],
    expect: { ...refused('diffie-hellman-group1-sha1', 'KexAlgorithms'), logins: 0 },
  },
  {
    name: 'An old cipher works if the config allows it.',
    sshd: ['Ciphers aes128-cbc'],
    client: config('Ciphers +aes128-cbc'),
    expect: works,
  },
  {
    name: 'An old cipher is named with both lists.',
    sshd: ['Ciphers 3des-cbc'],
    expect: { ...refused('3des-cbc', 'Ciphers'), logins: 0 },
  },
  {
    name: 'An old MAC is named or works.',
    sshd: ['Ciphers aes128-ctr', 'MACs hmac-sha1'],
    client: config('MACs ^hmac-sha1'),
    expect: works,
  },
  {
    name: 'Algorithms that the config does not allow are not used.',
    client: config('Host 10.9.0.2', 'MACs umac-64@openssh.com'),
    expect: { ...refused('MACs in your ssh config allows no algorithm that Stackprep has'), logins: 0 },
  },
  {
    name: 'Group exchange alone works.',
    sshd: ['KexAlgorithms diffie-hellman-group-exchange-sha256'],
    expect: works,
  },
  {
    name: 'A signature for logins that the config does not allow is not used.',
    client: `rm .ssh/id_ed25519*; cp "$KEYS/id_rsa" .ssh/; ${config('PubkeyAcceptedAlgorithms rsa-sha2-512')}`,
    expect: works,
  },
  set(
    'The address family of the config counts.',
    ['Host 10.9.0.2', 'AddressFamily inet6'],
    refused('sick', 'AddressFamily'),
  ),
  set('The address to bind to counts.', ['Host 10.9.0.2', 'BindAddress 10.9.0.7'], works, {
    after: 'grep -q "Connection from 10.9.0.7 " "$WORLD/sick/log/sshd.log"',
  }),
  set('An address to bind to that is not here is named.', ['Host 10.9.0.2', 'BindAddress 198.51.100.9'], {
    ...refused('sick', 'BindAddress', '198.51.100.9'),
    logins: 0,
  }),
  set(
    'A ProxyCommand works.',
    [
      'Host 10.9.0.2',
      `ProxyCommand python3 -c "import socket,sys,threading,os;s=socket.create_connection(('%h',%p));threading.Thread(target=lambda:[os.write(1,d) for d in iter(lambda:s.recv(9999),b'')] and os._exit(0),daemon=True).start();[s.sendall(d) for d in iter(lambda:os.read(0,9999),b'')]"`,
    ],
    { ...works, logins: 2 },
  ),
  set(
    'A ProxyCommand that fails is quoted.',
    ['Host 10.9.0.2', 'ProxyCommand sh -c "echo gateway is down >&2; exit 3"'],
    { ...refused('the ProxyCommand in your ssh config', 'gateway is down'), logins: 0 },
  ),
  set('A ProxyCommand that is not there is quoted.', ['Host 10.9.0.2', 'ProxyCommand /nosuch %h %p'], {
    ...refused('the ProxyCommand in your ssh config', '/nosuch'),
    logins: 0,
  }),
  set(
    'A ProxyCommand that says nothing is named after ConnectTimeout.',
    ['Host 10.9.0.2', 'ConnectTimeout 3', 'ProxyCommand sleep 1000'],
    {
      ...refused('the ProxyCommand in your ssh config did not reach an SSH server within 3 seconds'),
      logins: 0,
    },
  ),
  set(
    'A ProxyCommand that passes a descriptor is named.',
    ['Host 10.9.0.2', 'ProxyCommand /bin/true', 'ProxyUseFdpass yes'],
    { ...refused('ProxyUseFdpass'), logins: 0 },
  ),
  set(
    'The identities of the config count, with tokens.',
    ['IdentityFile ~/keys/%r-%h-%p', 'IdentitiesOnly yes'],
    works,
    {
      client: `mkdir keys; cp .ssh/id_ed25519 keys/root-10.9.0.2-22; mv .ssh/id_ed25519 keys/root-10.9.0.3-22; ${config('IdentityFile ~/keys/%r-%h-%p', 'IdentitiesOnly yes')}`,
    },
  ),
  set('The tokens of the computer count.', [], works, {
    client: `mkdir keys; mv .ssh/id_ed25519 "keys/$(id -u)-$(id -un)"; ${config('IdentityFile %d/keys/%i-%u')}`,
  }),
  set('A key of the host has the name of its alias.', [], works, {
    client: `sed -i 's/^10.9.0.2/other/' .ssh/known_hosts; ${config('Host 10.9.0.2', 'HostKeyAlias other')}`,
  }),
  set(
    'A login by Kerberos that the config wants is named when the login fails.',
    ['GSSAPIAuthentication yes', 'PreferredAuthentications gssapi-with-mic'],
    {
      ...refused('your ssh config forbids this connection: it allows none of the methods'),
      code: 3,
      logins: 0,
    },
    { setup: 'rm /root/.ssh/authorized_keys' },
  ),
  set(
    'A key provider that is not followed is named when the login fails.',
    ['PKCS11Provider /usr/lib/opensc.so', 'Host 10.9.0.2'],
    refused('login of root failed', 'PKCS11Provider'),
    { setup: 'rm /root/.ssh/authorized_keys' },
  ),
  set(
    'Host-based authentication is named when the login fails.',
    ['HostbasedAuthentication yes', 'Host 10.9.0.2'],
    refused('login of root failed', 'HostbasedAuthentication'),
    { setup: 'rm /root/.ssh/authorized_keys' },
  ),
  set('A port of the config counts.', ['Host 10.9.0.2', 'Port 2222'], works, {
    sshd: ['ListenAddress 10.9.0.2:2222'],
    login: 'host: 10.9.0.2',
    client: `sed -i 's/^10.9.0.2/[10.9.0.2]:2222/' .ssh/known_hosts; ${config('User root', 'Host 10.9.0.2', 'Port 2222')}`,
  }),
  set(
    'ServerAliveInterval and ServerAliveCountMax count.',
    ['ServerAliveInterval 1', 'ServerAliveCountMax 2'],
    works,
  ),
  {
    name: 'A known_hosts file with bad lines counts as far as it can be read.',
    client: `printf 'rubbish\\n10.9.0.2 ssh-ed25519 AAAAbroken\\n' | cat - ${known} >x; mv x ${known}`,
    expect: works,
  },
];
