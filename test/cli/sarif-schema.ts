/** The part of the SARIF 2.1.0 schema that Stackprep uses: required and optional properties of each object, and their types. */
type Shape =
  | { readonly kind: 'text'; readonly pattern?: RegExp }
  | { readonly kind: 'number'; readonly minimum: number }
  | { readonly kind: 'list'; readonly item: Shape; readonly least?: number }
  | { readonly kind: 'map'; readonly must: Fields; readonly may?: Fields };
type Fields = Readonly<Record<string, Shape>>;

const text: Shape = { kind: 'text' };
const uri: Shape = { kind: 'text', pattern: /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?[^\s<>"{}|\\^`#?]*$/ };
const from1: Shape = { kind: 'number', minimum: 1 };
const level: Shape = { kind: 'text', pattern: /^(?:none|note|warning|error)$/ };

const map = (must: Fields, may: Fields = {}): Shape => ({ kind: 'map', must, may });
const list = (item: Shape, least = 0): Shape => ({ kind: 'list', item, least });

const message = map({ text });
const artifactLocation = map({ uri }, { uriBaseId: text });
const region = map({ startLine: from1, startColumn: from1, endLine: from1, endColumn: from1 });
const rule = map(
  { id: text, shortDescription: message, defaultConfiguration: map({ level }) },
  { help: message, name: text, fullDescription: message, helpUri: text },
);
const replacement = map({ deletedRegion: region }, { insertedContent: message });
const fix = map({
  description: message,
  artifactChanges: list(map({ artifactLocation, replacements: list(replacement, 1) }), 1),
});
const result = map(
  {
    ruleId: text,
    ruleIndex: { kind: 'number', minimum: 0 },
    level,
    message,
    locations: list(map({ physicalLocation: map({ artifactLocation, region }) })),
  },
  {
    fixes: list(fix),
    partialFingerprints: map({ primaryLocationLineHash: { kind: 'text', pattern: /^[0-9a-f]{16}:\d+$/ } }),
    suppressions: list(
      map({ kind: { kind: 'text', pattern: /^(?:inSource|external)$/ } }, { justification: text }),
    ),
  },
);
const driver = map({
  name: text,
  informationUri: uri,
  semanticVersion: { kind: 'text', pattern: /^\d+\.\d+\.\d+/ },
  rules: list(rule),
});
const run = map({
  tool: map({ driver }),
  columnKind: { kind: 'text', pattern: /^utf16CodeUnits$/ },
  artifacts: list(map({ location: artifactLocation })),
  results: list(result),
  originalUriBaseIds: map({ '%SRCROOT%': map({ uri: { kind: 'text', pattern: /^file:.*\/$/ } }) }),
});
const log = map({
  $schema: uri,
  version: { kind: 'text', pattern: /^2\.1\.0$/ },
  runs: list(run),
});

function violations(value: unknown, shape: Shape, path: string): readonly string[] {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' && (shape.pattern?.test(value) ?? true) ? [] : [`${path} is ${value}`];
    case 'number':
      return Number.isInteger(value) && Number(value) >= shape.minimum ? [] : [`${path} is ${value}`];
    case 'list':
      if (!Array.isArray(value) || value.length < (shape.least ?? 0)) return [`${path} is ${value}`];
      return value.flatMap((item, index) => violations(item, shape.item, `${path}[${index}]`));
    default: {
      if (typeof value !== 'object' || value === null) return [`${path} is ${value}`];
      const has = new Map(Object.entries(value));
      const all = { ...shape.must, ...shape.may };
      return [
        ...Object.keys(shape.must).flatMap((key) => (has.has(key) ? [] : [`${path} lacks ${key}`])),
        ...[...has].flatMap(([key, inner]) => {
          const property = all[key];
          return property ? violations(inner, property, `${path}.${key}`) : [`${path} must not have ${key}`];
        }),
      ];
    }
  }
}

/** Lists the violations of SARIF 2.1.0 in a log. */
export function sarifViolations(value: unknown): readonly string[] {
  return violations(value, log, 'log');
}
