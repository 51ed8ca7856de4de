import type { El } from '../base/facts.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Source } from './sources.ts';

/** A version of OpenSSH in Enterprise Linux. */
export type SshdVersion = '7.4' | '8.0' | '8.7' | '9.9';

export const sshdVersions: readonly SshdVersion[] = ['7.4', '8.0', '8.7', '9.9'];

/** The versions of each generation: EL9 moved from 8.7 to 9.9 in 9.8 of the system. Source: OSSH, EL package versions. */
export const sshdOf: Readonly<Record<El, readonly SshdVersion[]>> = {
  7: ['7.4'],
  8: ['8.0'],
  9: ['8.7', '9.9'],
  10: ['9.9'],
};

/** The type of a directive's value. */
export type SshdValue =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'pattern'; readonly expression: RegExp; readonly example: string }
  | { readonly kind: 'free' };

/** A directive of sshd_config(5). */
export interface SshdDirective {
  readonly name: string;
  readonly value: SshdValue;
  /** First of the four versions that supports it; 7.4 if absent. */
  readonly since?: SshdVersion;
  /** First of the four versions that ignores it as deprecated. */
  readonly ignoredSince?: SshdVersion;
  /** Words that an earlier one of the four versions refuses, with the first that takes them. */
  readonly wordsSince?: Readonly<Record<string, SshdVersion>>;
  /** Supported only by the vendor's sshd. */
  readonly vendor?: true;
  readonly source: Source;
}

