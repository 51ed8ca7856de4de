/**
 * How a keyword of ssh_config(5) is treated: `followed`; `no effect` on how Stackprep logs in and runs commands; or not followed,
 * with the failures that it may have caused and that name it then.
 */
export type Treatment = 'followed' | 'no effect' | 'login' | 'connect' | 'host key';

const followed = `addressfamily batchmode bindaddress canonicaldomains canonicalizefallbacklocal canonicalizehostname canonicalizemaxdots
  canonicalizepermittedcnames certificatefile challengeresponseauthentication checkhostip ciphers connecttimeout globalknownhostsfile host hostkeyalgorithms hostkeyalias hostname identitiesonly
  identityagent identityfile ignoreunknown include kbdinteractiveauthentication kexalgorithms knownhostscommand macs match numberofpasswordprompts passwordauthentication port
  preferredauthentications proxycommand proxyjump proxyusefdpass pubkeyacceptedalgorithms pubkeyacceptedkeytypes pubkeyauthentication rekeylimit requiredrsasize
  revokedhostkeys serveralivecountmax serveraliveinterval stricthostkeychecking tag user userknownhostsfile`;

const noEffect = `addkeystoagent channeltimeout clearallforwardings compression connectionattempts controlmaster controlpath
  controlpersist dynamicforward enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fingerprinthash
  forkafterauthentication forwardagent forwardx11 forwardx11timeout forwardx11trusted gatewayports gssapidelegatecredentials gssapiclientidentity
  gssapikexalgorithms gssapikeyexchange gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns
  hashknownhosts hostbasedacceptedalgorithms ipqos kbdinteractivedevices localcommand localforward loglevel logverbose
  obscurekeystroketiming permitlocalcommand permitremoteopen
  remotecommand remoteforward requesttty sendenv sessiontype setenv stdinnull streamlocalbindmask streamlocalbindunlink
  syslogfacility tcpkeepalive tunnel tunneldevice updatehostkeys versionaddendum visualhostkey warnweakcrypto xauthlocation`;

const login = 'gssapiauthentication hostbasedauthentication pkcs11provider securitykeyprovider';

const connect = 'bindinterface refuseconnection';
const hostKey = 'casignaturealgorithms nohostauthenticationforlocalhost verifyhostkeydns';

function rows(words: string, treatment: Treatment): [string, Treatment][] {
  return words.split(/\s+/).map((word) => [word, treatment]);
}

/** All keywords in lower case. Source: ssh_config(5) of OpenSSH 10.0, and the GSSAPI keywords that Debian and Red Hat add. */
export const keywords: ReadonlyMap<string, Treatment> = new Map([
  ...rows(followed, 'followed'),
  ...rows(noEffect, 'no effect'),
  ...rows(login, 'login'),
  ...rows(connect, 'connect'),
  ...rows(hostKey, 'host key'),
]);

/** The keywords that a configuration sets for any host, in lower case. */
export function keywordsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    const word = /^[ \t]*"?([A-Za-z][A-Za-z0-9]*)/.exec(line)?.[1];
    if (word !== undefined) found.add(word.toLowerCase());
  }
  return found;
}

/** Criteria of Match for which ssh must know what it will run; OpenSSH 10.0. */
const ofCommands = /^match\b.*\b(?:command|sessiontype)\b/im;
/** Those that only ssh can decide. */
const ofSsh = /^match\b.*\b(?:command|exec|localnetwork|sessiontype|tagged|version)\b.*$/im;

/** Whether a section depends on the command. */
export function hasCommandSections(text: string): boolean {
  return ofCommands.test(text);
}

/** A line that only ssh can read: an Include that could not be followed, or a section that only ssh can decide. */
export function lineForSsh(text: string): string | undefined {
  return /^include\b.*$/im.exec(text)?.[0] ?? ofSsh.exec(text)?.[0];
}

/** Sections alone set nothing, and GSSAPI is set by the systems' own files. An Include that is left can be read by ssh only. */
const quiet: ReadonlySet<string> = new Set(['host', 'match', 'gssapiauthentication']);

/** Whether ssh has to be asked: a keyword has an effect, or ssh may refuse it. */
export function isRelevant(text: string): boolean {
  return [...keywordsIn(text)].some((word) => !quiet.has(word) && keywords.get(word) !== 'no effect');
}
