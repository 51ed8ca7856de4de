import type { OwnStep } from '../cluster/model.ts';
import { sh } from '../shell/command.ts';
import type { StepScript } from './definition.ts';

/**
 * The script of a user's own step: both texts run under `sh -e -c`.
 * Without a check of its own it is done when this very text has run to its end on the node.
 */
export function ownScript(id: string, own: OwnStep): StepScript {
  const digest = sh`sp_ran=/var/lib/stackprep/ran/${id}; sp_digest=$(printf %s ${own.run} | cksum)`;
  if (own.check === undefined) {
    return {
      check: sh`${digest}
if [ -r "$sp_ran" ] && [ "$(cat "$sp_ran")" = "$sp_digest" ]; then return 0; fi
sp_because own-not-run; return 1`,
      apply: sh`sh -e -c ${own.run}
${digest}
mkdir -p "\${sp_ran%/*}"
printf '%s\\n' "$sp_digest" >"$sp_ran"`,
    };
  }
  return {
    check: sh`sh -e -c ${own.check}; sp_rc=$?
case $sp_rc in
  0) return 0;;
  126|127) sp_because own-check-broken "$sp_rc"; return 2;;
  *) sp_because own-check-says-no "$sp_rc"; return 1;;
esac`,
    apply: sh`sh -e -c ${own.run}`,
  };
}
