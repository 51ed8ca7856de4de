import type { WorldCase } from '../case.ts';
import { refused, works } from '../expect.ts';

const agent = (script: string) => `socket=/root/agent.sock
${script}`;
const fakeAgent = (mode: string) =>
  `exec python3 "$WORLD/product/test/ssh-worlds/agent.py" ${mode} /root/agent.sock "$(cut -d' ' -f2 /root/.ssh/id_ed25519.pub)"`;
const env = { SSH_AUTH_SOCK: '/root/agent.sock' };
/** A real agent with the key, whose file is removed. */
const realAgent = agent(
  'ssh-agent -a $socket >/dev/null; SSH_AUTH_SOCK=$socket ssh-add -q .ssh/id_ed25519; rm .ssh/id_ed25519*',
);
const locked = `ssh-keygen -q -a 2 -p -N 'open sesame' -f .ssh/id_ed25519`;

const ca = 'cp /srv/keys/ca.pub /etc/ssh/ca.pub; rm /root/.ssh/authorized_keys';

/** A node that accepts certificates only. */
function certified(name: string) {
  return { name, setup: ca, sshd: ['TrustedUserCAKeys /etc/ssh/ca.pub'] };
}

export const keyCases: readonly WorldCase[] = [
  { name: 'An agent with the key works.', client: realAgent, env, expect: works },
  {
    name: 'An agent that never answers does not keep the process.',
    beside: fakeAgent('silent'),
    env,
    expect: works,
  },
  {
    name: 'An agent that lists keys and never signs is named.',
    beside: fakeAgent('never-signs'),
    client: 'rm .ssh/id_ed25519',
    env,
    isLong: true,
    expect: {
      ...refused('login of root failed', 'the agent did not answer within 60 seconds'),
      code: 3,
      withinS: 190,
    },
  },
  {
    name: 'An agent that refuses to sign is named.',
    beside: fakeAgent('refuses'),
    client: 'rm .ssh/id_ed25519',
    env,
    expect: { ...refused('login of root failed', 'no signature'), code: 3 },
  },
  {
    name: 'An agent that closes the connection is no obstacle.',
    beside: fakeAgent('closes'),
    env,
    expect: works,
  },
  { name: 'An agent that sends garbage is no obstacle.', beside: fakeAgent('garbage'), env, expect: works },
  {
    name: 'An agent that announces four gigabytes is no obstacle.',
    beside: fakeAgent('huge'),
    env,
    expect: works,
  },
  {
    name: 'A socket that an agent left behind is no obstacle.',
    client: 'touch agent.sock',
    env,
    expect: works,
  },
  {
    name: 'An agent with ten other keys leads to the advice to name the key.',
    client: agent(
      'ssh-agent -a $socket >/dev/null; for i in 0 1 2 3 4 5 6 7 8 9; do ssh-keygen -q -N "" -f k$i; SSH_AUTH_SOCK=$socket ssh-add -q k$i; done',
    ),
    env,
    sshd: ['MaxAuthTries 4'],
    expect: { ...refused('login of root failed', /[Tt]oo many/, 'identity'), code: 3, connections: 4 },
  },
  {
    name: 'A passphrase without a terminal is an authentication failure.',
    client: locked,
    expect: { ...refused('login of root failed', 'id_ed25519', 'passphrase'), code: 3 },
  },
  {
    name: 'A passphrase at a terminal works.',
    client: locked,
    answers: [[/Passphrase for key file/, 'open sesame\n']],
    expect: { ...works, says: ['2 done'] },
  },
  {
    name: 'Three wrong passphrases at a terminal are an authentication failure.',
    client: locked,
    answers: [
      [/Passphrase/, 'a\n'],
      [/Passphrase/, 'b\n'],
      [/Passphrase/, 'c\n'],
    ],
    expect: { code: 3, says: ['wrong passphrase'] },
  },
  {
    name: 'A node that comes late does not ask for a passphrase that was wrong three times.',
    // The healthy node is reached when the other login is over.
    client: `${locked}
printf 'Host 10.9.0.3\\n  ProxyCommand sh /root/late.sh %%h %%p\\n' >.ssh/config
echo "log=$WORLD/sick/log/sshd.log" >late.sh
cat >>late.sh <<'END'
until grep -q '^Connection closed by authenticating\\|^Received disconnect\\|^Disconnected from' "$log"; do sleep 0.1; done
exec python3 -c "
import os, socket, sys, threading
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
def back():
    for data in iter(lambda: s.recv(9999), b''): os.write(1, data)
    os._exit(0)
threading.Thread(target=back, daemon=True).start()
for data in iter(lambda: os.read(0, 9999), b''): s.sendall(data)
" "$1" "$2"
END`,
    answers: [
      [/Passphrase/, 'a\n'],
      [/Passphrase/, 'b\n'],
      [/Passphrase/, 'c\n'],
    ],
    expect: { code: 3, says: ['wrong passphrase'] },
  },
  {
    name: 'A key of PuTTY leads to the command that converts it.',
    client: `cp "$WORLD/product/test/ssh-worlds/ppk3.ppk" .ssh/key.ppk`,
    login: 'user: root, identity: ~/.ssh/key.ppk',
    expect: { ...refused('key.ppk', 'puttygen', '-O private-openssh'), logins: 0 },
  },
  {
    name: 'A public key as identity is named.',
    client: 'rm .ssh/id_ed25519',
    login: 'user: root, identity: ~/.ssh/id_ed25519.pub',
    expect: { ...refused('id_ed25519.pub'), code: 3 },
  },
  {
    name: 'A missing identity is named.',
    login: 'user: root, identity: ~/.ssh/nosuch',
    expect: refused('/root/.ssh/nosuch'),
  },
  {
    name: 'A folder as identity is named.',
    client: 'mkdir .ssh/folder',
    login: 'user: root, identity: ~/.ssh/folder',
    expect: refused('/root/.ssh/folder'),
  },
  {
    name: 'An empty key file is named.',
    client: ': >.ssh/empty',
    login: 'user: root, identity: ~/.ssh/empty',
    expect: refused('/root/.ssh/empty'),
  },
  {
    name: 'A cut off key file is named.',
    client: 'head -c 200 .ssh/id_ed25519 >.ssh/cut',
    login: 'user: root, identity: ~/.ssh/cut',
    expect: refused('/root/.ssh/cut'),
  },
  {
    name: 'A DSA key is named.',
    client: 'cp "$WORLD/product/test/ssh-worlds/peer.py" .ssh/nokey',
    login: 'user: root, identity: ~/.ssh/nokey',
    expect: refused('/root/.ssh/nokey'),
  },
  {
    name: 'An RSA key in the old format works.',
    client: `rm .ssh/id_ed25519*; cp "$KEYS/id_rsa" .ssh/`,
    expect: works,
  },
  {
    name: 'An ECDSA key in PKCS#8 works.',
    client: `rm .ssh/id_ed25519*; cp "$KEYS/id_ecdsa" .ssh/`,
    expect: works,
  },
  {
    ...certified('A certificate next to the key works.'),
    client: 'ssh-keygen -q -s "$KEYS/ca" -I root -n root .ssh/id_ed25519.pub',
    expect: works,
  },
  ...['rsa', 'ecdsa'].map((type) => ({
    ...certified(`A certificate of a locked key of type ${type} works at a terminal.`),
    client: `rm .ssh/id_*; cp "$KEYS/id_${type}" "$KEYS/id_${type}.pub" .ssh/; ssh-keygen -q -a 2 -p -N sesame -f .ssh/id_${type}; ssh-keygen -q -s "$KEYS/ca" -I root -n root .ssh/id_${type}.pub`,
    answers: [['Passphrase for key file', 'sesame\n']] as const,
    expect: works,
  })),
  {
    ...certified('A certificate of the ssh config works.'),
    client:
      'ssh-keygen -q -s "$KEYS/ca" -I root -n root .ssh/id_ed25519.pub; mkdir c; mv .ssh/id_ed25519-cert.pub c/my.pub; echo "CertificateFile ~/c/my.pub" >.ssh/config',
    expect: works,
  },
  ...['ed25519', 'rsa', 'ecdsa'].map((type) => ({
    ...certified(`A certificate of type ${type} in the agent works.`),
    client: agent(
      `rm .ssh/id_*; cp "$KEYS/id_${type}" .ssh/my; cp "$KEYS/id_${type}.pub" .ssh/my.pub; ssh-keygen -q -s "$KEYS/ca" -I root -n root .ssh/my.pub; ssh-agent -a $socket >/dev/null; SSH_AUTH_SOCK=$socket ssh-add -q .ssh/my; rm .ssh/my*`,
    ),
    env,
    expect: works,
  })),
  {
    ...certified('A certificate of a user that a file of principals maps works.'),
    sshd: ['TrustedUserCAKeys /etc/ssh/ca.pub', 'AuthorizedPrincipalsFile /etc/ssh/principals'],
    setup: `${ca}; echo ops >/etc/ssh/principals`,
    client: 'ssh-keygen -q -s "$KEYS/ca" -I me -n ops .ssh/id_ed25519.pub',
    expect: works,
  },
  {
    ...certified('A certificate that has expired is named with its end.'),
    client: 'ssh-keygen -q -s "$KEYS/ca" -I root -n root -V 20200101:20210101 .ssh/id_ed25519.pub',
    expect: refused('login of root failed', 'id_ed25519-cert.pub (expired at 2021-01-01', 'not accepted'),
  },
  {
    ...certified('A certificate for other users is named with them.'),
    client: 'ssh-keygen -q -s "$KEYS/ca" -I me -n ops,dba .ssh/id_ed25519.pub',
    expect: refused('login of root failed', '(for the principals ops, dba)', 'AuthorizedPrincipalsFile'),
  },
  {
    ...certified('A certificate of an unknown authority is named.'),
    client: 'ssh-keygen -q -s "$KEYS/id_ecdsa" -I root -n root .ssh/id_ed25519.pub',
    expect: refused('login of root failed', 'id_ed25519-cert.pub: not accepted', 'TrustedUserCAKeys'),
  },
  {
    ...certified('A certificate of another key is named.'),
    client:
      'ssh-keygen -q -t ed25519 -N "" -f other; ssh-keygen -q -s "$KEYS/ca" -I root -n root other.pub; mv other-cert.pub .ssh/id_ed25519-cert.pub',
    expect: refused('login of root failed', 'its private key is neither in a file nor in the agent'),
  },
];
