import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../src/base/problem.ts';
import { packstackFormerKeys, packstackOldNames } from '../../src/data/packstack-old-names.ts';
import { checkAnswers } from '../../src/packstack/check.ts';
import { answerKeys, defaultOf, findAnswerKey } from '../../src/packstack/keys.ts';
import { misspelledKey } from '../../src/packstack/old-names.ts';
import { inferRelease, packstackReleases, releasesOfKey } from '../../src/packstack/release.ts';

const samples = join(import.meta.dirname, '../cases/packstack');

function general(...lines: readonly string[]): string {
  return `[general]\n${lines.join('\n')}\n`;
}

function applied(text: string, { fix }: Problem): string {
  const [edit] = fix?.edits ?? [];
  assert.ok(edit && fix?.edits.length === 1);
  return text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
}

/** A text, the code of its only problem, the marked text, and the text after the fix. */
type Case = readonly [text: string, code: string, marked: string, fixed?: string];

const cases: readonly Case[] = [
  [
    general('CONFIG_NOVA_INSTAL=y'),
    'answers-key-unknown',
    'CONFIG_NOVA_INSTAL',
    general('CONFIG_NOVA_INSTALL=y'),
  ],
  [general('HOUSE_RULES=1'), 'answers-key-unknown', 'HOUSE_RULES'],
  [general('CONFIG_HEAT_INSTALL="y"'), 'answers-value', '"y"', general('CONFIG_HEAT_INSTALL=y')],
  [general('CONFIG_HEAT_INSTALL=Y'), 'answers-value', 'Y', general('CONFIG_HEAT_INSTALL=y')],
  [general('CONFIG_HEAT_INSTALL=yes'), 'answers-value', 'yes', general('CONFIG_HEAT_INSTALL=y')],
  [general('CONFIG_HEAT_INSTALL = y # on'), 'answers-value', 'y # on', general('CONFIG_HEAT_INSTALL = y')],
  [general('CONFIG_NEUTRON_INSTALL='), 'answers-value', 'CONFIG_NEUTRON_INSTALL'],
  [general('CONFIG_HEAT_INSTALL=perhaps'), 'answers-value', 'perhaps'],
  [general('CONFIG_REDIS_PORT=many'), 'answers-value', 'many'],
  [general('CONFIG_REDIS_PORT=70000'), 'answers-value', '70000'],
  [general('CONFIG_REDIS_PORT=65535'), 'answers-value', '65535'],
  [general('CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO=1.5.'), 'answers-value', '1.5.'],
  [general('CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO=.'), 'answers-value', '.'],
  [general('CONFIG_SWIFT_STORAGE_REPLICAS=two'), 'answers-value', 'two'],
  [general('CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO=1,5'), 'answers-value', '1,5'],
  [general('CONFIG_SWIFT_STORAGE_SIZE=2 GB'), 'answers-value', '2 GB'],
  [general('CONFIG_COMPUTE_HOSTS=10.0.0.1;10.0.0.2'), 'answers-value', '10.0.0.1;10.0.0.2'],
  [general('CONFIG_CONTROLLER_HOST=10.0.0.300'), 'answers-value', '10.0.0.300'],
  [general('CONFIG_NEUTRON_ML2_TYPE_DRIVERS=geneve,flatt'), 'answers-value', 'geneve,flatt'],
  ['# Packstack 26.0.0\n[general]\nCONFIG_CINDER_BACKEND=vmdk\n', 'answers-value', 'vmdk'],
  [
    general('CONFIG_HEAT_INSTALL=y', 'config_heat_install=n'),
    'answers-key-duplicate',
    'config_heat_install',
    general('CONFIG_HEAT_INSTALL=y'),
  ],
  [
    'CONFIG_HEAT_INSTALL=y\n',
    'answers-section',
    'CONFIG_HEAT_INSTALL=y',
    '[general]\nCONFIG_HEAT_INSTALL=y\n',
  ],
  [general('[more]', 'X=1'), 'answers-section', '[more]'],
  [general('heat please'), 'answers-syntax', 'heat please'],
  [
    general('CONFIG_COMPUTE_HOSTS=10.0.0.1,', '  10.0.0.2').replace(',', ''),
    'answers-continued',
    '  10.0.0.2',
  ],
  [general('CONFIG_SAHARA_INSTALL=y'), 'answers-retired', 'CONFIG_SAHARA_INSTALL'],
  [
    '# Packstack 26.0.0\n[general]\nCONFIG_SAHARA_INSTALL=n\n',
    'answers-retired',
    'CONFIG_SAHARA_INSTALL',
    '# Packstack 26.0.0\n[general]\n',
  ],
  [
    '# Packstack 14.0.0\n[general]\nCONFIG_SKIP_TEMPEST_TESTS=\n',
    'answers-retired',
    'CONFIG_SKIP_TEMPEST_TESTS',
    '# Packstack 14.0.0\n[general]\n',
  ],
  [general('CONFIG_NEUTRON_INSTALL=n'), 'answers-requirement', 'n', general('CONFIG_NEUTRON_INSTALL=y')],
  [
    general('CONFIG_CEILOMETER_INSTALL=n'),
    'answers-requirement',
    'n',
    general('CONFIG_CEILOMETER_INSTALL=y'),
  ],
  [general('CONFIG_CINDER_BACKEND=nfs'), 'answers-requirement', 'nfs'],
  [
    general('CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS=openvswitch'),
    'answers-requirement',
    'openvswitch',
    general('CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS=ovn'),
  ],
  [
    general('CONFIG_CONTROLLER_HOST=10.0.0.1', 'CONFIG_STORAGE_HOST=10.0.0.2'),
    'answers-requirement',
    '10.0.0.2',
  ],
  [
    general('CONFIG_CONTROLLER_HOST=10.0.0.1', 'CONFIG_COMPUTE_HOSTS=10.0.0.2,node3'),
    'answers-hosts',
    '10.0.0.2,node3',
  ],
  [general('CONFIG_KEYSTONE_ADMIN_PW=hunter2'), 'answers-secrets', 'CONFIG_KEYSTONE_ADMIN_PW'],
];

