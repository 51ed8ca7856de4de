import type { WorldCase } from '../case.ts';
import { refused } from '../expect.ts';

const login = 'user: root, port: 2201';
const peer = (mode: string) => `exec python3 "$WORLD/product/test/ssh-worlds/peer.py" ${mode} 2201`;
const config = (...lines: readonly string[]) =>
  `printf '%s\\n' 'Host *' ${lines.map((line) => `'${line}'`).join(' ')} >.ssh/config`;

function peerCase(mode: string, name: string, ...says: readonly (string | RegExp)[]): WorldCase {
  return { name, login, beside: peer(mode), expect: { ...refused(...says), logins: 0 } };
}

const soon = config('ConnectTimeout 3');

export const peerCases: readonly WorldCase[] = [
  peerCase(
    'http',
    'A web server is not an SSH server.',
    'sick (10.9.0.2:2201) is not an SSH server.',
    'HTTP/1.1 400 Bad Request',
  ),
  peerCase(
    'ftp',
    'An FTP server is not an SSH server.',
    'is not an SSH server.',
    '220 ProFTPD Server ready.',
  ),
  peerCase('smtp', 'A mail server is not an SSH server.', 'is not an SSH server.', 'ESMTP Postfix'),
  peerCase('binary', 'A peer that sends other bytes is not an SSH server.', 'sick (10.9.0.2:2201)'),
  peerCase('ssh1', 'A server of protocol 1 is named.', 'sick (10.9.0.2:2201)', 'SSH-1.5-OldServer'),
  peerCase(
    'penalty',
    'A penalty of sshd is named.',
    'temporarily refuses connections from this computer.',
    'PerSourcePenalties',
  ),
  peerCase(
    'startups',
    'A full sshd is named.',
    'closed the connection during the SSH handshake',
    'MaxStartups',
  ),
  peerCase(
    'wrapped',
    'A peer that closes at once is named.',
    'closed the connection during the SSH handshake',
  ),
  peerCase(
    'reset',
    'A peer that resets the connection is named.',
    'closed the connection during the SSH handshake',
    'ECONNRESET',
  ),
  {
    ...peerCase('noise', 'A peer that sends a line without end is named.', 'sick (10.9.0.2:2201)'),
    client: soon,
  },
  {
    ...peerCase(
      'silent',
      'A peer that says nothing is named after ConnectTimeout.',
      'accepted the connection but sent no SSH identification within 3 seconds.',
    ),
    client: soon,
  },
  {
    ...peerCase(
      'banner-only',
      'A peer that sends a greeting only is quoted after ConnectTimeout.',
      'sent no SSH identification within 3 seconds.',
      'Please wait',
    ),
    client: soon,
  },
  { ...peerCase('telnet', 'A telnet server is named.', 'sick (10.9.0.2:2201)', 'login:'), client: soon },
  {
    ...peerCase(
      'drip',
      'A peer that sends a byte a second is named after ConnectTimeout.',
      'sent no SSH identification within 3 seconds.',
    ),
    client: soon,
  },
  {
    ...peerCase(
      'identified',
      'A peer that stops in the key exchange is named after ConnectTimeout.',
      'stopped answering during the key exchange (waited 3 seconds).',
    ),
    client: soon,
  },
  {
    ...peerCase(
      'full',
      'A peer that answers no connection is named after ConnectTimeout.',
      'did not answer within 3 seconds.',
    ),
    client: soon,
  },
  {
    ...peerCase(
      'silent',
      'A peer that says nothing is named after a minute without ConnectTimeout.',
      'sent no SSH identification within 60 seconds.',
    ),
    isLong: true,
    expect: { ...refused('within 60 seconds.'), withinS: 190 },
  },
  {
    name: 'A closed port is named.',
    login,
    expect: refused('sick (10.9.0.2:2201) refuses SSH connections.'),
  },
  {
    name: 'An address without a route is named.',
    login: 'user: root, host: 198.51.100.7',
    expect: refused('sick (198.51.100.7:22) is unreachable.'),
  },
  {
    name: 'An unknown name is named.',
    login: 'user: root, host: nosuch.invalid',
    expect: refused("the host name can't be resolved."),
  },
];
