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

/** Changes of a line of shell that keep its syntax valid. */
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

/** A line that is a single command, so that it can be removed. */
const command = /^( *)([a-z][A-Za-z0-9_-]*(?: [^\\]*[^\\;|&({])?)$/;
const keyword = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|return|exit|function|local)\b/;

type LineMutant = Omit<Mutant, 'file'>;

/** A line of shell with the offset of its start. */
interface Line {
  readonly start: number;
  readonly text: string;
  /** Whether a here-document starts in it, so that it cannot be removed alone. */
  readonly opensDocument: boolean;
}

/** The lines of shell code, without comments, empty lines and here-documents. */
function* shellLines(text: string): Generator<Line> {
  let offset = 0;
  let documentEnd: string | undefined;
  for (const line of text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    if (documentEnd !== undefined) {
      if (line === documentEnd) documentEnd = undefined;
      continue;
    }
    documentEnd = /<<-? ?['"]?([A-Za-z_]+)/.exec(line)?.[1];
    if (!/^\s*(?:#|$)/.test(line)) yield { start, text: line, opensDocument: documentEnd !== undefined };
  }
}

function replaced({ start, text }: Line): readonly LineMutant[] {
  return rules.flatMap(({ mutator, pattern, replace }) =>
    [...text.matchAll(pattern)].flatMap((match): readonly LineMutant[] => {
      const [original] = match;
      const replacement = replace(original);
      if (replacement === undefined) return [];
      const from = start + match.index;
      return [{ start: from, end: from + original.length, replacement, mutator }];
    }),
  );
}

function removed({ start, text, opensDocument }: Line): readonly LineMutant[] {
  const [, indent = '', words = ''] = opensDocument ? [] : (command.exec(text) ?? []);
  if (words === '' || keyword.test(words)) return [];
  const from = start + indent.length;
  return [{ start: from, end: from + words.length, replacement: ':', mutator: 'Removal' }];
}

/** The mutants of a shell file; here-documents and comments are skipped. */
export function shellMutants(file: string, text: string): readonly Mutant[] {
  const lines = [...shellLines(text)];
  return lines
    .flatMap((line) => [...replaced(line), ...removed(line)])
    .map((mutant) => ({ file, ...mutant }));
}
