import { asRoot } from '../plan/payload.ts';
import type { RunEvent } from '../run/events.ts';
import type { Link } from './jobs/link.ts';
import type { NodeWork } from './node-work.ts';

/** How long a node may be away, milliseconds. */
const mostAway = 15 * 60_000;
/** How long one question to it may take, milliseconds. */
const patience = 20_000;

const rebootScript =
  'setsid setsid sh -c "sleep 1; systemctl reboot || shutdown -r now" </dev/null >/dev/null 2>&1';

/** What a command prints; undefined where it does not come to its end. */
async function ask(link: Link, argv: readonly string[]): Promise<string | undefined> {
  let text = '';
  if (!link.transport) return undefined;
  for await (const output of link.transport.exec(
    asRoot(link.node, { argv }),
    AbortSignal.timeout(patience),
  )) {
    if (output.type === 'exit') return output.code === 0 ? text : undefined;
    if (output.type === 'lost') return undefined;
    if (output.stream === 'stdout') text += new TextDecoder().decode(output.bytes);
  }
  return undefined;
}

const bootId = (link: Link): Promise<string | undefined> =>
  ask(link, ['cat', '/proc/sys/kernel/random/boot_id']);

/** Reboots a node and waits until it is back as another boot; false where it does not come back in time. */
export async function* rebootNode(
  { link, ports, signal }: NodeWork,
  on: { readonly node: string; readonly step: string },
): AsyncGenerator<RunEvent, boolean> {
  const { clock } = ports;
  const told = (code: string, ...args: readonly string[]): RunEvent => ({
    type: 'notice',
    ...on,
    reason: { code, args },
  });
  const before = await bootId(link);
  if (before === undefined) return false;
  const begun = clock.now();
  yield told('rebooting');
  await ask(link, ['sh', '-c', rebootScript]);
  const end = AbortSignal.any([signal, ports.keeping.broken, AbortSignal.timeout(mostAway)]);
  while (!end.aborted) {
    // The old boot may still answer: its end is waited for, too.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const failure = await link.again(end);
    if (failure) break;
    const now = await bootId(link);
    if (now !== undefined && now !== before) {
      yield told('rebooted', String(Math.round((clock.now() - begun) / 1_000)));
      return true;
    }
  }
  yield told('not-back', String(Math.round((clock.now() - begun) / 60_000)));
  return false;
}
