import assert from 'node:assert/strict';
import { maskText } from '../../src/run/mask-shapes.ts';

describe('What looks like a secret', () => {
  const cases: readonly (readonly [text: string, hidden: string])[] = [
    ['CONFIG_NOVA_DB_PW=4f5e6d', '4f5e6d'],
    ['config_keystone_admin_pw = s3cret', 's3cret'],
    ['mysql -u root -ps3cret nova', 's3cret'],
    ["mysqldump -uroot -p's3 cret' --all-databases", 's3 cret'],
    ['sshpass -p s3cret ssh a', 's3cret'],
    ['openstack --os-password s3cret token issue', 's3cret'],
    ['--password=s3cret', 's3cret'],
    ["CREATE USER 'a'@'%' IDENTIFIED BY 's3cret';", 's3cret'],
    ["ALTER USER a IDENTIFIED WITH mysql_native_password BY 's3cret'", 's3cret'],
    ['  pass = s3cret', 's3cret'],
    ['pass => s3cret', 's3cret'],
    ['"db_password": "s3\\"cret"', 'cret'],
    ['password="s3cret cut o', 's3cret cut o'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'wJalrXUtnFEMI'],
    ['key AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7'],
    ['connection=mysql+pymysql://nova:s3@cr@10.0.0.1/nova', 's3@cr'],
    ['transport openstack:s3@cret@10.0.0.1:5672', 's3@cret'],
    ['url = "amqp://openstack:p:a@ss@c1:5672//"', 'p:a@ss'],
    ['rabbitmqctl add_user openstack s3cret', 's3cret'],
    ['curl -u admin:s3cret https://a', 's3cret'],
    ['Authorization: Bearer s3cret', 's3cret'],
    ['root:$6$salt$hashhash:19000:0', 'hashhash'],
  ];
  for (const [text, hidden] of cases)
    it(`is masked in ${JSON.stringify(text)}`, () => {
      const masked = maskText(text);
      assert.ok(!masked.includes(hidden), masked);
      assert.ok(masked.includes('********'), masked);
      assert.equal(maskText(masked), masked);
    });

  for (const text of [
    'find / -print',
    'passed: 12',
    'git@github.com:a/b.git',
    '12:30:01 x',
    'mkdir -p /a',
    'bypass: yes',
  ])
    it(`is not seen in ${JSON.stringify(text)}`, () => assert.equal(maskText(text), text));
});
