/**
 * The text that a program of this computer has printed: UTF-8, or else code page 949, in which programs print on a Korean
 * Windows. Node decodes of that page what KS X 1001 has: all but rare syllables. The bytes may begin inside a character.
 */
export function localText(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'euc-kr']) {
    // Only a limit of size can cut a character, at most three bytes of it.
    for (const start of [0, 1, 2, 3]) {
      try {
        return new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(start));
      } catch (cause) {
        if (!(cause instanceof TypeError)) throw cause;
      }
    }
  }
  return new TextDecoder().decode(bytes);
}
