import assert from 'node:assert/strict';
import { particleAfter } from '../../src/base/korean-particles.ts';
import { msg, translator } from '../../src/base/l10n.ts';

const of = (value: string): string => value + particleAfter(value, '을(를)');
const toward = (value: string): string => value + particleAfter(value, '(으)로');

describe('A Korean particle', () => {
  it('follows the final consonant of a Hangul syllable', () => {
    assert.deepEqual(['단계', '노드', '저장소', '패키지 3개'].map(of), [
      '단계를',
      '노드를',
      '저장소를',
      '패키지 3개를',
    ]);
    assert.deepEqual(['로그', '설정', '서울', '점검'].map(of), ['로그를', '설정을', '서울을', '점검을']);
    assert.deepEqual(['서울', '부산', '대구'].map(toward), ['서울로', '부산으로', '대구로']);
  });

  it('follows a digit as it is read aloud', () => {
    const read = ['0을', '1을', '2를', '3을', '4를', '5를', '6을', '7을', '8을', '9를'];
    assert.deepEqual(
      read.map((_, digit) => of(String(digit))),
      read,
    );
    assert.deepEqual(['10', '1000', '192.168.113.171', 'eth0', 'openstack2'].map(of), [
      '10을',
      '1000을',
      '192.168.113.171을',
      'eth0을',
      'openstack2를',
    ]);
    assert.deepEqual(['node1', 'node3', 'node7', 'node9', '50%'].map(toward), [
      'node1로',
      'node3으로',
      'node7로',
      'node9로',
      '50%로',
    ]);
  });

  it('follows a Latin word as it is pronounced', () => {
    for (const word of [
      ...['controller을', 'hosts을', 'compute을', 'root을', 'repositories을', 'chrony을', 'host을', 'heat을'],
      ...['glance을', 'swift을', 'placement을', 'network을', 'upgrade을', 'sudo을', 'epoxy을', 'byte을'],
    ])
      assert.equal(of(word.slice(0, -1)), `${word.slice(0, -1)}를`);
    for (const word of [
      'kernel',
      'neutron',
      'openstack',
      'keystone',
      'profile',
      'hostname',
      'yum',
      'horizon',
    ])
      assert.equal(of(word), `${word}을`);
    for (const word of ['net', 'socket', 'backup', 'group', 'web', 'ping', 'train', 'magnum'])
      assert.equal(of(word), `${word}을`);
    assert.deepEqual(['kernel', 'locale', 'train', 'stein', 'wallaby'].map(toward), [
      'kernel로',
      'locale로',
      'train으로',
      'stein으로',
      'wallaby로',
    ]);
  });

  it('follows an abbreviation by the name of its last letter', () => {
    assert.deepEqual(['DNS', 'VLAN', 'EPEL', 'RDO', 'CPU', 'RAM', 'RHEL', 'NFS'].map(of), [
      'DNS를',
      'VLAN을',
      'EPEL을',
      'RDO를',
      'CPU를',
      'RAM을',
      'RHEL을',
      'NFS를',
    ]);
    assert.deepEqual(['ssh', 'rpm', 'dnf', 'x', 'n', 'UseDNS', 'sshd'].map(of), [
      'ssh를',
      'rpm을',
      'dnf를',
      'x를',
      'n을',
      'UseDNS를',
      'sshd를',
    ]);
    assert.equal(toward('EPEL'), 'EPEL로');
  });

  it('follows the last word of a path, without quotes, punctuation and brackets', () => {
    assert.deepEqual(
      [
        '`/etc/yum.conf`',
        '"seoul.pem"',
        'node1 (10.0.0.3)',
        '저장소 (EPEL)',
        '(설정)',
        "'train'.",
        'compute[1:3]',
      ].map(of),
      [
        '`/etc/yum.conf`를',
        '"seoul.pem"을',
        'node1 (10.0.0.3)을',
        '저장소 (EPEL)를',
        '(설정)을',
        "'train'.을",
        'compute[1:3]를',
      ],
    );
  });

  it('keeps both forms after a value whose sound is not known', () => {
    for (const value of ['', '/', '東京', '…', 'ы']) assert.equal(particleAfter(value, '은(는)'), '은(는)');
    assert.equal(particleAfter('node', 'constructor'), 'constructor');
  });

  it('has one of two forms in each notation', () => {
    const forms = ['은(는)', '이(가)', '을(를)', '과(와)', '와(과)', '(으)로', '(이)'];
    assert.deepEqual(
      forms.map((form) => particleAfter('노드', form)),
      ['는', '가', '를', '와', '와', '로', ''],
    );
    assert.deepEqual(
      forms.map((form) => particleAfter('설정', form)),
      ['은', '이', '을', '과', '과', '으로', '이'],
    );
  });

  it('is chosen in a translation by the value, which may be a message and in quotes', () => {
    const korean = translator({
      'No {0}.': '`{0}`이(가) 없습니다.',
      'Use {0} as {1}.': '{0}을(를) {1}(으)로 사용합니다.',
      'It must be {0}.': '{0}(이)어야 합니다.',
      step: '단계',
    });
    assert.equal(korean(msg('No {0}.', 'chrony')), '`chrony`가 없습니다.');
    assert.equal(korean(msg('No {0}.', 'kernel')), '`kernel`이 없습니다.');
    assert.equal(korean(msg('Use {0} as {1}.', msg('step'), 10)), '단계를 10으로 사용합니다.');
    assert.equal(korean(msg('It must be {0}.', 'auto')), 'auto여야 합니다.');
    assert.equal(korean(msg('It must be {0}.', 'train')), 'train이어야 합니다.');
    assert.equal(korean(msg('No {0}.')), '`{0}`이(가) 없습니다.');
  });

  it('never takes a notation in a value for its own', () => {
    const korean = translator({ 'No {0}.': '{0}이(가) 없습니다.' });
    assert.equal(korean(msg('No {0}.', '{0}을(를)')), '{0}을(를)이 없습니다.');
  });
});
