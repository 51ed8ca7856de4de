import { StringDecoder } from 'node:string_decoder';

/** Splits the bytes of a stream into lines without line ends. */
export interface Lines {
  push(bytes: Uint8Array): string[];
  /** Call once at the end of the stream: returns a last line without newline. */
  end(): string[];
  /** The incomplete last line. */
  readonly partial: string;
}

/** A longer line is split; UTF-16 units. */
export const MAX_LINE_LENGTH = 65_536;

/** Chunks may split UTF-8 sequences, invalid bytes become U+FFFD, `\r\n` ends a line like `\n`, a lone `\r` stays. */
export function createLines(): Lines {
  const decoder = new StringDecoder('utf8');
  let partial = '';

  function cut(lines: string[]): void {
    // Keep one unit more: it may be the `\r` of a line end.
    while (partial.length > MAX_LINE_LENGTH + 1) {
      const last = partial.charCodeAt(MAX_LINE_LENGTH - 1);
      const at = last >= 0xd800 && last <= 0xdbff ? MAX_LINE_LENGTH - 1 : MAX_LINE_LENGTH;
      lines.push(partial.slice(0, at));
      partial = partial.slice(at);
    }
  }

  function split(text: string): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      partial += text.slice(start, end);
      cut(lines);
      lines.push(partial.endsWith('\r') ? partial.slice(0, -1) : partial);
      partial = '';
      start = end + 1;
    }
    partial += text.slice(start);
    cut(lines);
    return lines;
  }

  return {
    push: (bytes) => split(decoder.write(bytes)),
    end: () => {
      const lines = split(decoder.end());
      const last = partial;
      partial = '';
      return last === '' ? lines : [...lines, last];
    },
    get partial() {
      return partial;
    },
  };
}
