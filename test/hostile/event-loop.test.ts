import assert from 'node:assert/strict';
import { decodeEvent } from '../../src/app/logs/journal-file.ts';
import { visible } from '../../src/base/visible.ts';
import { printable } from '../../src/cli/text/printable.ts';
import { readNodeList } from '../../src/cluster/listed-nodes.ts';
import { createFrames } from '../../src/jobs/frames.ts';
import { checkAnswers } from '../../src/packstack/check.ts';
import { readLine } from '../../src/plan/markers.ts';
import { createLines, MAX_LINE_LENGTH } from '../../src/remote/channel/lines.ts';
import { matchesHost, parseKnownHosts } from '../../src/remote/host-keys/known-hosts.ts';
import { parseConfig } from '../../src/remote/ssh-config/read.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { maskSecrets } from '../../src/run/mask.ts';
import { createMask } from '../../src/run/mask-shapes.ts';
import { createLogReader } from '../../src/yum/explain/log-reader.ts';

const megabyte = 1_000_000;
const repeated = (text: string) => text.repeat(megabyte / Buffer.byteLength(text));

/** A line or a key of 1 MB each, of what readers search for. */
const fills = [
  ...[
    'a',
    ' ',
    ' \t',
    '{',
    '"',
    'a-',
    'a=',
    '\u001b[1m',
    'a\r',
    'a\b',
    '@@stackprep:n\t',
    'a: ',
    'a,',
    '%',
    '\\n',
  ],
  ...['password=', 'https://a:b@', '\uac00', '*', '!a,', 'Error: ', 'QUJD', '- ', 'a.', '[Errno 14] '],
].map(repeated);

const cluster = (text: string) => `${text}\nnodes:\n  a: { address: 10.0.0.1 }\n`;
/** What a line of a node becomes before anything reads it. */
const lines = (text: string) => createLines().push(Buffer.from(`${text}\n`));

/** The data of a channel comes in packets of 32 kB; ssh2, lib/Channel.js, PACKET_SIZE. */
const packet = (text: string): Buffer => Buffer.from(text).subarray(0, 32 * 1024);

/** Each reads a text without giving way to anything else; a line of a node is read in pieces of at most `MAX_LINE_LENGTH`. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'a stream of a node': lines,
  'a line of a log': (text) => {
    const reader = createLogReader();
    reader.push(`${text.slice(0, MAX_LINE_LENGTH)}\n`);
    return reader.end(1);
  },
  'a line with secrets': (text) =>
    maskSecrets(['aab', `p"a's <s> & w0rd`]).line(text.slice(0, MAX_LINE_LENGTH)),
  'a line of an export': (text) => createMask()(text.slice(0, MAX_LINE_LENGTH)),
  'a line on a terminal': (text) => printable(text.slice(0, MAX_LINE_LENGTH)),
  'arguments of a marker': (text) =>
    readLine(`@@stackprep:n\tbecause\t${text.slice(0, MAX_LINE_LENGTH)}`, 'n'),
  'a frame without an end': (text) => createFrames('lead').push(packet(`@@lead\tdata\t0\t${text}`)),
  'bytes before a frame': (text) => createFrames('lead').push(packet(text)),
  'hosts of known_hosts': (text) =>
    parseKnownHosts(`${text} ssh-ed25519 AAAA\n`, 'f').map(({ hosts }) => matchesHost(hosts, 'a')),
  'a value of ssh -G': (text) => parseConfig(`user ${text}`),
  'a line of a journal': (text) =>
    decodeEvent(JSON.stringify({ type: 'log', node: 'a', step: 'b', stream: 'stdout', line: text, at: 1 })),
  'a value of an answer file': (text) => checkAnswers(`[general]\nCONFIG_NTP_SERVERS=${text}\n`),
  'a key of an answer file': (text) => checkAnswers(`[general]\n${text}=y\n`),
  'a value of a cluster file': (text) => decodeCluster(cluster(`cluster: ${JSON.stringify(text)}`)),
  'a key of a cluster file': (text) => decodeCluster(cluster(`cluster: a\n${JSON.stringify(text)}: 1`)),
  'a list of nodes': (text) => readNodeList(text),
};

/** The processor time of a call in milliseconds: the least of five, or of fewer if that is little. */
function cost(call: () => unknown, enough: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let times = 5; times > 0 && least > enough; times -= 1) {
    const before = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

describe('One line or key of 1 MB', function () {
  this.timeout(240_000);
  let limit: number;
  before(() => {
    // On a computer that others use, too, a search for hidden characters says how fast it is: 30 of them count as 50 ms.
    const text = repeated('a');
    limit = Math.max(50, 30 * cost(() => visible(text), 0));
  });

  for (const [name, read] of Object.entries(readers)) {
    // The YAML library makes a value of it character by character.
    const times = name.endsWith('cluster file') ? 3 : 1;
    it(`holds the event loop for ${50 * times} ms at most, as ${name}`, () => {
      const most = limit * times;
      const slow = fills.flatMap((text) => {
        const ms = cost(() => read(text), most);
        return ms > most
          ? [`${JSON.stringify(text.slice(0, 12))}: ${Math.round(ms)} ms of ${Math.round(most)}`]
          : [];
      });
      assert.deepEqual(slow, []);
    });
  }
});
