import type { ChannelPrinter } from './channel-printer.ts';
import type { JobTable, NodeJob } from './job-table.ts';
import { type Request, readWords } from './request.ts';

export type JobRequest = Extract<Request, { type: 'job' }>;

/** Maximum size of log data in a frame, in bytes. */
const maxReadBytes = 65_536;

/** The answer about what is kept, which is removed if `isFinal` and no job runs. */
function forget(jobs: JobTable, isFinal: boolean): readonly (string | number)[] {
  const all = jobs.all();
  const busy = all.find(({ code }) => code === undefined);
  if (busy) {
    const [run = '', step = ''] = busy.name.split('.');
    return ['occupied', 'running', run, busy.who, '-', step, 0, busy.name, busy.nonce];
  }
  const bytes = all.reduce((sum, { size }) => sum + size, 0);
  if (isFinal) jobs.clear();
  return ['kept', Math.ceil(bytes / 1024), all.length, 0, '', '', ''];
}

/** Handles a request to the job controller, answering in frames (jobs/frames.ts); `input` is its standard input. */
export async function serveJob(
  request: JobRequest,
  input: Buffer,
  { jobs, printer }: { readonly jobs: JobTable; readonly printer: ChannelPrinter },
): Promise<void> {
  const { verb, name, lead, words, rest } = readWords(input, request.length);
  const say = (...fields: readonly (string | number)[]): Promise<void> =>
    printer.print(`@@${lead}\t${fields.join('\t')}\n`);

  async function pump(job: NodeJob, from: number): Promise<void> {
    let offset = from;
    let isClosed = false;
    const closed = new Promise<void>((resolve) => printer.whenClosed(resolve)).then(() => {
      isClosed = true;
    });
    const leave = job.watch(printer.drop);
    try {
      await say('state', job.code === undefined ? 'running' : 'ended', job.size);
      while (!isClosed) {
        const news = job.news();
        const { code } = job;
        const bytes = job.read(offset, maxReadBytes);
        if (bytes.length > 0) {
          await say('data', offset, bytes.length);
          await printer.print(bytes);
          offset += bytes.length;
        } else if (code !== undefined) {
          return await say('ended', code, job.size, job.sum());
        } else {
          await Promise.race([news, closed]);
        }
      }
    } finally {
      leave();
    }
  }

  switch (verb) {
    case 'start': {
      const [, bytes = '0', key = '', nonce = '', , offset = '0'] = words;
      const end = Number(bytes);
      const script = rest.subarray(0, end).toString('utf8');
      // The origin of the job follows its script.
      const [, who = ''] = rest.subarray(end).toString('utf8').split('\n', 1)[0]?.split('\t') ?? [];
      const job = jobs.start({ name, script, key, nonce, who });
      if (!job) return await say('refused', 'not-staged', '/var/lib/stackprep', '');
      if (job.name !== name) await say('joined', job.name, job.nonce, job.who);
      return await pump(job, Number(offset));
    }
    case 'attach': {
      const job = jobs.find(name);
      return job ? await pump(job, Number(words[0] ?? 0)) : await say('gone', 'absent');
    }
    case 'cancel': {
      const job = jobs.find(name);
      if (!job) return await say('cancelling', 'absent');
      if (job.code !== undefined) return await say('cancelling', 'ended');
      job.process.kill('INT');
      return await say('cancelling', job.process.isUninterruptible ? 'transaction' : 'sent');
    }
    // Only one window knows a simulated node.
    case 'others':
    case 'release':
      return await say('free');
    case 'forget':
      return await say(...forget(jobs, words[0] === 'remove'));
    case 'prove':
      jobs.find(name)?.process.prove();
      return await (jobs.find(name) ? say('proven') : say('refused', 'absent'));
    default:
      return await say('refused', 'bad-verb');
  }
}
