import { type Message, msg } from '../base/l10n.ts';

/** A page of the documentation for users, in `docs/`. */
export interface DocumentationPage {
  /** Name of the file without its ending. */
  readonly file: string;
  readonly title: Message;
  readonly about: Message;
  /** Whether there is a Korean page, `FILE.ko.md`. */
  readonly isKorean: boolean;
}

/** The pages for users, in the order in which to read them. */
export const documentation: readonly DocumentationPage[] = [
  {
    file: 'getting-started',
    title: msg('Getting started'),
    about: msg('install, the demo cluster, the first cluster'),
    isKorean: true,
  },
  {
    file: 'from-the-articles',
    title: msg('From the articles'),
    about: msg('each command of the installation articles, and the step that does it'),
    isKorean: true,
  },
  {
    file: 'cluster-file-by-example',
    title: msg('The cluster file by example'),
    about: msg('nodes, connections, repositories, services, custom steps'),
    isKorean: true,
  },
  {
    file: 'troubleshooting',
    title: msg('Troubleshooting'),
    about: msg('every message code, and what to do'),
    isKorean: true,
  },
  {
    file: 'steps',
    title: msg('Steps'),
    about: msg('how a step checks, applies, verifies and is undone'),
    isKorean: false,
  },
  {
    file: 'plan',
    title: msg('Plan and differences'),
    about: msg('every change before it is made, and what cannot be shown'),
    isKorean: false,
  },
  {
    file: 'ssh-and-sudo',
    title: msg('SSH and sudo'),
    about: msg('host keys, keys, jump hosts, passwords, waits'),
    isKorean: false,
  },
  {
    file: 'secrets',
    title: msg('Secrets'),
    about: msg('where the values of secrets come from, and where they go'),
    isKorean: false,
  },
  {
    file: 'logs',
    title: msg('Logs'),
    about: msg('where logs are, search, comparison, export'),
    isKorean: false,
  },
  {
    file: 'packstack',
    title: msg('OpenStack with Packstack'),
    about: msg('answers, what is checked, the run'),
    isKorean: false,
  },
  {
    file: 'rollout',
    title: msg('Batches and reboots'),
    about: msg('many nodes: a canary, limits of failures, quorums'),
    isKorean: false,
  },
  {
    file: 'ansible',
    title: msg('Ansible and other tools'),
    about: msg('the exported playbook and inventory, and what was tested'),
    isKorean: false,
  },
  {
    file: 'command-line',
    title: msg('The command line'),
    about: msg('install, completion, examples'),
    isKorean: false,
  },
  {
    file: 'other-editors',
    title: msg('Command line, CI and other editors'),
    about: msg('the language server, scripts, CI, runs'),
    isKorean: false,
  },
  {
    file: 'how-it-works',
    title: msg('How it works'),
    about: msg('jobs, markers, journals'),
    isKorean: false,
  },
];