describe('The check of Packstack answer files', () => {
  for (const [text, code, marked, fixed] of cases) {
    it(`reports ${code} in ${JSON.stringify(text.replace('[general]\n', ''))}`, () => {
      const problems = checkAnswers(text);
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [code],
      );
      const [problem] = problems;
      assert.ok(problem);
      assert.equal(text.slice(problem.span.start, problem.span.end), marked);
      assert.equal(problem.fix === undefined, fixed === undefined);
      if (fixed === undefined) return;
      assert.equal(applied(text, problem), fixed);
      assert.deepEqual(checkAnswers(fixed), []);
    });
  }

  for (const version of ['20.0.1', '26.0.0']) {
    it(`reports nothing in the file that Packstack ${version} generates, with either line ending`, () => {
      const text = readFileSync(join(samples, `packstack-answers-${version}.txt`), 'utf8');
      assert.ok(text.split('\n').length > 290);
      // It has keys that the newest version no longer has, so the release is reported.
      const release = version === '26.0.0' ? [] : ['answers-release'];
      const codes = (of: string) => checkAnswers(of).map(({ code }) => code);
      assert.deepEqual(codes(text), release);
      assert.deepEqual(codes(text.replaceAll('\n', '\r\n')), release);
      assert.deepEqual(codes(`# Packstack ${version}\n# a NUL: \0\n${text}`), []);
    });
  }

  for (const line of [
    'CONFIG_HEAT_INSTALL=',
    'CONFIG_NEUTRON_ML2_TYPE_DRIVERS=geneve,flat,',
    'CONFIG_COMPUTE_HOSTS=10.0.0.1,10.0.0.2,',
    'CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO=16.',
    'CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO=.5',
    'CONFIG_REDIS_PORT=65534',
  ])
    it(`reports nothing in ${line}, which Packstack accepts`, () => {
      assert.deepEqual(checkAnswers(general(line)), []);
    });

  it('never throws for a truncated file, and every span is inside it', () => {
    const text = readFileSync(join(samples, 'packstack-answers-20.0.1.txt'), 'utf8');
    for (let end = 0; end < 6000; end += 37) {
      for (const { span } of checkAnswers(text.slice(0, end))) assert.ok(span.start >= 0 && span.end <= end);
    }
  });
});

