import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { addressValue } from '../cluster/cidr.ts';
import { type AnswerKey, compareVersions, formerOptions } from './keys.ts';

/** The problem of a value, and the value that was probably intended. */
export interface ValueProblem {
  readonly message: Message;
  readonly meant?: string;
}

/** A placeholder for a value that is filled in later or that Packstack generates. */
export function isPlaceholder(value: string): boolean {
  return value === 'PW_PLACEHOLDER' || /^<.*>$/.test(value) || value.startsWith('%{');
}

/** Whether the key accepts only the listed values. */
export function hasOptions({ checks, options, isSecret }: AnswerKey): boolean {
  const isFlag = !isSecret && options.join() === 'y,n';
  return isFlag || checks.some((check) => check.endsWith('options') || check === 'neutron');
}

/** The values that a version accepts; without a version, those of any version. */
export function optionsOf(key: AnswerKey, version?: string): readonly string[] {
  const former = Object.entries(own(formerOptions, key.name) ?? {});
  const still = former.filter(([, last]) => version === undefined || compareVersions(version, last) <= 0);
  return [...key.options, ...still.map(([value]) => value)];
}

/** The value without quotes and trailing comment, as it was probably intended. */
function bare(value: string): string {
  return value.replace(/(?<!\s)\s+[#;].*$/s, '').replace(/^(["'])(.*)\1$/, '$2');
}

function optionProblem(key: AnswerKey, value: string, version?: string): ValueProblem | undefined {
  const options = optionsOf(key, version);
  if (options.includes(value)) return undefined;
  const words: Readonly<Record<string, string>> = {
    yes: 'y',
    no: 'n',
    true: 'y',
    false: 'n',
    on: 'y',
    off: 'n',
  };
  const said = bare(value);
  const meant =
    options.find((option) => option.toLowerCase() === said.toLowerCase()) ??
    options.find((option) => option === own(words, said.toLowerCase()));
  const message =
    meant === undefined
      ? msg(
          'Invalid value for {0}: {2}. Allowed: {1}.',
          key.name,
          options.join(', '),
          value === '' ? msg('nothing') : value,
        )
      : msg(
          '{0} must be exactly {1}. Packstack allows no quotes, no upper case and no comment after a value.',
          key.name,
          options.join(', '),
        );
  return { message, ...(meant === undefined ? {} : { meant }) };
}

const hostName = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;

function isHost(text: string): boolean {
  return addressValue(text) !== undefined || (hostName.test(text) && !/^[\d.]+$/.test(text));
}

/** Numbers as Python parses them (`16.` is valid), and ports below 65535 (PS validators.py). */
function numberProblem(key: AnswerKey, value: string): ValueProblem | undefined {
  const text = value.trim();
  if (key.checks.includes('port') && !(/^\+?\d+$/.test(text) && Number(text) < 65_535))
    return { message: msg('Invalid port for {0}: {1}.', key.name, value) };
  if (key.checks.includes('integer') && !/^[-+]?\d+$/.test(text))
    return { message: msg('{0} must be a whole number, not {1}.', key.name, value) };
  if (key.checks.includes('float') && !/^[-+]?(\d+(?:\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text))
    return { message: msg('{0} must be a number, not {1}.', key.name, value) };
  return undefined;
}

function hostProblem(key: AnswerKey, value: string): ValueProblem | undefined {
  const isMany = key.checks.some((check) => check === 'multi_ssh' || check === 'multi_ping');
  if (!isMany && !key.checks.includes('ssh') && !key.checks.includes('ip')) return undefined;
  // A trailing comma does not add a host.
  const parts = isMany ? value.split(',').flatMap((part) => part.trim() || []) : [value];
  const wrong = parts.find((part) => !isHost(part));
  if (wrong === undefined) return undefined;
  return {
    message: isMany
      ? msg(
          '{0} must be addresses or names separated by commas. {1} is neither.',
          key.name,
          wrong === '' ? '""' : wrong,
        )
      : msg('{0} must be one address or name. {1} is neither.', key.name, wrong === '' ? '""' : wrong),
  };
}

/** Why Packstack would refuse a value; undefined if it would accept it, or if only the node knows. */
export function valueProblem(key: AnswerKey, value: string, version?: string): ValueProblem | undefined {
  if (isPlaceholder(value)) return undefined;
  if (key.checks.includes('neutron')) return optionProblem(key, value, version);
  // Packstack accepts an empty value for any key with options.
  if (value === '') return undefined;
  if (key.checks.includes('options')) return optionProblem(key, value, version);
  if (key.checks.includes('multi_options')) {
    const options = ['', ...optionsOf(key, version)];
    const wrong = value.split(',').find((part) => !options.includes(part.trim()));
    return wrong === undefined ? undefined : optionProblem(key, wrong.trim(), version);
  }
  if (key.checks.includes('storage_size') && !/^\d+[GMK]$/.test(value))
    return { message: msg('{0} must be a size such as 1G, 1000M or 1000000K, not {1}.', key.name, value) };
  return numberProblem(key, value) ?? hostProblem(key, value);
}
