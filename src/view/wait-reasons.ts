import { type Message, msg } from '../base/l10n.ts';

/** What a login waits for, by code; places are `host:port`. */
export const waitReasons: Readonly<Record<string, (...args: readonly string[]) => Message>> = {
  'wait-config': () => msg('waiting for ssh to read the ssh config'),
  'wait-turn': () => msg('waiting for the logins to other nodes'),
  'wait-jump': (jump = '') => msg('waiting for the login to jump host {0}', jump),
  'wait-dial': (place = '') => msg('waiting for {0} to accept the connection', place),
  'wait-proxy': (place = '') => msg('waiting for the ProxyCommand to connect to {0}', place),
  'wait-forward': (jump = '', place = '') => msg('waiting for {0} to connect to {1}', jump, place),
  'wait-greeting': (place = '') => msg('waiting for the SSH identification of {0}', place),
  'wait-key-exchange': (place = '') => msg('waiting for the key exchange with {0}', place),
  'wait-agent': () => msg('waiting for the SSH agent to list its keys'),
  'wait-signature': () => msg('waiting for the SSH agent to sign; it may ask for a confirmation'),
  'wait-key': (path = '') => msg('waiting for key file {0} to be decrypted', path),
  'wait-login': (place = '', user = '') =>
    msg('waiting for {0} to answer the login of {1} (PAM, directory service)', place, user),
  'wait-session': (place = '', user = '') =>
    msg('waiting for {0} to open a session of {1} (PAM, home directory)', place, user),
  'wait-start-files': (user = '') => msg('waiting for the start files of {0}', user),
  'wait-sudo': () => msg('waiting for sudo'),
  'wait-logins': (logins = '') => msg('waiting after {0} logins within a minute', logins),
  'wait-refused': (said = '') => msg('the node refuses logins for now, trying again: {0}', said),
};