describe('The table of Packstack keys', () => {
  it('has every key once with what Packstack expects of it', () => {
    assert.equal(answerKeys.length, 327);
    assert.equal(new Set(answerKeys.map(({ name }) => name)).size, 327);
    assert.equal(findAnswerKey('config_nova_db_pw')?.isSecret, true);
    assert.deepEqual(findAnswerKey('CONFIG_CINDER_BACKEND')?.options, ['lvm', 'nfs', 'netapp', 'solidfire']);
  });

  it('has the default of each version', () => {
    const agent = findAnswerKey('CONFIG_NEUTRON_L2_AGENT');
    assert.ok(agent);
    assert.equal(defaultOf(agent, '13.0.0'), 'openvswitch');
    assert.equal(defaultOf(agent, '14.0.0'), 'ovn');
    const image = findAnswerKey('CONFIG_MANILA_SERVICE_IMAGE_LOCATION');
    assert.match((image && defaultOf(image, '15.1.0')) ?? '', /^https:\/\/www\.dropbox\.com/);
    const host = findAnswerKey('CONFIG_CONTROLLER_HOST');
    assert.equal(host && defaultOf(host), undefined);
  });
});

describe('Deprecated names of Packstack keys', () => {
  const codes = (...answers: readonly string[]) => checkAnswers(general(...answers)).map(({ code }) => code);

  it('are 40, and each belongs to a key of the table', () => {
    const old = Object.entries(packstackOldNames).flatMap(([now, names]) =>
      names.map((name) => ({ name, now })),
    );
    assert.equal(new Set(old.map(({ name }) => name)).size, 40);
    for (const { name, now } of old) {
      assert.ok(findAnswerKey(now), now);
      assert.equal(findAnswerKey(name), undefined, name);
    }
  });

  for (const [now, names] of Object.entries(packstackOldNames))
    for (const name of names)
      it(`map ${name} to ${now} and to no other key`, () => {
        const text = general(`${name}=x`);
        const [first] = checkAnswers(text).filter(({ code }) => code !== 'answers-secrets');
        assert.equal(first?.code, 'answers-key-deprecated');
        assert.equal(first && applied(text, first), general(`${now}=x`));
        assert.equal(misspelledKey(name), undefined);
      });

  it('have their value checked like that of the new name', () => {
    assert.deepEqual(codes('CONFIG_MYSQL_INSTALL=perhaps'), ['answers-key-deprecated', 'answers-value']);
    assert.deepEqual(codes('CONFIG_MYSQL_PW=hunter2'), ['answers-key-deprecated', 'answers-secrets']);
    assert.deepEqual(codes('CONFIG_CONTROLLER_HOST=10.0.0.1', 'CONFIG_NOVA_COMPUTE_HOSTS=node2'), [
      'answers-key-deprecated',
      'answers-hosts',
    ]);
  });

  it('are an error when two names of one key have different values, and get no fix when there are two', () => {
    const same = general('CONFIG_KEYSTONE_HOST=10.0.0.1', 'CONFIG_GLANCE_HOST=10.0.0.1');
    assert.deepEqual(
      checkAnswers(same).map(({ code, fix }) => [code, fix]),
      [
        ['answers-key-deprecated', undefined],
        ['answers-key-deprecated', undefined],
      ],
    );
    assert.deepEqual(codes('CONFIG_KEYSTONE_HOST=10.0.0.1', 'CONFIG_GLANCE_HOST=10.0.0.2'), [
      'answers-key-deprecated',
      'answers-key-contradicts',
    ]);
    assert.deepEqual(codes('CONFIG_KEYSTONE_HOST=10.0.0.1', 'CONFIG_GLANCE_HOST='), [
      'answers-key-deprecated',
      'answers-key-deprecated',
    ]);
  });

  it('are ignored when the new name is answered, and then have no fix', () => {
    const [problem, ...more] = checkAnswers(
      general('CONFIG_MYSQL_INSTALL=perhaps', 'CONFIG_MARIADB_INSTALL=y'),
    );
    assert.deepEqual([problem?.code, problem?.fix, more], ['answers-key-deprecated', undefined, []]);
  });

  it('are case-insensitive', () => {
    assert.deepEqual(codes('config_mysql_user=root'), ['answers-key-deprecated']);
    assert.deepEqual(
      codes('CONFIG_MYSQL_USER=root', 'config_mysql_user=root').at(-1),
      'answers-key-duplicate',
    );
  });
});

