/** Maximum number of nodes in a range. */
export const rangeLimit = 1000;

export type Expanded =
  | { readonly ok: true; readonly values: readonly string[]; readonly isRange: boolean }
  | { readonly ok: false; readonly reason: 'malformed' | 'backwards' | 'too-large' };

/** Expands `name[1:3]`; leading zeros keep their width (`[001:200]`). A text without brackets is returned unchanged. */
export function expandRange(text: string): Expanded {
  if (!/[[\]]|\{\d{1,9}\.\.\d{1,9}\}/.test(text)) return { ok: true, values: [text], isRange: false };
  const match = /^([^[\]]*)\[(\d{1,9}):(\d{1,9})\]([^[\]]*)$/.exec(text);
  if (!match) return { ok: false, reason: 'malformed' };
  const [, before = '', first = '', last = '', after = ''] = match;
  const from = Number(first);
  const count = Number(last) - from + 1;
  if (count < 1) return { ok: false, reason: 'backwards' };
  if (count > rangeLimit) return { ok: false, reason: 'too-large' };
  const width = first.startsWith('0') ? first.length : 0;
  const values = Array.from({ length: count }, (_, index) => {
    return `${before}${String(from + index).padStart(width, '0')}${after}`;
  });
  return { ok: true, values, isRange: true };
}

/** The range meant by a text that is none, as other programs write it: `compute[1-3]`, `compute{1..3}`, `10.0.0.11-13`. */
export function rangeMeant(text: string): string | undefined {
  const inBrackets =
    /^([^[\]{}]*)[[{][ \t]{0,8}(\d{1,9})[ \t]{0,8}(?:-|\.\.|\u2013|~|:|,|to)[ \t]{0,8}(\d{1,9})[ \t]{0,8}[\]}]([^[\]{}]*)$/.exec(
      text,
    );
  const ofLast = /^((?:\d{1,3}\.){3})(\d{1,3})[ \t]{0,8}[-~\u2013][ \t]{0,8}(\d{1,3})$/.exec(text);
  const [, before = '', first = '', last = '', after = ''] = inBrackets ?? ofLast ?? [];
  const meant = `${before}[${first}:${last}]${after}`;
  return first !== '' && meant !== text && expandRange(meant).ok ? meant : undefined;
}
