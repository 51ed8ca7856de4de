import { emit, emitLine, type State } from './state.ts';

/** `Importing GPG key 0x…:` is held until the user id on the next line. */
export function holdKey(state: State, line: string): void {
  state.held = { line, kind: 'key' };
}

/** Whether the line announces a key, in any language: it ends with the key id and a colon. */
export function announcesKey(line: string): boolean {
  const start = line.lastIndexOf(' 0x');
  return start > 0 && /^ 0x[0-9A-Fa-f]{8,40}\s?[:：]$/.test(line.slice(start));
}

function keyOf(line: string): string {
  return line.slice(line.lastIndexOf(' 0x') + 1).replace(/\s?[:：]$/, '');
}

/** Completes a held key with its ` Userid     : "…"` line; on any other line, emits nothing and returns false. */
export function readKeyUser(state: State, head: string, line: string): boolean {
  const colon = line.indexOf(':');
  const user = line.startsWith(' ') && colon > 0 ? line.slice(colon + 1).trim() : '';
  const quoted = user.startsWith('"') && user.endsWith('"');
  const named = quoted || /^ User ?id/i.test(line);
  if (named) emit(state, { type: 'key-import', key: keyOf(head), user: quoted ? user.slice(1, -1) : user });
  state.describingKey = named;
  return named;
}

/** ` Fingerprint: …`, ` From       : …`: details of the preceding key. */
export function readKeyLine(state: State, line: string): boolean {
  const describes = state.describingKey && line.startsWith(' ') && line.indexOf(':') > 1;
  state.describingKey = describes;
  if (describes) emitLine(state, 'text', line);
  return describes;
}

export function keyAlone(state: State, head: string): void {
  emit(state, { type: 'key-import', key: keyOf(head), user: '' });
}
