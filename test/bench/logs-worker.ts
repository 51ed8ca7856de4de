import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { logText } from '../../src/app/logs/text.ts';
import { createLogReader } from '../../src/yum/explain/log-reader.ts';

/** The figures of one process: bytes read, milliseconds of processor time (independent of other load), and resident memory in MB at a tenth of the input and at its peak. */
export interface Measured {
  readonly bytes: number;
  readonly milliseconds: number;
  readonly early: number;
  readonly highest: number;
}

const pieceSize = 64 * 1024;

const resident = (): number => process.memoryUsage.rss() / 1e6;

/** The time before each line, as Jenkins and others print it: 12 bytes. */
function timed(text: string): string {
  return text.replace(/^(?=.)/gm, '[12:30:15]  ');
}

/** The fixtures repeated, in chunks as a file has them; samples the memory at intervals. */
async function* endless(
  { way, folder, bytes }: { way: string; folder: string; bytes: number },
  look: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  const files = ['logs', 'written'].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file))),
  );
  const whole = Buffer.concat(files);
  const all = way === 'carried' ? Buffer.from(timed(whole.toString())) : whole;
  let looked = 0;
  for (let done = 0; done < bytes; ) {
    for (let start = 0; start < all.length && done < bytes; start += pieceSize) {
      const piece = all.subarray(start, start + pieceSize);
      done += piece.length;
      yield piece;
    }
    if (done - looked < pieceSize * 128 && done < bytes) continue;
    looked = done;
    look(done);
  }
}

/** Reads that many bytes as the command line does, or only splits them into lines; runs in a separate process. */
async function measure(way: string, folder: string, bytes: number): Promise<Measured> {
  let early = 0;
  let highest = 0;
  const look = (done: number): void => {
    highest = Math.max(highest, resident());
    if (done <= bytes / 10) early = highest;
  };
  const begun = process.cpuUsage();
  const pieces = endless({ way, folder, bytes }, look);
  if (way === 'lines') {
    let lines = 0;
    for await (const line of createInterface({ input: Readable.from(pieces) }))
      lines += line.length > 0 ? 1 : 0;
    if (lines === 0) throw new Error('No lines were read.');
  } else {
    const reader = createLogReader();
    for await (const text of logText(pieces)) reader.push(text);
    if (reader.end().summary.tool === undefined) throw new Error('No tool was recognised.');
  }
  const { user, system } = process.cpuUsage(begun);
  return { bytes, milliseconds: (user + system) / 1000, early, highest };
}

const [way = '', folder = '', bytes = ''] = process.argv.slice(2);
measure(way, folder, Number(bytes)).then((measured) => console.log(JSON.stringify(measured)));
