import type { EngineOptions } from '../../app/engine.ts';
import { visible } from '../../base/visible.ts';
import type { Options } from '../command-line/command-spec.ts';

/** The engine's option that prints the logins, if `--trace` or `-v` asks for it. */
export function traceOf(
  { trace, verbose }: Pick<Options, 'trace' | 'verbose'>,
  notice: (line: string) => void,
): Pick<EngineOptions, 'trace'> {
  if (!trace && !verbose) return {};
  return {
    // Banners and idents are words of the peer.
    trace: ({ node, jump, text }) =>
      notice(visible(`${jump === undefined ? node : `${node} (${jump})`}: ${text}`)),
  };
}