describe('The release of an answer file', () => {
  /** A file with all keys that a release has, as its Packstack writes them. */
  const fileOf = (release: string) => {
    const at = packstackReleases.indexOf(release);
    const keys = [...answerKeys.map(({ name }) => name), ...Object.keys(packstackFormerKeys)].filter(
      (name) => {
        const [first, last] = releasesOfKey(name) ?? [];
        return first !== undefined && last !== undefined && first <= at && at <= last;
      },
    );
    return keys;
  };

  for (const release of packstackReleases)
    it(`is detected from the keys that ${release} has`, () => {
      const keys = fileOf(release);
      const found = inferRelease(keys);
      if (release === 'epoxy') {
        assert.equal(found, undefined);
        return;
      }
      const order = [found?.first, release, found?.last].map((name) => packstackReleases.indexOf(name ?? ''));
      assert.deepEqual(
        order.toSorted((a, b) => a - b),
        order,
      );
      // Every key is of that release, so none is unknown, retired or deprecated.
      const codes = new Set(checkAnswers(general(...keys.map((key) => `${key}=`))).map(({ code }) => code));
      for (const code of ['answers-key-unknown', 'answers-retired', 'answers-key-deprecated'] as const)
        assert.equal(codes.has(code), false, code);
      assert.ok(codes.has('answers-release'));
    });

  /** The codes and keys of what is wrong in a file of a release, with some answers and the other ones empty. */
  const wrongIn = (release: string, answers: Readonly<Record<string, string>>) => {
    const text = general(...fileOf(release).map((key) => `${key}=${answers[key] ?? ''}`));
    return checkAnswers(text).flatMap(({ code, span, severity }) =>
      severity !== 'information' || code === 'answers-requirement'
        ? [`${code} ${text.slice(span.start, span.end)}`]
        : [],
    );
  };
  const isAbout = (pattern: RegExp) => (line: string) => pattern.test(line);

  it('decides which keys have defaults and which names are old ones', () => {
    const hosts = { CONFIG_KEYSTONE_HOST: '10.0.0.1', CONFIG_GLANCE_HOST: '10.0.0.2' };
    assert.deepEqual(wrongIn('havana', hosts).filter(isAbout(/HOST|10\.0/)), []);
    // Aodh came with Mitaka, a separate host for Redis with Newton.
    const off = { CONFIG_CEILOMETER_INSTALL: 'n' };
    assert.deepEqual(wrongIn('liberty', off).filter(isAbout(/requirement n$/)), []);
    assert.deepEqual(
      wrongIn('newton', { ...off, CONFIG_AODH_INSTALL: 'y' }).filter(isAbout(/requirement n$/)),
      ['answers-requirement n'],
    );
    const three = {
      CONFIG_CONTROLLER_HOST: '10.0.0.1',
      CONFIG_COMPUTE_HOSTS: '10.0.0.1',
      CONFIG_NETWORK_HOSTS: '10.0.0.1',
      CONFIG_CEILOMETER_INSTALL: 'y',
    };
    assert.deepEqual(wrongIn('icehouse', three).filter(isAbout(/requirement 10/)), []);
  });

  it('decides which values are allowed: qpid was until Liberty', () => {
    const qpid = { CONFIG_AMQP_BACKEND: 'qpid' };
    for (const release of ['icehouse', 'juno', 'liberty'])
      assert.deepEqual(wrongIn(release, qpid).filter(isAbout(/qpid/)), [], release);
    assert.deepEqual(wrongIn('queens', qpid).filter(isAbout(/qpid/)), ['answers-value qpid']);
  });

  it('is unknown for a short file and when the keys contradict each other', () => {
    assert.equal(inferRelease(['CONFIG_AMQP_SSL_PORT', 'CONFIG_HEAT_INSTALL']), undefined);
    assert.equal(inferRelease([...fileOf('juno'), 'CONFIG_NEUTRON_OVN_BRIDGE_IFACES']), undefined);
    const codes = checkAnswers(
      general(...[...fileOf('juno'), 'CONFIG_NEUTRON_OVN_BRIDGE_IFACES'].map((key) => `${key}=`)),
    ).map(({ code }) => code);
    assert.ok(codes.includes('answers-retired'));
    assert.equal(codes.includes('answers-key-unknown'), false);
  });
});

