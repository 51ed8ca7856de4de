import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../../src/packstack/check.ts';

/** Rows of `verdicts.tsv`: version, key, the answers that make Packstack read the key, one character per value. */
const [first = '', ...rows] = readFileSync(
  join(import.meta.dirname, '../cases/packstack/verdicts.tsv'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const values = JSON.parse(first.split('\t').at(-1) ?? '') as readonly string[];

/** Keys for which Packstack stops in a later step, which the verdicts do not contain (PS cinder_250.py, nova_300.py, neutron_350.py). */
const later =
  /^CONFIG_(?:CINDER_VOLUMES_SIZE|VCENTER_CLUSTER_NAMES|NEUTRON_OV[NS]_BRIDGE\w+|SWIFT_STORAGE_ZONES)$/;
/** A key whose value only the host can check: the folder must be writable. */
const ofHost = new Set(['CONFIG_SSL_CERT_DIR']);

const hosts = ['CONTROLLER_HOST', 'COMPUTE_HOSTS', 'NETWORK_HOSTS'].map((key) => `CONFIG_${key}`);

/** The problems at a key of an answer file with the given answers that Packstack stops for. */
function errorsAt(version: string, key: string, answers: ReadonlyMap<string, string>): readonly string[] {
  const lines = [...answers].map(([name, value]) => `${name}=${value}`);
  const text = `# Packstack ${version}\n[general]\n${lines.join('\n')}\n`;
  const [start, end] = [text.indexOf(`\n${key}=`) + 1, text.indexOf(`\n${key}=`) + 1 + `${key}=`.length];
  const line = text.slice(start).indexOf('\n') + start;
  return (
    checkAnswers(text)
      // Whether hosts fit together is asked in a later step, which the verdicts do not contain.
      .filter(({ code }) => code !== 'answers-hosts')
      .filter(
        ({ severity, span }) =>
          severity === 'error' && span.start >= start && span.start <= Math.max(end, line),
      )
      .map(({ message }) => JSON.stringify(message))
  );
}

describe('The verdicts of the real Packstack', () => {
  it('are those of the check, for every key that 26.0.0 to 10.0.1 read and 83 values of each', () => {
    const wrong: string[] = [];
    for (const row of rows) {
      const [version = '', key = '', context = '', verdicts = ''] = row.split('\t');
      const others = context.split(',').flatMap((part) => {
        const [, name = '', value = ''] = /^([A-Z_0-9]+)=(.*)$/.exec(part) ?? [];
        return name === '' ? [] : [[name, value] as const];
      });
      values.forEach((value, index) => {
        const isRefused = verdicts[index] === 'r' || verdicts[index] === 's';
        const answers = new Map<string, string>([
          ...hosts.map((name) => [name, '10.0.0.5'] as const),
          ...others,
          [key, value],
        ]);
        const errors = errorsAt(version, key, answers);
        const isLater = later.test(key) && !isRefused;
        if (errors.length > 0 !== isRefused && verdicts[index] !== 'o' && !isLater && !ofHost.has(key))
          wrong.push(`${version} ${key}=${value} (${context}): Packstack ${verdicts[index]}, here ${errors}`);
      });
    }
    assert.deepEqual(wrong, []);
  });
});
