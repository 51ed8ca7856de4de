import { msg } from '../base/l10n.ts';
import type { Call } from './call.ts';
import { inputOf } from './inner-scripts.ts';
import { operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';

/** Programs with subcommands that delete what they store: words of the call without its options, joined by blanks. */
const deleting =
  /^(?:(?:docker|podman) volume (?:rm|remove|prune)|virsh (?:vol-delete|vol-wipe|pool-delete) |ceph osd (?:pool (?:delete|rm|purge)|purge|destroy) |ceph-volume lvm zap |ceph-deploy (?:disk zap|purgedata) |ceph-disk zap |zfs destroy [^@]*$|zpool destroy |rabbitmqctl force_reset|openstack project purge|pcs cluster destroy|redis-cli flushall|dropdb |mysqladmin (?:[^ ]+ )?drop |btrfs (?:su|sub|subvolume) (?:del|delete) \/(?:home|var|root|usr|srv|opt)?\/?$)/;

/** Options that make a subcommand delete what it otherwise keeps. */
const deletingOptions: readonly { readonly call: RegExp; readonly option: RegExp }[] = [
  { call: /^(?:docker|podman) system prune/, option: /^--volumes$/ },
  { call: /^virsh undefine /, option: /^--(?:remove-all-storage|wipe-storage|storage)$/ },
  { call: /^crontab/, option: /^-r$/ },
  { call: /^vgreduce /, option: /^--(?:removemissing)$/ },
  { call: /^pvcreate /, option: /^-[a-z]{0,9}ff[a-z]{0,9}$/ },
  { call: /^drbdadm /, option: /^(?:--force|--overwrite-data-of-peer)$/ },
];

const clients = /^(?:mysql|mariadb|psql)$/;

/** The statements that a call gives to a client of a database. */
function statements(call: Call): string {
  const { args } = call;
  const given = args.flatMap(({ text }, index) => {
    const attached = /^(?:-e|-c|--(?:execute|command)=)(.{1,2000})$/s.exec(text)?.[1];
    const isNext = /^-[a-zA-Z]{0,9}[ec]$|^--(?:execute|command)$/.test(args[index - 1]?.text ?? '');
    return isNext ? [text] : attached === undefined ? [] : [attached];
  });
  return [...given, inputOf(call)?.text ?? ''].join(';');
}

/** The first database that statements drop; the one that the installation of MariaDB leaves for tests may go. */
function dropped(text: string): string | undefined {
  const found = text.matchAll(
    /\bdrop\s{1,9}(?:database|schema)\s{1,9}(?:if\s{1,9}exists\s{1,9})?[`"]?([\w$-]{1,64})/gi,
  );
  return [...found].map(([, name = '']) => name).find((name) => name.toLowerCase() !== 'test');
}

/** Deletes databases, volumes and other data of services. */
export const dropsData: LossFinder = (call) => {
  const { name, args } = call;
  if (clients.test(name)) {
    const database = dropped(statements(call));
    return database === undefined
      ? undefined
      : { message: msg('This deletes the database {0} with all its data.', database) };
  }
  const words = [name, ...operands(args).map(({ text }) => text)].join(' ').slice(0, 300);
  const isDeleting =
    deleting.test(words) ||
    deletingOptions.some(
      (each) => each.call.test(words) && args.some(({ text }) => each.option.test(text)),
    ) ||
    (name === 'lvreduce' && !args.some(({ text }) => text === '-r' || text === '--resizefs')) ||
    (/^mongo(?:sh)?$/.test(name) && args.some(({ text }) => text.includes('dropDatabase(')));
  return isDeleting
    ? { message: msg('This deletes data that neither undo nor another run brings back.') }
    : undefined;
};
