import { TextDecoder } from 'node:util';

/** No line of yum or dnf is longer; anything longer is not text and must not fill the memory. */
const maxLineLength = 1_000_000;

/** The encoding from the byte order mark; PowerShell redirects output as UTF-16. */
function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Decodes the bytes of a log; invalid sequences become replacement characters. */
export async function* logText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let open = 0;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('\n');
    open = end < 0 ? open + text.length : text.length - end - 1;
    yield text;
    if (open > maxLineLength) {
      open = 0;
      yield '\n';
    }
  }
  if (decoder) yield decoder.decode();
}
