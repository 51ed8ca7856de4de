/** A picture of an animation. */
export interface Frame {
  /** A WebP file without transparency. */
  readonly file: Buffer;
  /** How long it is shown, in milliseconds. */
  readonly ms: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** The image data of a WebP file: its chunk `VP8 ` or `VP8L` with the head. */
function imageOf(file: Buffer): Buffer {
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (name === 'VP8 ' || name === 'VP8L') return file.subarray(at, end);
    at = end;
  }
  throw new Error('the file is not a WebP picture');
}

function size24(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 3);
  for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * 3, 3);
  return bytes;
}

/** One animated WebP file that repeats (the container specification of WebP, chunks VP8X, ANIM and ANMF). */
export function animate(frames: readonly Frame[], { width, height }: Size): Buffer {
  const head = chunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), size24(width - 1, height - 1)]));
  const loop = chunk('ANIM', Buffer.alloc(6));
  const parts = frames.map(({ file, ms }) => {
    const place = Buffer.concat([size24(0, 0, width - 1, height - 1, ms), Buffer.from([2])]);
    return chunk('ANMF', Buffer.concat([place, imageOf(file)]));
  });
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), head, loop, ...parts]));
}
