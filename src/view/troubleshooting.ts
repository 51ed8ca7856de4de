import type { FailureCode } from '../base/failure.ts';
import { type Message, msg, type Translate } from '../base/l10n.ts';
import { families } from '../rules/families.ts';
import type { Diagnosis, KnownFailure } from '../yum/explain/known-failure.ts';
import { failureLabel } from './failures.ts';
import { reasonCodes, reasonText } from './reasons.ts';

/** What to do about each failure of a connection; the message itself names the node and has the details. */
const advice: Readonly<Record<FailureCode, Message>> = {
  'name-invalid': msg('Correct the host, user, jump host or key file in the cluster file or the ssh config.'),
  'name-not-found': msg(
    'Write the IP address in `address`, or correct `host`. The name must resolve on this computer.',
  ),
  refused: msg(
    'Start sshd on the node, or correct `port`. A firewall that rejects connections looks the same.',
  ),
  unreachable: msg('Switch the node on, and check the route, the VPN and the jump host.'),
  timeout: msg('Check the address and the firewall. The message names the wait that ended.'),
  handshake: msg(
    'The node offers old methods only. Upgrade its OpenSSH, or allow one method in the ssh config.',
  ),
  'host-key-unknown': msg(
    'Compare the fingerprint with that on the console of the node, then trust the key.',
  ),
  'host-key-changed': msg(
    'If the node was reinstalled, compare the fingerprint and choose *Replace Host Key…*, or run stackprep trust. If not, somebody else may answer.',
  ),
  'host-key-revoked': msg('The key is in a list of revoked keys. Make new host keys on the node.'),
  'identity-unreadable': msg(
    'Correct the path in `identity`, or convert the key: puttygen exports OpenSSH keys.',
  ),
  auth: msg(
    'Check `user` and `identity`, and that the public key is in authorized_keys on the node. ssh -v shows each attempt.',
  ),
  jump: msg('The jump host itself was not reached. Log in to it with ssh first.'),
  config: msg('Run ssh -G HOST in a terminal and fix what it reports.'),
  sessions: msg('Raise MaxSessions in sshd_config, or close other connections to the node.'),
  'login-shell': msg(
    'A start file (.bashrc, .profile) waits for input, ends the shell, or prints without end.',
  ),
  lost: msg('The job continues on the node. Run again or resume to follow it.'),
  cancelled: msg('Start again to continue.'),
  become: msg('Check the password, the sudoers rule and `become`. *Try Again* asks once more.'),
  protocol: msg('Something other than Stackprep answered. The details quote it.'),
  occupied: msg('Another run works on the node. Wait, join it, or ask its user, whom the message names.'),
  'secret-missing': msg('Set the secret: *Set Secret…* in VS Code, or the environment variable.'),
  'secret-source': msg(
    'Correct the file or the command for secrets; run the command in a terminal to see the cause.',
  ),
  'later-format': msg('Update Stackprep here. What a later version stored is left alone.'),
  'journal-unwritable': msg('Free space on this computer. The job continues on the node; resume the run.'),
};

/** A value that the message fills in. */
const hole = '…';
const holes = Array.from({ length: 9 }, () => hole);

function section(title: Message, rows: readonly string[], translate: Translate): string {
  return `## ${translate(title)}\n\n${rows.join('\n')}\n`;
}

/** A cell of a Markdown table. */
function cell(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .replaceAll('|', '\\|')
    .trim();
}

function row(code: string, ...cells: readonly string[]): string {
  return `| <a id="${code}"></a>\`${code}\` | ${cells.map(cell).join(' | ')} |`;
}

function head(titles: readonly Message[], translate: Translate): readonly string[] {
  return [`| ${titles.map(translate).join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`];
}

const code = msg('Code');
const meaning = msg('Meaning');
const action = msg('What to do');

function remedies({ remedies: offered = [] }: Diagnosis): string {
  return offered
    .map((remedy) =>
      remedy.kind === 'run-step' ? `\`${remedy.step}\`` : `\`${remedy.key}: ${remedy.value}\``,
    )
    .join(', ');
}

function knownRow({ id, diagnose }: KnownFailure, translate: Translate): string {
  const diagnosis = diagnose(...holes);
  const offered = remedies(diagnosis);
  const advised = translate(diagnosis.advice);
  return row(id, translate(diagnosis.cause), offered === '' ? advised : `${advised} → ${offered}`);
}

function problemRows(reference: string, translate: Translate): readonly string[] {
  return families.map(({ title, rules }) => {
    const links = rules.map((rule) => `[\`${rule.code}\`](${reference}#${rule.code})`);
    return `- **${translate(title)}**: ${links.join(', ')}`;
  });
}

export interface TroubleshootingNeeds {
  readonly knownFailures: readonly KnownFailure[];
  /** Path of the reference page, relative to the page. */
  readonly reference: string;
}

/** The page about all message codes, in Markdown; it is generated from the tables that the messages come from. */
export function troubleshootingPage(
  { knownFailures, reference }: TroubleshootingNeeds,
  translate: Translate,
): string {
  const codes = Object.keys(advice) as FailureCode[];
  const intro = msg(
    'Every code that a message, the JSON output or a SARIF report can have. {0} is a value that the message fills in. Messages say the same; this page is for searching.',
    hole,
  );
  return [
    `# ${translate(msg('Troubleshooting'))}\n`,
    `${translate(intro)}\n`,
    section(
      msg('A node was not reached'),
      [
        ...head([code, meaning, action], translate),
        ...codes.map((each) => row(each, translate(failureLabel(each)), translate(advice[each]))),
      ],
      translate,
    ),
    section(
      msg('yum, dnf, rpm or Packstack failed'),
      [
        ...head([code, meaning, action], translate),
        ...knownFailures.map((each) => knownRow(each, translate)),
      ],
      translate,
    ),
    section(
      msg('A step gives a reason'),
      [
        ...head([code, meaning], translate),
        ...reasonCodes.map((each) => row(each, translate(reasonText({ code: each, args: holes })))),
      ],
      translate,
    ),
    section(msg('A file has a problem'), problemRows(reference, translate), translate),
  ].join('\n');
}
