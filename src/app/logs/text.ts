import { TextDecoder } from 'node:util';

/** No line of yum or dnf is longer; what is, is not text, and must not pile up in memory. */
const longestLine = 1_000_000;

/** The encoding by the byte order mark; Windows writes UTF-16 where a shell redirects a command's output. */
function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Bytes of a log as text, in pieces; what is no text in its encoding becomes replacement characters. */
export async function* logText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let open = 0;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('\n');
    open = end < 0 ? open + text.length : text.length - end - 1;
    yield text;
    if (open > longestLine) {
      open = 0;
      yield '\n';
    }
  }
  if (decoder) yield decoder.decode();
}
