import type { Mutant } from './mutant.mts';

interface Rule {
  readonly mutator: string;
  readonly pattern: RegExp;
  readonly replace: (match: string) => string | undefined;
}

const swapped: Readonly<Record<string, string>> = {
  '&&': '||',
  '||': '&&',
  ' = ': ' != ',
  ' != ': ' = ',
  ' -eq ': ' -ne ',
  ' -ne ': ' -eq ',
  ' -lt ': ' -le ',
  ' -le ': ' -lt ',
  ' -gt ': ' -ge ',
  ' -ge ': ' -gt ',
  '-z ': '-n ',
  '-n "': '-z "',
  '-e ': '-d ',
};

/** What may be wrong in a line of shell without being wrong in its form. */
const rules: readonly Rule[] = [
  { mutator: 'Operator', pattern: /&&|\|\|/g, replace: (match) => swapped[match] },
  { mutator: 'Test', pattern: / (?:=|!=|-eq|-ne|-lt|-le|-gt|-ge) /g, replace: (match) => swapped[match] },
  { mutator: 'Test', pattern: /(?<=\[ )(?:-z |-n "|-e )/g, replace: (match) => swapped[match] },
  {
    mutator: 'Status',
    pattern: /\b(?:return|exit) [0-9]+/g,
    replace: (match) => match.replace(/[0-9]+/, (digits) => (digits === '0' ? '1' : '0')),
  },
  {
    mutator: 'Number',
    pattern: /(?<=[ =])[0-9]{2,6}(?=[ ;)]|$)/g,
    replace: (match) => String(Number(match) + 1),
  },
  { mutator: 'Negation', pattern: /(?<=\b(?:if|while) )(?!! )/g, replace: () => '! ' },
  { mutator: 'Negation', pattern: /(?<=\b(?:if|while) )! /g, replace: () => '' },
  { mutator: 'Append', pattern: />>(?=["$/])/g, replace: () => '>' },
];

/** A line that is a command by itself, so that it can be taken away. */
const command = /^( *)([a-z][A-Za-z0-9_-]*(?: [^\\]*[^\\;|&({])?)$/;
const keyword = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|return|exit|function|local)\b/;

/** The mutants of a shell file; here-documents and comments are left alone. */
export function shellMutants(file: string, text: string): readonly Mutant[] {
  const mutants: Mutant[] = [];
  let offset = 0;
  let heredoc: string | undefined;
  for (const line of text.split('\n')) {
    const begin = offset;
    offset += line.length + 1;
    if (heredoc !== undefined) {
      if (line === heredoc) heredoc = undefined;
      continue;
    }
    heredoc = /<<-? ?['"]?([A-Za-z_]+)/.exec(line)?.[1];
    if (/^\s*(?:#|$)/.test(line)) continue;
    const add = (mutator: string, at: number, original: string, replacement: string): void => {
      const start = begin + at;
      mutants.push({ file, start, end: start + original.length, replacement, mutator });
    };
    for (const { mutator, pattern, replace } of rules)
      for (const match of line.matchAll(pattern)) {
        const replacement = replace(match[0]);
        if (replacement !== undefined) add(mutator, match.index, match[0], replacement);
      }
    const [, indent = '', words = ''] = heredoc === undefined ? (command.exec(line) ?? []) : [];
    if (words !== '' && !keyword.test(words)) add('Removal', indent.length, words, ':');
  }
  return mutants;
}
