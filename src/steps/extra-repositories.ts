import type { ExtraRepository } from '../cluster/model.ts';

/** A value as a .repo file takes it: one line. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

/** The file of a repository of the cluster file. */
export function extraPath({ id }: ExtraRepository): string {
  return `/etc/yum.repos.d/stackprep-${id}.repo`;
}

/** Its text; signatures are checked unless the file says otherwise. */
export function extraText(repository: ExtraRepository): string {
  const { id, name, baseurl, mirrorlist, metalink, gpgkey, gpgcheck, priority } = repository;
  const settings = { baseurl, mirrorlist, metalink, gpgkey, priority };
  const rows = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${oneLine(String(value))}`],
  );
  const check = gpgcheck === false ? 0 : 1;
  const head = [`[${id}]`, `name=${oneLine(name ?? id)}`];
  return `${['# Written by Stackprep.', ...head, ...rows, 'enabled=1', `gpgcheck=${check}`].join('\n')}\n`;
}
