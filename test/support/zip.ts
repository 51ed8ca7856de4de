import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive by their paths (APPNOTE.TXT 4.3.12 and 4.3.16; stored or deflated, without zip64). */
export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a zip archive');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [name = 0, extra = 0, comment = 0] = lengths;
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(begin, begin + size);
    const path = archive.toString('utf8', at + 46, at + 46 + name);
    files.set(path, method === 0 ? Buffer.from(bytes) : inflateRawSync(bytes));
    at += 46 + name + extra + comment;
  }
  return files;
}
