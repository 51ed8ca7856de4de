import { homepage } from '../../../package.json';
import { documentation } from '../../view/documentation.ts';
import type { CommandName } from './command-spec.ts';

/** The page of the documentation about each command. */
const pages: Readonly<Record<CommandName, string>> = {
  validate: 'cluster-file-by-example',
  plan: 'steps',
  check: 'steps',
  run: 'rollout',
  undo: 'steps',
  script: 'steps',
  trust: 'ssh-and-sudo',
  forget: 'how-it-works',
  export: 'packstack',
  packstack: 'packstack',
  logs: 'logs',
  secret: 'secrets',
  completion: 'command-line',
  lsp: 'other-editors',
  demo: 'getting-started',
};

/** The address of the page about a command, or of the first page; in Korean if there is one. */
export function documentationLink(command: CommandName | undefined, isKorean: boolean): string {
  const name = command === undefined ? 'getting-started' : pages[command];
  const page = documentation.find(({ file }) => file === name);
  const ending = isKorean && page?.isKorean === true ? '.ko.md' : '.md';
  return `${homepage.split('#')[0] ?? ''}/blob/main/docs/${name}${ending}`;
}

/** The addresses of all pages about the commands, in English, each with its commands. */
export function documentationLinks(): readonly {
  readonly link: string;
  readonly commands: readonly string[];
}[] {
  const links = new Map<string, string[]>();
  for (const command of Object.keys(pages) as CommandName[]) {
    const link = documentationLink(command, false);
    links.set(link, [...(links.get(link) ?? []), command]);
  }
  return [...links].map(([link, commands]) => ({ link, commands }));
}
