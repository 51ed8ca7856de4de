import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from './connecting.ts';

/** How a stand-in for sudo behaves; its words are those of sudo 1.9, the lab has the real one. */
export interface SudoManners {
  readonly password?: string;
  readonly requiretty?: boolean;
  readonly lecture?: string;
  /** Says this and ends instead of anything else. */
  readonly fault?: string;
  /** Asks this after the right password, without a line end, and reads the answer; a second factor, or a new password. */
  readonly asksMore?: string;
  /** Says nothing and never ends: a name server or a directory that does not answer. */
  readonly silent?: boolean;
}

/** Puts a `sudo` into a folder that goes before all others in sshd's PATH; notes every password line that it was given. */
export async function fakeSudo(home: Home, manners: SudoManners): Promise<string> {
  const folder = join(home.path, 'bin');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'sudo');
  const { password = '', requiretty = false, lecture = '', fault = '' } = manners;
  const { asksMore = '', silent = false } = manners;
  await writeFile(
    path,
    `#!/bin/sh
password='${password}' fault='${fault}' lecture='${lecture}' given='${home.file('given')}'
say() { printf '%s\\n' "$1" >&2; }
[ -z "$fault" ] || { say "$fault"; exit 1; }
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
