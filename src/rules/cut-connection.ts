import type { Call } from './call.ts';
import type { Called, CustomScript } from './custom.ts';
import { operands } from './irreversible.ts';
import { isEnding } from './lost-processes.ts';

const network = /^(?:network|NetworkManager|systemd-networkd|wicked)$/;

function isLogin(unit: string): boolean {
  return network.test(unit) || unit === 'sshd' || unit === 'ssh';
}

/** Whether a call of systemctl stops what a login needs. */
function stopsUnit(args: Called['args'], verb: string, units: readonly string[]): boolean {
  // Restarting NetworkManager keeps the connections up.
  if (verb === 'restart') return units.includes('network');
  if (verb === 'isolate' || verb === 'set-default')
    return units.some((unit) => /^(?:rescue|emergency|poweroff|reboot|halt)(?:\.target)?$/.test(unit));
  // To disable one of two network services is how a node changes from one to the other.
  if (verb === 'disable' || verb === 'mask')
    return units.includes('sshd') || (args.some(({ text }) => text === '--now') && units.some(isLogin));
  return (verb === 'stop' || (verb === 'kill' && isEnding(args))) && units.some(isLogin);
}

/** Whether a command stops the daemons that a login needs, or keeps them from starting again. */
function stopsDaemon({ name, args }: Called): boolean {
  const [verb = '', ...units] = operands(args).map(({ text }) => text.replace(/\.(?:service|socket)$/, ''));
  if (name === 'systemctl') return stopsUnit(args, verb, units);
  if (name === 'service' || name === 'rc-service')
    return isLogin(verb) && (units[0] === 'stop' || (units[0] === 'restart' && verb === 'network'));
  if (name === 'chkconfig') return verb === 'sshd' && units[0] === 'off';
  return /^(?:pkill|killall)$/.test(name) && isEnding(args) && (verb === 'sshd' || units.includes('sshd'));
}

/** Whether a script lets logins through the firewall, so that a rule for the rest may drop it. */
function allowsLogins({ text }: CustomScript): boolean {
  return /(?:--dports?|dport)[ =][^\n]{0,60}\b(?:22|ssh)\b|ESTABLISHED|established/.test(text);
}

/** Whether iptables drops logins, or all rules. */
function closesTables({ args, own }: Call): boolean {
  const text = args.map((each) => each.text);
  const has = (...words: readonly string[]): boolean => text.some((word) => words.includes(word));
  const chain = text.find((_, index) => /^(?:-P|--policy)$/.test(text[index - 1] ?? ''));
  if (chain !== undefined) return (chain === 'INPUT' || chain === 'OUTPUT') && has('DROP', 'REJECT');
  // A rule that drops logins from everywhere.
  const isClosing = has('-A', '--append', '-I', '--insert') && has('INPUT') && has('DROP', 'REJECT');
  const isLimited = has('-s', '--source', '-i', '--in-interface', '!', '-m', '--match');
  const port = text.find((_, index) => /^--(?:dport|destination-port)$/.test(text[index - 1] ?? ''));
  if (isClosing && !isLimited && (port === '22' || port === 'ssh')) return true;
  if (isClosing && !isLimited && port === undefined && !has('-p', '--protocol')) return !allowsLogins(own);
  return has('-F', '--flush') && !text.some((word) => /^(?:-t|--table)/.test(word));
}

/** Whether a command closes the firewall for everything, or opens what it has in an order that closes first. */
function closesFirewall(call: Call): boolean {
  const { name, args, own } = call;
  if (/^ip6?tables$/.test(name)) return closesTables(call);
  if (name === 'nft') {
    const words = args.map(({ text }) => text).join(' ');
    const isDrop = /(?:^| )(?:add|insert) rule (?:\S{1,40} ){1,3}input (?:counter )?(?:drop|reject)$/.test(
      words,
    );
    return /(?:^| )flush (?:ruleset|table|chain)(?: |;|$)/.test(words) || (isDrop && !allowsLogins(own));
  }
  if (name !== 'firewall-cmd' && name !== 'firewall-offline-cmd') return false;
  return args.some(({ text }) =>
    /^--(?:panic-on|remove-service=ssh|remove-port=22\/tcp|set-default-zone=(?:drop|block))$/.test(text),
  );
}

/** Whether a word is a keyword, or its start as nmcli and ip accept it. */
function isShort(word: string | undefined, ...keywords: readonly string[]): boolean {
  return word !== undefined && word !== '' && keywords.some((keyword) => keyword.startsWith(word));
}

/** A name that Linux gives to an interface, in the name of a connection. */
const interfaceName =
  /(?:^|[ _-])((?:eth|em|bond|team|ib)\d{1,3}|en[opsx]\w{1,15}|p\d{1,2}p\d{1,2})(?:[ ._-]|$)/;

/** What a command takes down or gives to a bridge: everything, or one interface. */
type Dropped = 'all' | { readonly device: string } | undefined;

function droppedByNmcli([kind, verb, name = '']: readonly string[]): Dropped {
  if (isShort(kind, 'networking') && verb === 'off') return 'all';
  if (isShort(kind, 'device') && isShort(verb, 'disconnect', 'delete')) return { device: name };
  if (!isShort(kind, 'connection') || !isShort(verb, 'down', 'delete')) return undefined;
  // A connection may have any name; without that of an interface, it can be the one of the login.
  const device = interfaceName.exec(name)?.[1];
  return device === undefined ? 'all' : { device };
}

function droppedByIp([kind, verb, ...rest]: readonly string[]): Dropped {
  const device = rest[0] === 'dev' ? rest[1] : rest[0];
  if (isShort(kind, 'route'))
    return isShort(verb, 'flush') || (isShort(verb, 'delete') && rest[0] === 'default') ? 'all' : undefined;
  if (device === undefined) return undefined;
  if (isShort(kind, 'address')) return isShort(verb, 'flush') ? { device } : undefined;
  if (!isShort(kind, 'link')) return undefined;
  const isSet = isShort(verb, 'set') && (rest.includes('down') || rest.includes('master'));
  return isSet || (isShort(verb, 'delete') && verb !== 'd') || verb === 'd' ? { device } : undefined;
}

function dropped({ name, args }: Called): Dropped {
  const words = operands(args).map(({ text }) => text);
  const [first, second, third] = words;
  if (name === 'nmcli') return droppedByNmcli(words);
  if (name === 'ip') return droppedByIp(words);
  if (name === 'ifdown') return first === undefined ? undefined : { device: first };
  if (name === 'ifconfig') return second === 'down' && first !== undefined ? { device: first } : undefined;
  // The address stays at the interface, where nothing answers any more.
  const isPort = (name === 'ovs-vsctl' && first === 'add-port') || (name === 'brctl' && first === 'addif');
  return isPort && third !== undefined ? { device: third } : undefined;
}

/** Whether a command takes the addresses or the routes of the node away; `device` is the interface of the management network. */
function dropsNetwork(call: Called, device: string | undefined): boolean {
  const found = dropped(call);
  if (found === undefined || found === 'all') return found === 'all';
  const isBridging = call.name === 'ovs-vsctl' || call.name === 'brctl';
  return device === undefined ? !isBridging : found.device === device;
}

/** Whether a command cuts the connection. */
export function isCut(call: Call, device: string | undefined): boolean {
  return stopsDaemon(call) || closesFirewall(call) || dropsNetwork(call, device);
}
