import { msg } from '../base/l10n.ts';
import type { Path } from '../schema/places.ts';
import { customScripts } from './custom.ts';
import { extras } from './extras.ts';
import type { Rule, RuleText } from './rule.ts';

/** Problems reported while decoding. */
export const secretTexts: readonly RuleText[] = [
  {
    code: 'secret-plain-text',
    severity: 'error',
    about: msg(
      'A password in a file ends up in the Git history and in every copy. Change a password that was in the file.',
    ),
    hasFix: true,
  },
];

const privateKey = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----/g;
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@:]+:([^\s/@]+)@/i;

/** Variable names that suggest a secret. */
const secretName = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|^[A-Z]+_PASS$/i;
/** Names that only refer to a secret, or resemble the name of one. */
const harmless =
  /(?:_(?:FILE|PATH|DIR|URL|URI|TTL|LENGTH|LEN|MIN|MAX|AGE|TYPE|NAME|EXPIR\w{0,20}|ALGORITHM|POLICY|METHOD|ENABLED?|COUNT|PROVIDER)|^ETCD_INITIAL_CLUSTER_TOKEN|AUTHENTICATION)$/i;
const others = [
  /(?:^|\s)--(?:[a-z0-9-]+-)?(?:password|passwd|secret|token|api-key)[= ](?!-)("[^"$`\s]+"|'[^']+'|[^\s"'$`;&|()<>]+)/gi,
  /\bAuthorization:\s*(?:Bearer|Basic|token)\s+([^\s"'$`]+)/gi,
  /\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|glpat-[A-Za-z0-9_-]{20,}|xox[abpr]-[A-Za-z0-9-]{10,})\b/g,
  /\bIDENTIFIED\s+BY\s+'([^'$]+)'/gi,
  /\brabbitmqctl\s+(?:add_user|change_password)\s+\S+\s+("[^"$`\s]+"|'[^']+'|[^\s"'$`;&|()<>]+)/g,
  /(?<=[a-z0-9+.-]):\/\/[^\s/@:"'$]+:([^\s/@"'$]+)@/gi,
] as const;

/** Common to all of them; a fast test that skips other scripts. */
const suspicious =
  /pass|secret|token|api-?_?key|authorization|akia|gh[pousr]_|glpat-|xox|identified|add_user|:\/\//i;

/** Placeholders for a secret. */
const placeholder =
  /^["']?(?:<.*>|\*+|x{3,}|changeme|(?:[A-Z]+_)?(?:PASS|DBPASS|PASSWORD|SECRET|TOKEN)|true|false|yes|no|on|off|none|file:.*|env:.*|-|\d{1,4}|\/.*)["']?$/i;

/** The values of `NAME=value` pairs with a secret's name; a match inside such a value is part of that value. */
function* assignedSecrets(text: string): Generator<{ readonly value: string; readonly start: number }> {
  const values = /"[^"$`\s]+"|'[^'$`\s]+'|[^\s"'$`;&|()<>]+/y;
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(/\b([A-Z0-9_]+)=/gi)) {
    if (index < end || !secretName.test(name) || harmless.test(name)) continue;
    const start = index + whole.length;
    values.lastIndex = start;
    const [value = ''] = values.exec(text) ?? [];
    end = start + value.length;
    if (value !== '') yield { value, start };
  }
}

export const secretRules: readonly Rule[] = [
  {
    code: 'private-key-pasted',
    severity: 'error',
    about: msg(
      'A private key in a file is no longer private: anyone who can read the file can log in with it.',
    ),
    check: ({ reading }, report) => {
      for (const match of reading.source.matchAll(privateKey)) {
        report(
          { start: match.index, end: match.index + match[0].length },
          msg(
            'Do not put a private key in this file. Set identity to the path of a key file, and create a new key, because this one was readable here.',
          ),
        );
      }
    },
  },
  {
    code: 'secret-in-url',
    severity: 'warning',
    about: msg(
      'The password ends up in the file, in the .repo file of every node and in the log of every error.',
    ),
    check: (context, report) => {
      const repositories = extras(context).flatMap(([extra, index]) =>
        (['baseurl', 'mirrorlist', 'metalink', 'gpgkey'] as const).flatMap((key) =>
          [extra[key] ?? []].flat().map((url, item) => ({
            url,
            span: (
              context.at('repositories', 'extra', index, key, item) ??
              context.at('repositories', 'extra', index, key)
            )?.value,
          })),
        ),
      );
      const archive = {
        url: context.cluster.repositories.archive,
        span: context.at('repositories', 'archive')?.value,
      };
      for (const { url, span } of [...repositories, archive]) {
        const found = urlWithPassword.exec(url)?.[1];
        if (found === undefined || /^\$/.test(found)) continue;
        report(
          span,
          msg(
            'This URL has a password. Let the mirror identify the nodes in another way, and change the password.',
          ),
        );
      }
    },
  },
  {
    code: 'secret-in-step',
    severity: 'warning',
    about: msg('The commands of a step are in the file, in the journal and in the process list of the node.'),
    check: (context, report) => {
      for (const { text, spanOf } of customScripts(context)) {
        if (!suspicious.test(text)) continue;
        const reported = new Set<number>();
        const found = [...assignedSecrets(text)];
        for (const pattern of others)
          for (const { 0: whole, 1: value = '', index } of text.matchAll(pattern))
            found.push({ value, start: index + whole.lastIndexOf(value) });
        for (const { value, start } of found) {
          if (placeholder.test(value) || reported.has(start)) continue;
          reported.add(start);
          report(
            spanOf(start, start + value.length),
            msg('This looks like a secret. Read it from a file on the node that only root can read.'),
          );
        }
      }
    },
  },
  {
    code: 'secret-name',
    severity: 'warning',
    about: msg(
      'The name of a secret identifies it. A value with other characters looks like the secret itself.',
    ),
    check: ({ file, at }, report) => {
      const { password, cookie } = file.services?.rabbitmq ?? {};
      const named: readonly (readonly [string | undefined, Path])[] = [
        [password?.secret, ['services', 'rabbitmq', 'password']],
        [cookie?.secret, ['services', 'rabbitmq', 'cookie']],
        ...Object.entries(file.users ?? {}).map(
          ([user, settings]) => [settings.password?.secret, ['users', user, 'password']] as const,
        ),
      ];
      for (const [name, path] of named) {
        if (name === undefined || /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(name)) continue;
        report(
          at(...path, 'secret')?.value,
          msg('Write the name of the secret, not its value: letters, digits, and _ . -'),
        );
      }
    },
  },
];
