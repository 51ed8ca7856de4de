import { msg } from '../base/l10n.ts';
import type { Rule } from './rule.ts';

const keys = ['http', 'https'] as const;

/** The address without the part before its last `@`, which may be a password. */
function withoutLogin(url: string): string {
  const [start, end] = [url.indexOf('//'), url.lastIndexOf('@')];
  return start === -1 || end < start ? url : url.slice(0, start + 2) + url.slice(end + 1);
}

/** Rules about the proxy. */
export const proxyRules: readonly Rule[] = [
  {
    code: 'proxy-url',
    severity: 'error',
    about: msg(
      'yum, dnf and pip need the address of a proxy with its scheme. Any other value stops every command.',
    ),
    sources: ['YUM', 'DNF'],
    check: ({ file, at }, report) => {
      for (const key of keys) {
        const url = file.proxy?.[key];
        if (url === undefined || /^https?:\/\/(?:[^\s/?#]*@)?[\w.~:[\]-]+\/?$/i.test(url)) continue;
        report(
          at('proxy', key)?.value,
          msg(
            '{0} is not the address of a proxy. Example: http://proxy.example.com:3128.',
            withoutLogin(url),
          ),
        );
      }
    },
  },
  {
    code: 'proxy-password',
    severity: 'error',
    about: msg(
      'The cluster file is shared, and the address of the proxy is readable for every user of the nodes.',
    ),
    check: ({ file, at }, report) => {
      for (const key of keys) {
        if (!/^[a-z]+:\/\/[^/?#]*@/i.test(file.proxy?.[key] ?? '')) continue;
        report(
          at('proxy', key)?.value,
          msg(
            'The address has a user or a password. Use a proxy that admits the addresses of the nodes, and change the password.',
          ),
        );
      }
    },
  },
];