const flag: SshdValue = { kind: 'words', words: ['yes', 'no'] };
const free: SshdValue = { kind: 'free' };
const number: SshdValue = { kind: 'pattern', expression: /^\d{1,9}$/, example: '6' };
const time: SshdValue = {
  kind: 'pattern',
  expression: /^\d{1,9}(?:[smhdwSMHDW]\d{1,9})*[smhdwSMHDW]?$/,
  example: '2m',
};
const port: SshdValue = {
  kind: 'pattern',
  expression: /^(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
  example: '22',
};

function words(...list: readonly string[]): SshdValue {
  return { kind: 'words', words: list };
}

type More = Omit<SshdDirective, 'name' | 'value' | 'source'> & { readonly source?: Source };

function directives(value: SshdValue, names: string, more: More = {}): readonly SshdDirective[] {
  return names.split(/\s+/).map((name) => ({ name, value, source: 'OSSH', ...more }));
}

/** Every directive of sshd_config in 7.4 to 9.9, including aliases. */
export const sshdDirectives: readonly SshdDirective[] = [
  ...directives(
    flag,
    'AllowAgentForwarding DisableForwarding GSSAPIAuthentication GSSAPICleanupCredentials GSSAPIStrictAcceptorCheck HostbasedAuthentication HostbasedUsesNameFromPacketOnly IgnoreUserKnownHosts KbdInteractiveAuthentication ChallengeResponseAuthentication KerberosAuthentication KerberosGetAFSToken KerberosOrLocalPasswd KerberosTicketCleanup PasswordAuthentication PermitEmptyPasswords PermitTTY PermitUserRC PrintLastLog PrintMotd PubkeyAuthentication DSAAuthentication StreamLocalBindUnlink StrictModes TCPKeepAlive KeepAlive UseDNS UsePAM X11Forwarding X11UseLocalhost',
  ),
  ...directives(flag, 'ExposeAuthInfo', { since: '8.0' }),
  ...directives(flag, 'RefuseConnection', { since: '9.9' }),
  ...directives(
    flag,
    'GSSAPIKeyExchange GSSAPIStoreCredentialsOnRekey GSSAPIEnablek5users KerberosUseKuserok KerberosUniqueCCache ShowPatchLevel',
    { vendor: true, source: 'ELSSH' },
  ),
  ...directives(free, 'GSSAPIKexAlgorithms GSSAPIIndicators RSAMinSize X11MaxDisplays', {
    vendor: true,
    source: 'ELSSH',
  }),
  ...directives(
    words('yes', 'prohibit-password', 'without-password', 'forced-commands-only', 'no'),
    'PermitRootLogin',
  ),
  ...directives(words('any', 'inet', 'inet6'), 'AddressFamily'),
  ...directives(words('yes', 'delayed', 'no'), 'Compression'),
  ...directives(words('yes', 'no', 'clientspecified'), 'GatewayPorts'),
  ...directives(
    words('yes', 'all', 'no', 'local', 'remote'),
    'AllowTcpForwarding AllowStreamLocalForwarding',
  ),
  ...directives(words('yes', 'no', 'point-to-point', 'ethernet'), 'PermitTunnel'),
  ...directives(words('md5', 'sha256'), 'FingerprintHash'),
  // Added in 8.2; 7.4 and 8.0 refuse it.
  ...directives(words('yes', 'no', 'shosts-only'), 'IgnoreRhosts', { wordsSince: { 'shosts-only': '8.7' } }),
  ...directives(
    words('QUIET', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3'),
    'LogLevel',
  ),
  ...directives(
    words('DAEMON', 'USER', 'AUTH', 'AUTHPRIV', ...Array.from({ length: 8 }, (_, index) => `LOCAL${index}`)),
    'SyslogFacility',
  ),
  ...directives(port, 'Port'),
  ...directives(number, 'ClientAliveCountMax MaxAuthTries MaxSessions X11DisplayOffset'),
  ...directives(time, 'ClientAliveInterval LoginGraceTime'),
  ...directives(
    { kind: 'pattern', expression: /^(?:\d{1,9}|\d{1,9}:\d{1,3}:\d{1,9})$/, example: '10:30:100' },
    'MaxStartups',
  ),
  ...directives(
    free,
    'AcceptEnv AllowGroups AllowUsers AuthenticationMethods AuthorizedKeysCommand AuthorizedKeysCommandUser AuthorizedKeysFile AuthorizedPrincipalsCommand AuthorizedPrincipalsCommandUser AuthorizedPrincipalsFile Banner ChrootDirectory Ciphers DenyGroups DenyUsers ForceCommand HostbasedAcceptedKeyTypes HostCertificate HostDSAKey HostKey HostKeyAgent HostKeyAlgorithms IPQoS KexAlgorithms ListenAddress MACs Match PermitOpen PermitUserEnvironment PidFile PubkeyAcceptedKeyTypes RekeyLimit RevokedKeys StreamLocalBindMask Subsystem TrustedUserCAKeys VersionAddendum XAuthLocation',
  ),
  ...directives(free, 'CASignatureAlgorithms PermitListen RDomain SetEnv', { since: '8.0' }),
  ...directives(
    free,
    'HostbasedAcceptedAlgorithms Include LogVerbose ModuliFile PerSourceMaxStartups PerSourceNetBlockSize PubkeyAcceptedAlgorithms PubkeyAuthOptions SecurityKeyProvider',
    { since: '8.7' },
  ),
  // The vendor backported RequiredRSASize to 8.0 and 8.7.
  ...directives(number, 'RequiredRSASize', { since: '8.0', source: 'ELSSH' }),
  ...directives(
    free,
    'ChannelTimeout PAMServiceName PerSourcePenalties PerSourcePenaltyExemptList SshdSessionPath UnusedConnectionTimeout',
    { since: '9.9' },
  ),
  ...directives(
    free,
    'AFSTokenPassing AuthorizedKeysFile2 CheckMail KerberosTGTPassing KeyRegenerationInterval PAMAuthenticationViaKbdInt Protocol ReverseMappingCheck RhostsAuthentication RhostsRSAAuthentication RSAAuthentication ServerKeyBits UseLogin VerifyReverseMapping',
    { ignoredSince: '7.4' },
  ),
  ...directives(flag, 'SKeyAuthentication', { ignoredSince: '8.0' }),
  ...directives(words('yes', 'no', 'sandbox', 'nosandbox'), 'UsePrivilegeSeparation', {
    ignoredSince: '8.0',
  }),
];

/** Reasons for settings, from the article that the steps follow. */
const reasons: Readonly<Record<string, Message>> = {
  UseDNS: msg(
    'In a closed network without a name server, each login waits for the lookup of the client. Set no.',
  ),
  GSSAPIAuthentication: msg('In a closed network without Kerberos, each login waits for it. Set no.'),
  GSSAPICleanupCredentials: msg(
    'It has a meaning with GSSAPI only. Set no together with GSSAPIAuthentication.',
  ),
};

/** Why a directive is set on nodes for OpenStack; undefined if no source gives a reason. */
export function reasonOf(name: string): Message | undefined {
  return own(reasons, name);
}

const byName = new Map(sshdDirectives.map((directive) => [directive.name.toLowerCase(), directive]));

/** Finds a directive by name, ignoring case. */
export function findDirective(name: string): SshdDirective | undefined {
  return byName.get(name.toLowerCase());
}

export function isBefore(version: SshdVersion, other: SshdVersion): boolean {
  return sshdVersions.indexOf(version) < sshdVersions.indexOf(other);
}

/** Whether any sshd of a generation supports the directive. */
export function isKnownTo({ since }: SshdDirective, el: El): boolean {
  return since === undefined || sshdOf[el].some((version) => !isBefore(version, since));
}

/** Algorithms that are broken or refused by newer versions; source: OpenSSH release notes 7.4 to 8.8 (OSSH). */
export const weakAlgorithms: readonly string[] = [
  '3des-cbc',
  'arcfour',
  'arcfour128',
  'arcfour256',
  'blowfish-cbc',
  'cast128-cbc',
  'des',
  'hmac-md5',
  'hmac-md5-96',
  'hmac-sha1-96',
  'diffie-hellman-group1-sha1',
  'diffie-hellman-group-exchange-sha1',
  'ssh-dss',
];
