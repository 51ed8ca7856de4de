import assert from 'node:assert/strict';
import {
  isBinaryExpression,
  isCallExpression,
  isNewExpression,
  isPropertyAccessExpression,
} from 'typescript/unstable/ast';
import { foreignLeaves, valuesIn } from '../support/output-leaves.ts';
import { type Node, SyntaxKind, type Visit, visitSources } from '../support/typed-sources.ts';

/** Fields of objects that VS Code shows. */
const fields = new Set([
  ...['title', 'prompt', 'detail', 'label', 'description', 'placeHolder', 'message', 'tooltip'],
  ...['validateInput', 'contentText', 'name', 'accessibilityInformation'],
]);

/** What makes a text fit for an output, by the part of the program. The tests of test/hostile attack each of them. */
const encoders = {
  client: new Set([
    // Names and texts in messages: client/editor/texts.ts.
    ...['t', 'iconText', 'oneLine', 'markdownText', 'markdown', 'textOf', 'searchPage', 'pageHtml'],
    // The times of this computer.
    ...['timeText', 'momentText'],
    // Places, tokens and addresses, of which nothing is shown.
    ...['Uri.parse', 'encodeURIComponent'],
  ]),
  cli: new Set([
    // The translator of cli/cli.ts, and what it makes into pages.
    ...[
      't',
      'context.t',
      'inside.t',
      'findingsText',
      'questionText',
      'eventLine',
      'summaryText',
      'reportText',
    ],
    ...['differencesText', 'planText', 'answerPage', 'helpText', 'scriptHeader', 'printable', 'visibleText'],
    ...['failureLines', 'rowsText', 'show', 'searchPage'],
    // JSON has no character that a terminal obeys.
    ...['jsonText', 'eventJson', 'reportJson'],
  ]),
} as const;

/** What is shown without an encoder, and why it is fit. */
const reviewed: Readonly<Record<string, string>> = {
  'cli/command-line/context.ts line': 'say: its callers are looked at as outputs',
  'cli/operation/perform.ts line': 'notice: its callers are looked at as outputs',
  'cli/operation/with-engine.ts line': 'warn: its callers are looked at as outputs',
  'cli/report/plain.ts waiting': 'lines that print has taken',
  'cli/terminal/region.ts above': 'lines of the live view, which cli/report/live.ts encodes',
  'cli/terminal/region.ts lines': 'lines of the live view, which cli/report/live.ts encodes',
  'cli/terminal/process-io.ts text': 'the stream itself',
  'cli/commands/complete.ts lead': 'a part of what the person typed',
  'cli/commands/complete.ts new Set(items.map(({ id }) => id))': 'without control and format characters',
  'cli/commands/complete.ts by': 'without control and format characters',
  'cli/commands/complete.ts what': 'from t',
  'cli/commands/completion.ts completionScripts[shell]': 'scripts of the program',
  'cli/commands/export.ts made.text': 'names that the rules of the cluster file allow',
  'cli/cli.ts version': 'of the program',
  'cli/commands/demo.ts clusterFile': 'a file that the program has made',
  'cli/commands/demo.ts knownHosts': 'a file that the program has made',
  'cli/commands/demo.ts rest': 'of the program',
  'client/editor/pick.ts names': 'the result; what is shown is the label',
  'cli/logs/list-runs.ts String(value)': 'a number',
  'client/editor/pick.ts options': 'its callers are looked at as outputs',
  'client/logs/lenses.ts again[reading.record.started.kind]': 'words of the program',
  'client/logs/lenses.ts toolNames[tool]': 'words of the program',
  'client/documents/script-structure.ts name': 'of the document, which is visible',
  'client/documents/script-structure.ts title': 'from t',
  'client/terminal.ts node.name': 'of a file without errors: letters and digits',
  'client/new-cluster/ask.ts choice.label': 'a release of the program',
  'client/new-cluster/ask.ts version': 'of Packstack, from the program',
  'client/testing/items.ts child.id': 'an id, not shown',
};

