import { decodeEvent } from '../../src/app/logs/journal-file.ts';
import { english } from '../../src/base/l10n.ts';
import { printable } from '../../src/cli/text/printable.ts';
import { createFrames } from '../../src/jobs/frames.ts';
import { checkAnswers } from '../../src/packstack/check.ts';
import { readLine } from '../../src/plan/markers.ts';
import { decodeIntent, decodeMemory, decodeMessage } from '../../src/protocol/dashboard.ts';
import { matchesHost, parseKnownHosts } from '../../src/remote/host-keys/known-hosts.ts';
import { parseConfig, withLibrary } from '../../src/remote/ssh-config/read.ts';
import { settingsOf } from '../../src/remote/ssh-config/settings.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { maskSecrets } from '../../src/run/mask.ts';
import { maskText } from '../../src/run/mask-shapes.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { logLines } from '../../src/view/log-lines.ts';
import { createLogReader } from '../../src/yum/explain/log-reader.ts';
import { clusterTexts } from '../support/texts.ts';

/** Where foreign input enters. */
export interface Boundary {
  readonly name: string;
  /** Inputs to begin with. */
  readonly seeds: readonly string[];
  /** Reads an input and returns what kind of result it gave: a new kind makes the input a seed. It throws if the input breaks it. */
  readonly read: (input: string) => string;
}

const kinds = (words: readonly string[]): string => [...new Set(words)].sort().join(' ');

const home = { host: 'a', home: '/home/a', env: {} };

/** What a terminal obeys. */
const obeyed = /(?![\t])[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function mustBeHarmless(text: string): void {
  if (obeyed.test(text)) throw new Error(`a terminal obeys ${JSON.stringify(text.slice(0, 200))}`);
}

const secret = `p"a's <s> & \\w0rd/é`;

export const boundaries: readonly Boundary[] = [
  {
    name: 'cluster-file',
    seeds: clusterTexts.slice(0, 10),
    read: (text) => kinds(decodeCluster(text).problems.map(({ code }) => code)),
  },
  {
    name: 'answer-file',
    seeds: [
      '[general]\nCONFIG_DEFAULT_PASSWORD=x\nCONFIG_NTP_SERVERS=a,b\nCONFIG_CONTROLLER_HOST=10.0.0.1\n',
    ],
    read: (text) => kinds(checkAnswers(text).map(({ code }) => code)),
  },
  {
    name: 'log',
    seeds: [
      'Loaded plugins: fastestmirror\nNo package a available.\nError: Nothing to do\n',
      'Transaction Summary\n====\nInstall  1 Package\n\nTotal download size: 1 M\nIs this ok [y/N]: y\nRunning transaction\n  Installing : a-1-1.x86_64  1/1\nComplete!\n',
      'Last metadata expiration check: 0:00:01 ago\nError:\n Problem: conflicting requests\n  - nothing provides x needed by y\n',
    ],
    read: (text) => {
      const reader = createLogReader();
      reader.push(text);
      for (const line of text.split('\n')) mustBeHarmless(printable(line));
      return kinds(Object.keys(reader.end(1)));
    },
  },
  {
    name: 'frames',
    seeds: [
      '@@lead\tstate\trunning\t3\n@@lead\tdata\t0\t3\nabc@@lead\tended\t0\t3\tsum\n',
      '@@lead\toccupied\trunning\tr\twho\trun\tlocale\t3\tr.locale.1\tnonce\n@@lead\tkept\t1\t1\t0\ta \tb \tc \n',
      'noise\n@@lead\trefused\tnot-staged\t/var\t1\n@@lead\tjoined\ta.b.1\tn\twho\n',
    ],
    read: (text) => {
      const frames = createFrames('lead');
      const bytes = Buffer.from(text);
      const half = bytes.length >> 1;
      return kinds(
        [...frames.push(bytes.subarray(0, half)), ...frames.push(bytes.subarray(half))].map(
          ({ type }) => type,
        ),
      );
    },
  },
  {
    name: 'markers',
    seeds: [
      '@@stackprep:n\tbegin\t12\n@@stackprep:n\tfact\thostname\ta\n',
      'x@@stackprep:n\tbecause\tfile-missing\t/a\n@@stackprep:n\tresult\tlocale\tfailed\tapply-failed\t1\n@@stackprep:n\tstate\tlocale\tdone\n',
    ],
    read: (text) => kinds(text.split('\n').map((line) => readLine(line, 'n').marker?.type ?? 'log')),
  },
  {
    name: 'journal',
    seeds: [
      '{"type":"run-started","run":"r","kind":"run","cluster":"c","nodes":["a"],"steps":["locale"],"at":1}',
      '{"type":"step-finished","node":"a","step":"locale","outcome":"failed","reasons":[{"code":"apply-failed","args":["1"]}],"milliseconds":1,"at":2}',
      '{"type":"log","node":"a","step":"locale","stream":"stdout","line":"x","at":2}',
    ],
    read: (text) => {
      const event = decodeEvent(text);
      if (!event) return 'none';
      reduceRun(emptyRunState, event);
      return kinds([
        event.type,
        ...logLines(event, 'run').map(
          ({ text: line }) => typeof (typeof line === 'string' ? line : english(line)),
        ),
      ]);
    },
  },
  {
    name: 'dashboard',
    seeds: ['{"type":"ready"}', '{"type":"run","nodes":["a"],"steps":["locale"]}', '{"scroll":1}'],
    read: (text) => {
      let value: unknown = text;
      try {
        value = JSON.parse(text);
      } catch (cause) {
        if (!(cause instanceof SyntaxError)) throw cause;
      }
      return [decodeIntent(value), decodeMessage(value), decodeMemory(value)]
        .map((each) => typeof each)
        .join(' ');
    },
  },
  {
    name: 'known-hosts',
    seeds: [
      'a,10.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5cG5X1Yc1l9n1M2u0b5v1Z5m8aYx0nq2u8k7m1a2b3 c\n',
      '|1|c2FsdA==|aGFzaA== ssh-rsa AAAA\n@revoked * ssh-rsa AAAA\n@cert-authority *.a ssh-rsa AAAA\n',
    ],
    read: (text) =>
      kinds(
        parseKnownHosts(text, 'f').map(
          (record) => `${record.marker} ${matchesHost(record.hosts, 'a')} ${record.key?.type}`,
        ),
      ),
  },
  {
    name: 'ssh-config',
    seeds: [
      'Host a\n  User b\n  Port 22\n  ProxyJump c\nMatch user b\n  IdentityFile ~/.ssh/%h\n',
      'user a\nport 22\nciphers aes128-ctr\npreferredauthentications publickey\nrevokedhostkeys "a b"\nrequiredrsasize 3072\n',
    ],
    read: (text) => {
      const values = withLibrary(text, { host: 'a' });
      const both = [values, parseConfig(text)].flatMap((each) => (each ? [settingsOf(each, home)] : []));
      return kinds(both.flatMap((settings) => Object.keys(settings)));
    },
  },
  {
    name: 'masks',
    seeds: [
      `x ${secret} y`,
      'CONFIG_DB_PW=x mysql -px https://a:b@c',
      JSON.stringify(secret),
      encodeURIComponent(secret),
    ],
    read: (text) => {
      const mask = maskSecrets([secret]);
      for (const masked of [mask.text(text), mask.line(text)])
        if (masked.includes(secret)) throw new Error(`a secret is left in ${JSON.stringify(masked)}`);
      const once = maskText(text);
      return `${mask.text(text) === text} ${once === text}`;
    },
  },
];
