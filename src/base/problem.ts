import type { Message } from './l10n.ts';

/** A place in a text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information';

/** The code of every fault that a cluster file, or (`answers-…`) an answer file of Packstack can have. */
export const problemCodes = [
  'yaml-syntax',
  'yaml-tag',
  'file-empty',
  'file-too-large',
  'key-unknown',
  'key-missing',
  'key-duplicate',
  'type-wrong',
  'value-unknown',
  'text-lines',
  'node-range',
  'node-name',
  'node-name-duplicate',
  'node-address',
  'node-address-duplicate',
  'release-unknown',
  'step-unknown',
  'step-duplicate',
  'step-unavailable',
  'role-without-nodes',
  'nodes-empty',
  'steps-empty',
  'cluster-name',
  'node-name-localhost',
  'node-name-long',
  'node-name-numeric',
  'node-name-case',
  'node-name-is-role',
  'role-duplicate',
  'role-misspelt',
  'role-several',
  'address-outside-network',
  'address-reserved',
  'address-unusable',
  'address-loopback',
  'cidr-invalid',
  'cidr-host-bits',
  'networks-overlap',
  'interface-shared',
  'interface-name',
  'interface-loopback',
  'jump-malformed',
  'user-malformed',
  'host-malformed',
  'identity-malformed',
  'identity-dsa',
  'identity-putty',
  'become-missing',
  'become-needless',
  'connection-duplicate',
  'release-missing',
  'release-without-packages',
  'release-not-for-os',
  'release-needs-stream',
  'release-end-of-life',
  'os-end-of-life',
  'rhel-repositories',
  'rdo-disabled',
  'archive-invalid',
  'archive-never',
  'epel-enabled',
  'extra-epel',
  'extra-other-release',
  'extra-id-duplicate',
  'extra-id-taken',
  'extra-without-url',
  'extra-url',
  'mirror-dead',
  'extra-unsigned',
  'extra-unprotected',
  'extra-key-missing',
  'extra-other-generation',
  'selinux-disabled',
  'selinux-enforcing-rabbitmq',
  'network-manager-without-scripts',
  'network-service-absent',
  'timezone-unknown',
  'locale-charset',
  'kernel-parameter-name',
  'kernel-parameter-value',
  'kernel-bridge-module',
  'kernel-packstack',
  'kernel-limit-value',
  'kernel-limit-service',
  'service-without-nodes',
  'service-missing',
  'port-clash',
  'etcd-even',
  'rabbitmq-even',
  'mariadb-many',
  'bind-unknown',
  'bind-elsewhere',
  'bind-everywhere',
  'bind-loopback',
  'bind-network-bare',
  'collation-invalid',
  'collation-unusual',
  'max-connections-low',
  'chrony-servers-missing',
  'chrony-server-invalid',
  'chrony-server-duplicate',
  'chrony-allow-invalid',
  'chrony-allow-misses',
  'chrony-allow-everyone',
  'rabbitmq-guest',
  'rabbitmq-password-missing',
  'packstack-firewalld',
  'packstack-network-manager',
  'packstack-locale',
  'packstack-own-service',
  'packstack-controller-missing',
  'packstack-controllers-many',
  'packstack-mixed-addresses',
  'packstack-ssh-port',
  'packstack-root-login',
  'packstack-step',
  'packstack-neutron',
  'packstack-not-installable',
  'component-unknown',
  'component-unlisted',
  'component-duplicate',
  'component-retired',
  'component-not-in-rdo',
  'component-elsewhere',
  'component-too-early',
  'component-need-missing',
  'sshd-root-locked-out',
  'sshd-password-locked-out',
  'sshd-no-way-in',
  'sshd-user-locked-out',
  'sshd-listen',
  'sshd-keys-off',
  'sshd-match',
  'sshd-max-sessions',
  'sshd-port-moves',
  'sshd-port-selinux',
  'sshd-directive-unknown',
  'sshd-directive-too-new',
  'sshd-directive-ignored',
  'sshd-directive-twice',
  'sshd-value',
  'sshd-empty-passwords',
  'sshd-root-by-password',
  'sshd-strict-modes',
  'sshd-weak-algorithm',
  'sshd-slow-login',
  'sshd-max-auth-tries',
  'sshd-without-pam',
  'secret-plain-text',
  'private-key-pasted',
  'secret-in-url',
  'secret-in-step',
  'secret-name',
  'order-upgrade',
  'order-client',
  'order-components',
  'order-selinux',
  'order-services',
  'order-packstack',
  'order-names',
  'order-kernel',
  'order-sshd',
  'order-network-manager',
  'reboot-before-packstack',
  'step-without-settings',
  'repositories-missing',
  'custom-no-check',
  'custom-empty',
  'custom-not-assume-yes',
  'custom-interactive',
  'custom-endless',
  'custom-reboot',
  'custom-unquoted-variable',
  'custom-rm-variable',
  'custom-sudo',
  'custom-check-changes',
  'custom-check-update',
  'custom-unverified-download',
  'custom-epel',
  'custom-second-release',
  'custom-lock-file',
  'custom-authorized-keys',
  'custom-cuts-connection',
  'custom-package-name',
  'custom-quote-open',
  'custom-pasted-character',
  'custom-dead-address',
  'custom-package-gone',
  'custom-repository-name',
  'custom-network-service',
  'custom-packstack-call',
  'custom-lines-joined',
  'custom-command-cut',
  'custom-escape',
  'custom-anchor',
  'live-interface-missing',
  'live-address-missing',
  'live-interface-other',
  'live-os-differs',
  'live-os-foreign',
  'live-release-not-for-os',
  'live-memory-short',
  'packstack-key-unknown',
  'packstack-key-deprecated',
  'packstack-key-contradicts',
  'packstack-key-duplicate',
  'packstack-value-wrong',
  'packstack-secret-plain',
  'packstack-answers-idle',
  'answers-section',
  'answers-malformed',
  'answers-continued',
  'answers-key-unknown',
  'answers-key-deprecated',
  'answers-key-contradicts',
  'answers-key-duplicate',
  'answers-release',
  'answers-value',
  'answers-retired',
  'answers-need',
  'answers-hosts',
  'answers-secrets',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** One change of a text: what stands in the span becomes the text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** The one correct fix of a problem; its edits do not overlap and all hold for the text that was read. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

/** A fault of the user's document, as a value; line and column are made only at the edge. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: Message;
  readonly fix?: Fix;
}

/** The fixes of several problems in one: each whose edits keep clear of those before it, and do not even touch them. */
export function joinFixes(problems: readonly Problem[]): {
  readonly edits: readonly TextEdit[];
  readonly fixed: readonly Problem[];
} {
  const edits: TextEdit[] = [];
  const fixed = problems.filter(({ fix }) => {
    const slots = (fix?.edits ?? []).map(({ span }) => {
      const slot = slotOf(edits, span.start);
      const [before, after] = [edits[slot - 1], edits[slot]];
      const isClear = (!before || before.span.end < span.start) && (!after || after.span.start > span.end);
      return isClear ? slot : undefined;
    });
    if (!fix || slots.includes(undefined)) return false;
    for (const edit of fix.edits) edits.splice(slotOf(edits, edit.span.start), 0, edit);
    return true;
  });
  return { edits, fixed };
}

/** How many of the edits, which are in order, begin before an offset. */
function slotOf(edits: readonly TextEdit[], offset: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A fix, where its edits could be found. */
export function fixBy(title: Message, edits: readonly TextEdit[] | undefined): Fix | undefined {
  return edits && edits.length > 0 ? { title, edits } : undefined;
}
