import { parseArgs } from 'node:util';
import { type Message, msg } from '../../base/l10n.ts';
import { parseBatch, parseMaxFailed } from '../../cluster/rollout.ts';
import { suggest } from '../../schema/suggest.ts';
import type { CommandSpec, Options } from './command-spec.ts';
import type { OptionSpec } from './option-spec.ts';
import { commands, everywhere } from './options.ts';

/** A parsed command line; a problem describes the first error in it. */
export type Parsed =
  | { readonly kind: 'command'; readonly command: CommandSpec; readonly options: Options }
  | { readonly kind: 'help'; readonly command?: CommandSpec }
  | { readonly kind: 'version' }
  | { readonly kind: 'invalid'; readonly message: Message };

type Values = Map<string, string[]>;

function invalid(message: Message): Parsed {
  return { kind: 'invalid', message };
}

function unknownCommand(word: string): Message {
  const near = suggest(
    word,
    commands.map((command) => command.name),
  );
  return near
    ? msg('Unknown command: {0}. Did you mean {1}?', word, near)
    : msg('Unknown command: {0}. See stackprep --help.', word);
}

function unknownOption(rawName: string, known: readonly OptionSpec[]): Message {
  const near = suggest(
    rawName,
    known.map((option) => `--${option.name}`),
  );
  return near
    ? msg('Unknown option: {0}. Did you mean {1}?', rawName, near)
    : msg('Unknown option: {0}. See --help.', rawName);
}

function isWithin(value: string, [minimum, maximum]: readonly [number, number]): boolean {
  return /^\d{1,4}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
}

/** The problem of an option as given. */
function optionError(
  rawName: string,
  spec: OptionSpec,
  given: { readonly value: string | undefined; readonly inline: boolean },
): Message | undefined {
  const { value, inline } = given;
  if (spec.value === undefined)
    return value === undefined ? undefined : msg('Option {0} takes no value.', rawName);
  // In `--node --json` the value is missing; a value that starts with a dash can be written as `--node=-x`.
  if (value === undefined || value === '' || (!inline && value.startsWith('-')))
    return msg('Option {0} requires a value: {0} {1}.', rawName, spec.value);
  if (spec.choices && !spec.choices.includes(value))
    return msg('Invalid value for {0}: {1}. Use one of: {2}.', rawName, value, spec.choices.join(', '));
  if (spec.range && !isWithin(value, spec.range))
    return msg('Invalid value for {0}: {1}. Use a number from {2} to {3}.', rawName, value, ...spec.range);
  if (spec.accepts?.(value) === false)
    return msg('Invalid value for {0}: {1}. Use {2}.', rawName, value, spec.form ?? spec.value);
  return undefined;
}

function filesError(command: CommandSpec, files: readonly string[]): Message | undefined {
  if (command.files === 'any') return undefined;
  if (command.files === 'none' && files[0] !== undefined)
    return msg('{0} takes no file: {1}.', command.name, files[0]);
  if (command.files !== 'none' && files.length === 0)
    return msg('{0} requires a cluster file: stackprep {0} FILE.', command.name);
  if (command.files === 'one' && files.length > 1)
    return msg('{0} takes one cluster file, not {1}.', command.name, files.length);
  return undefined;
}

function optionsOf(files: readonly string[], values: Values): Options {
  const all = (name: string): readonly string[] => values.get(name) ?? [];
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  const limit = last('limit');
  const stepTimeout = last('step-timeout');
  const stateDir = last('state-dir');
  const pace = last('pace');
  const system = last('system');
  const exitCode = last('exit-code');
  const output = last('output');
  const out = last('out');
  const installer = last('for');
  const fingerprint = last('fingerprint');
  const format = last('format');
  const batch = parseBatch(last('batch') ?? '');
  const maxFailed = parseMaxFailed(last('max-failed') ?? '');
  return {
    files,
    nodes: all('node'),
    steps: all('step'),
    knownHosts: all('known-hosts'),
    scenarios: all('scenario'),
    json: values.has('json'),
    diff: values.has('diff'),
    yes: values.has('yes'),
    verbose: values.has('verbose'),
    trace: values.has('trace'),
    serve: values.has('serve'),
    follow: values.has('follow'),
    resume: values.has('resume'),
    retryFailed: values.has('retry-failed'),
    failFast: values.has('fail-fast'),
    reboot: values.has('reboot'),
    wait: values.has('wait'),
    join: values.has('join'),
    explain: values.has('explain'),
    ...(stepTimeout === undefined ? {} : { stepTimeout: Number(stepTimeout) }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(stateDir === undefined ? {} : { stateDir }),
    ...(pace === undefined ? {} : { pace }),
    ...(system === undefined ? {} : { system }),
    ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
    ...(output === undefined ? {} : { output }),
    ...(out === undefined ? {} : { out }),
    ...(installer === undefined ? {} : { installer }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(format === undefined ? {} : { format }),
    ...(batch ? { batch } : {}),
    ...(maxFailed ? { maxFailed } : {}),
  };
}

function tokensOf(argv: readonly string[], known: readonly OptionSpec[]) {
  const options = known.map((spec) => {
    const type: 'string' | 'boolean' = spec.value === undefined ? 'boolean' : 'string';
    return [spec.name, { type, multiple: true, ...(spec.short ? { short: spec.short } : {}) }] as const;
  });
  return parseArgs({
    args: [...argv],
    options: Object.fromEntries(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

/** The words of a command line after the command. */
interface Words {
  readonly files: readonly string[];
  readonly values: Values;
  /** The first option with an error. */
  readonly wrong?: Message;
}

function readWords(argv: readonly string[], known: readonly OptionSpec[]): Words {
  const files: string[] = [];
  const values: Values = new Map();
  const problems: Message[] = [];
  for (const token of tokensOf(argv, known)) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const spec = known.find((option) => option.name === name);
    const wrong = spec
      ? optionError(rawName, spec, { value, inline: token.inlineValue === true })
      : unknownOption(rawName, known);
    if (wrong) problems.push(wrong);
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  const [wrong] = problems;
  return { files, values, ...(wrong ? { wrong } : {}) };
}

/** Parses a command line (without the program's name). */
export function parse(argv: readonly string[]): Parsed {
  const [word, ...rest] = argv;
  if (word === undefined) return { kind: 'help' };
  const command = commands.find((candidate) => candidate.name === word);
  if (!command && !word.startsWith('-')) return invalid(unknownCommand(word));
  const known = [...(command?.options ?? []), ...everywhere];
  const { files, values, wrong } = readWords(command ? rest : argv, known);
  if (values.has('help')) return { kind: 'help', ...(command ? { command } : {}) };
  if (values.has('version')) return { kind: 'version' };
  if (wrong) return invalid(wrong);
  if (!command)
    return files[0] === undefined ? { kind: 'help' } : invalid(msg('Put the command first: {0}.', files[0]));
  const filesWrong = filesError(command, files);
  return filesWrong ? invalid(filesWrong) : { kind: 'command', command, options: optionsOf(files, values) };
}