describe('The suggestion for an unknown key', () => {
  const known = [...answerKeys.map(({ name }) => name), ...Object.keys(packstackFormerKeys)];

  it('never replaces one known key with another: no known key is a misspelling of another', () => {
    for (const name of known) assert.equal(misspelledKey(name), undefined, name);
  });

  for (const [name, meant] of [
    ['CONFIG_NOVA_INSTAL', 'CONFIG_NOVA_INSTALL'],
    ['CONFIG_HEAT_ISNTALL', 'CONFIG_HEAT_INSTALL'],
    ['CONFIG_COMPUTE_HOST', 'CONFIG_COMPUTE_HOSTS'],
    ['CONFIG_NTP_SERVER', 'CONFIG_NTP_SERVERS'],
    ['CONFIG_KEYSTONE_ADMINPW', 'CONFIG_KEYSTONE_ADMIN_PW'],
    ['NOVA_INSTALL', 'CONFIG_NOVA_INSTALL'],
    ['config_provison_demo', 'CONFIG_PROVISION_DEMO'],
    ['CONFIG_MYSQ_USER', 'CONFIG_MARIADB_USER'],
  ] as const)
    it(`is ${meant} for ${name}`, () => {
      assert.equal(misspelledKey(name), meant);
    });

  for (const name of [
    'CONFIG_SSL_CERT_SUBJECT_COUNTRY',
    'CONFIG_MYSQL_PASSWORD',
    'CONFIG_HEAT_DB_PASS',
    'CONFIG_NEUTRON_OVX_BRIDGE_IFACES',
    'CONFIG_NOVA_KB_PW',
    'CONFIG_SENLIN_INSTALL',
    'CONFIG_MURANO_INSTALL',
    'CONFIG_REDIS_NAME',
    'CONFIG_AMQP_SSL',
    'CONFIG_NEUTRON_NETWORK_SIZE',
    'HOUSE_RULES',
    '__proto__',
    'constructor',
  ])
    it(`is absent for ${name}`, () => {
      assert.equal(misspelledKey(name), undefined);
    });

  it('has no fix when the suggested key is already answered', () => {
    const [problem] = checkAnswers(general('CONFIG_NOVA_INSTAL=n', 'CONFIG_NOVA_INSTALL=y'));
    assert.deepEqual([problem?.code, problem?.fix], ['answers-key-unknown', undefined]);
  });
});
