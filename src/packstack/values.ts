import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { type AnswerKey, compareVersions, formerOptions, laterOptions } from './keys.ts';
import { validators } from './validators.ts';

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
  const isLater = (value: string): boolean => {
    const first = own(own(laterOptions, key.name) ?? {}, value);
    return first !== undefined && version !== undefined && compareVersions(version, first) < 0;
  };
  return [...key.options.filter((value) => !isLater(value)), ...still.map(([value]) => value)];
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

/** A flag that Packstack converts: any spelling of yes and no (PS processors.py, `process_bool`). */
function flagProblem(key: AnswerKey, value: string): ValueProblem | undefined {
  if (/^(?:y|yes|true|n|no|false)$/i.test(value)) return undefined;
  return { message: msg('{0} must be y or n, not {1}.', key.name, value === '' ? msg('nothing') : value) };
}

function emptyProblem(key: AnswerKey): ValueProblem | undefined {
  if (!['not_empty', 'multi_export', 'json_list', 'storage_size'].some((check) => key.checks.includes(check)))
    return undefined;
  const isGenerated = key.defaults.some(({ value }) => value === 'PW_PLACEHOLDER');
  if (isGenerated)
    return {
      message: msg('{0} may not be empty. With PW_PLACEHOLDER, Packstack generates it.', key.name),
      meant: 'PW_PLACEHOLDER',
    };
  return { message: msg('{0} may not be empty.', key.name) };
}

function optionsProblem(key: AnswerKey, value: string, version?: string): ValueProblem | undefined {
  if (key.checks.includes('options')) return optionProblem(key, value, version);
  if (!key.checks.includes('multi_options')) return undefined;
  const options = ['', ...optionsOf(key, version)];
  const wrong = value.split(',').find((part) => !options.includes(part.trim()));
  return wrong === undefined ? undefined : optionProblem(key, wrong.trim(), version);
}

/** Why Packstack would refuse a value; undefined if it would accept it, or if only the node knows. */
export function valueProblem(key: AnswerKey, value: string, version?: string): ValueProblem | undefined {
  // Packstack replaces the placeholder of a password only; elsewhere it is a value like any other.
  if (value !== 'PW_PLACEHOLDER' && isPlaceholder(value)) return undefined;
  if (key.checks.includes('neutron')) return optionProblem(key, value, version);
  if (key.checks.includes('bool')) return flagProblem(key, value);
  // Packstack accepts an empty value for any key with options.
  if (value === '') return emptyProblem(key);
  const options = optionsProblem(key, value, version);
  if (options) return options;
  for (const check of key.checks) {
    const message = own(validators, check)?.(value, key, version);
    if (message) return { message };
  }
  return undefined;
}