const calls = {
  client:
    /^(?:show(?:Information|Warning|Error)Message|showInputBox|showQuickPick|pickName|withProgress|report|appendOutput|appendLine|append|appendMarkdown|createTerminal|createOutputChannel|setStatusBarMessage|createTestItem)$/,
  cli: /^write$/,
};
const shownClasses = /^(?:TreeItem|TestMessage|CodeLens|MarkdownString|DocumentSymbol)$/;
const shownProperties = /^(?:label|description|tooltip|text|message|title|detail|html|contentText)$/;

type Front = keyof typeof encoders;

/** The texts that a call, an object or an assignment shows. */
function shownBy({ node, text }: Visit, front: Front): readonly Node[] {
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const on = text(expression);
    // Other things that have such methods: errors of the extension, and files.
    if (!calls[front].test(name.text) || /^(?:stackprep|needs|file|xz\.stdin)$/.test(on)) return [];
    return node.arguments.filter((each) => !/^(?:token|async )/.test(text(each)));
  }
  if (isCallExpression(node))
    return /^(?:say|pickName)$/.test(text(node.expression)) ? node.arguments.slice(1, 2) : [];
  if (front === 'cli') return [];
  if (isNewExpression(node) && shownClasses.test(text(node.expression))) return [...(node.arguments ?? [])];
  const isAssigned = isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
  if (!isAssigned || !isPropertyAccessExpression(node.left)) return [];
  return shownProperties.test(node.left.name.text) ? [node.right] : [];
}

/** Signs of the program. */
const isSign = (leaf: string): boolean => /^(?:style\.)?signs\./.test(leaf);

describe('The outputs of the program', () => {
  const found: string[] = [];
  const known = new Set<string>();
  const markup: string[] = [];
  let count = 0;
  before(function () {
    this.timeout(240_000);
    const values = new Map<unknown, ReturnType<typeof valuesIn>>();
    const kinds = new Set([
      SyntaxKind.CallExpression,
      SyntaxKind.NewExpression,
      SyntaxKind.BinaryExpression,
      SyntaxKind.PropertyAccessExpression,
    ]);
    visitSources(kinds, (visit) => {
      const { node, place, file, text } = visit;
      const [path = ''] = place.split(':');
      if (isPropertyAccessExpression(node)) {
        if (
          /^(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|isTrusted|supportHtml|supportThemeIcons|html)$/.test(
            node.name.text,
          )
        )
          markup.push(`${path} ${text(node)}`);
        return;
      }
      const front = (['cli', 'client'] as const).find((each) => path.startsWith(`${each}/`));
      const shown = front ? shownBy(visit, front) : [];
      if (!front || shown.length === 0) return;
      count += 1;
      const inFile = values.get(file) ?? valuesIn(file);
      values.set(file, inFile);
      const rules = { encoders: encoders[front], fields, values: inFile, visit };
      for (const leaf of shown.flatMap((each) => foreignLeaves(each, rules))) {
        if (isSign(leaf)) continue;
        if (`${path} ${leaf}` in reviewed) known.add(`${path} ${leaf}`);
        else found.push(`${place} ${leaf}`);
      }
    });
  });

  it('are found by this test', () => {
    assert.ok(count > 150, `${count} outputs`);
    assert.deepEqual(
      Object.keys(reviewed).filter((each) => !known.has(each)),
      [],
      'no longer there',
    );
  });

  it('show only what an encoder has made', () => {
    assert.deepEqual(found, []);
  });

  it('have no HTML, and no trusted Markdown but that of the log', () => {
    assert.deepEqual(
      markup.filter((each) => !/ workspace\.isTrusted$/.test(each)),
      ['client/dashboard/panel.ts webview.html', 'client/logs/hover.ts text.isTrusted'],
    );
  });
});
