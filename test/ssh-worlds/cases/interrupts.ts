import type { WorldCase } from '../case.ts';
import { works } from '../expect.ts';

/** After how many bytes of sshd the node falls silent: in the identification, key exchange, login, session, facts, sudo and job. */
const cuts = [
  0, 7, 21, 45, 600, 1_150, 1_700, 2_100, 2_400, 2_700, 3_000, 3_300, 3_700, 4_200, 5_000, 6_500, 9_000,
];

const login = 'user: deploy, become: sudo, port: 2201';
const steps = `  - { name: long, check: "test -f /etc/long", run: "touch /opt/running; sleep 1000" }`;
const ended: WorldCase['expect'] = {
  code: 130,
  says: ['Cancelling'],
  withinS: 200,
  logins: 4,
  connections: 6,
};
const trust = `sed -n 's/^10.9.0.2 /[10.9.0.2]:2201 /p' .ssh/known_hosts >k; cat k >>.ssh/known_hosts`;

/** The first Ctrl-C ends the program, whatever it waits for. */
export const interruptCases: readonly WorldCase[] = [
  ...cuts.map((bytes) => ({
    name: `Ctrl-C ends the wait for a node that is silent after ${bytes} bytes.`,
    ...{ login, steps, client: trust, expect: ended },
    beside: `exec python3 "$WORLD/product/test/ssh-worlds/relay.py" ${bytes} /root/silent`,
    interrupt: '[ -e /root/silent ]',
    once: 'the job may have been started',
    isLong: true as const,
  })),
  {
    name: 'Ctrl-C at the prompt for a password of sudo cancels the run.',
    login: 'user: deploy, become: sudo',
    setup: `sed -i 's/^deploy.*/deploy ALL=(ALL:ALL) ALL/' /etc/sudoers`,
    answers: [[/sudo password for deploy on sick/, '\u0003']],
    expect: { ...ended, says: [], withinS: 90 },
    second: { code: 130 },
  },
  {
    name: 'Ctrl-C at the prompt for a passphrase cancels the run.',
    client: `ssh-keygen -q -a 2 -p -N sesame -f .ssh/id_ed25519`,
    answers: [['Passphrase for key file', '\u0003']],
    expect: { ...ended, says: [], logins: 0, withinS: 90 },
    second: { code: 130 },
  },
  {
    name: 'Ctrl-C at the question about a host key cancels the run.',
    client: 'rm .ssh/known_hosts',
    answers: [[/Trust it/, '\u0003']],
    expect: { ...ended, says: [], logins: 0, withinS: 90 },
    second: { code: 130 },
  },
  {
    name: '--step-timeout ends a step on a node that has fallen silent.',
    ...{ login, client: trust, once: 'the job may still be running', isLong: true },
    steps: `  - { name: long, on: sick, check: "test -f /etc/long", run: "sleep 1000" }`,
    beside: 'exec python3 "$WORLD/product/test/ssh-worlds/relay.py" 9000 /root/silent',
    argv: ['run', '--yes', '--step-timeout', '1', '/root/worlds.cluster.yaml'],
    expect: { code: 1, says: ['sick'], withinS: 230, logins: 8, connections: 12 },
  },
  {
    name: '--step-timeout ends a step that says nothing.',
    ...{ login: 'user: deploy, become: sudo', once: 'it takes minutes', isLong: true },
    steps: `  - { name: long, on: sick, check: "test -f /etc/long", run: "sleep 1000" }`,
    argv: ['run', '--yes', '--step-timeout', '1', '/root/worlds.cluster.yaml'],
    expect: { ...works, code: 1, says: [/time limit|longer than 1 min/], withinS: 200 },
    after: '! pgrep -f "[s]leep 1000"',
  },
  {
    name: 'Ctrl-C ends a job that is followed.',
    ...{ login: 'user: deploy, become: sudo', steps, expect: ended },
    interrupt: '[ -e "$WORLD/sick/log/running" ]',
    once: 'the step ends at the Ctrl-C only',
    after: '! pgrep -f "[s]leep 1000"',
  },
];
