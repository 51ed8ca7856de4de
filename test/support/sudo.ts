import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from './connecting.ts';

/** The behavior of a fake sudo, with the messages of sudo 1.9; the lab has the real one. */
export interface SudoBehavior {
  readonly password?: string;
  readonly requiretty?: boolean;
  readonly lecture?: string;
  /** Prints this and exits. */
  readonly error?: string;
  /** Prompts with this after the right password, without a newline, and reads the answer; a second factor, or a new password. */
  readonly asksMore?: string;
  /** Prints nothing and never exits, like with a name server or directory that does not answer. */
  readonly silent?: boolean;
}

/** Installs a fake `sudo` in a folder at the start of sshd's PATH; records every password line it receives. */
export async function fakeSudo(home: Home, behavior: SudoBehavior): Promise<string> {
  const folder = join(home.path, 'bin');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'sudo');
  const { password = '', requiretty = false, lecture = '', error = '' } = behavior;
  const { asksMore = '', silent = false } = behavior;
  await writeFile(
    path,
    `#!/bin/sh
password='${password}' error='${error}' lecture='${lecture}' given='${home.file('given')}'
say() { printf '%s\\n' "$1" >&2; }
[ -z "$error" ] || { say "$error"; exit 1; }
${silent ? 'exec sleep 30' : ''}
${requiretty ? '( : </dev/tty ) 2>/dev/null || { say "sudo: sorry, you must have a tty to run sudo"; exit 1; }' : ''}
quiet= prompt=
while :; do
  case $1 in
    -k|-S) shift ;;
    -n) quiet=1; shift ;;
    -p) prompt=$2; shift 2 ;;
    *) break ;;
  esac
done
if [ -n "$password" ]; then
  [ -z "$quiet" ] || { say 'sudo: a password is required'; exit 1; }
  [ -z "$lecture" ] || say "$lecture"
  tries=0
  while :; do
    printf '%s' "$prompt" >&2
    IFS= read -r line || { say "sudo: $tries incorrect password attempt"; exit 1; }
    printf '%s\\n' "$line" >>"$given"
    printf '\\n' >&2
    [ "$line" != "$password" ] || break
    tries=$((tries + 1))
    [ $tries -lt 3 ] || { say 'sudo: 3 incorrect password attempts'; exit 1; }
    say 'Sorry, try again.'
  done
fi
if [ -z "$quiet" ] && [ -n '${asksMore}' ]; then
  printf '%s' '${asksMore}' >&2
  IFS= read -r line || { say 'sudo: no answer'; exit 1; }
  printf 'more: %s\\n' "$line" >>"$given"
fi
exec "$@"
`,
  );
  await chmod(path, 0o755);
  return `SetEnv PATH=${folder}:/usr/bin:/bin`;
}
