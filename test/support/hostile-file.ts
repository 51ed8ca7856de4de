import MarkdownIt from 'markdown-it';

/** A file with an attack in every place that takes a name or a text of the user. */
export function fileWith(attack: string): string {
  const text = JSON.stringify(attack);
  return `cluster: ${text}
openstack: { release: ${text}, installer: packstack, components: [${text}] }
ssh: { user: ${text}, identity: ${text}, jump: ${text} }
nodes:
  ${text}: { address: ${text}, roles: [${text}, controller], host: ${text}, user: ${text} }
  n1: { address: 10.0.0.1, roles: [${text}] }
groups: { ${text}: { user: ${text} } }
networks: { ${text}: { cidr: ${text}, interface: ${text} } }
repositories: { archive: ${text}, extra: [{ id: ${text}, baseurl: ${text}, gpgkey: ${text} }] }
system: { os: ${text}, timezone: ${text}, locale: ${text} }
kernel: { sysctl: { ${text}: ${text} }, modules: [${text}], limits: [{ domain: ${text}, item: nofile, value: ${text} }] }
users: { ${text}: { groups: [${text}], keys: [${text}], shell: ${text}, password: { secret: ${text} } } }
sshd: { ${text}: ${text}, Banner: ${text} }
services:
  mariadb: { on: ${text}, bind-address: ${text} }
  chrony: { on: ${text}, servers: [${text}], allow: ${text} }
  rabbitmq: { on: ${text}, user: ${text}, password: { secret: ${text} } }
packstack: { ${text}: ${text}, CONFIG_NTP_SERVERS: ${text} }
steps:
  - { name: ${text}, check: ${text}, run: ${text}, on: ${text} }
  - ${text}
`;
}

const parser = new MarkdownIt({ html: true, linkify: false });

/** What a rendered text would fetch, run or contain as HTML. */
export function dangersIn(markdown: string): readonly string[] {
  const found: string[] = [];
  for (const token of parser.parse(markdown, {}).flatMap((each) => [each, ...(each.children ?? [])])) {
    if (/^(?:html_|image)/.test(token.type)) found.push(`${token.type}: ${token.content}`);
    const target = token.attrGet('href') ?? token.attrGet('src') ?? '';
    if (/evil/.test(target)) found.push(`${token.type}: ${target}`);
  }
  return found;
}
