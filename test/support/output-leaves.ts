import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isForOfStatement,
  isFunctionDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isTemplateExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
} from 'typescript/unstable/ast';
import { type Node, SyntaxKind, type Visit } from './typed-sources.ts';

const literals = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.RegularExpressionLiteral,
]);
/** They change a text without adding another one; the arguments of those that do are checked, too. */
const methods = new Set([
  'join',
  'map',
  'filter',
  'slice',
  'trim',
  'trimEnd',
  'padEnd',
  'padStart',
  'repeat',
  'replace',
  'replaceAll',
  'concat',
  'flatMap',
  'flat',
  'reverse',
  'toString',
]);

/** Walks from an expression that is shown to the parts that it is made of. */
export interface LeafRules {
  /** Functions whose results are fit for the output. */
  readonly encoders: ReadonlySet<string>;
  /** Fields of objects that are shown; other fields are not checked. */
  readonly fields: ReadonlySet<string>;
  /** The variables and functions of the file with their values and bodies; see `valuesIn`. */
  readonly values: ReadonlyMap<string, readonly Node[]>;
  readonly visit: Visit;
}

/** The values of all variables and the bodies of all functions below a node, by name. */
export function valuesIn(root: Node): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  const add = (name: string, value: Node): void => {
    found.set(name, [...(found.get(name) ?? []), value]);
  };
  const walk = (node: Node): void => {
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer)
      add(node.name.text, node.initializer);
    if (isVariableDeclaration(node) && isArrayBindingPattern(node.name) && node.initializer)
      for (const each of node.name.elements)
        if (isBindingElement(each) && each.name && isIdentifier(each.name))
          add(each.name.text, node.initializer);
    if (
      isCallExpression(node) &&
      isPropertyAccessExpression(node.expression) &&
      loops.test(node.expression.name.text)
    ) {
      const [callback] = node.arguments;
      const [first] = callback && isArrowFunction(callback) ? callback.parameters : [];
      if (first && isIdentifier(first.name)) add(first.name.text, node.expression.expression);
    }
    if (isForOfStatement(node) && isVariableDeclarationList(node.initializer)) {
      const [each] = node.initializer.declarations;
      if (each && isIdentifier(each.name)) add(each.name.text, node.expression);
    }
    if (isFunctionDeclaration(node) && node.name && node.body) add(node.name.text, node.body);
    node.forEachChild(walk);
  };
  walk(root);
  return found;
}

/** Types whose values are the program's own (numbers, truth values, words of the program), or no texts. */
const ownType =
  /^(?:".*"|-?\d[\d.]*|number|boolean|true|false|undefined|null|Message|Pattern|Plain|Joined|Range|Location|TestItem|CancellationToken|Style|SymbolKind.*|TreeItemCollapsibleState.*)$/s;
/** They call a function with each part of a list. */
const loops = /^(?:map|flatMap|forEach)$/;
/** They put their arguments together. */
const joining = /^(?:pad|shortened|hang|signed|style\.\w+)$/;

function isOwn(node: Node, { checker }: Visit): boolean {
  const type = checker.getTypeAtLocation(node);
  if (!type) return false;
  const parts = type.isUnionType() ? (type.getTypes() ?? []) : [type];
  return parts.every((part) => ownType.test(checker.typeToString(part)));
}

type Parts = readonly (Node | undefined)[];

/** The shown parts of an object. */
function shownFields(node: Node, { fields, visit }: LeafRules): Parts {
  if (!isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property): Parts => {
    if (isSpreadAssignment(property)) return [property.expression];
    if (!property.name || !fields.has(visit.text(property.name))) return [];
    if (isShorthandPropertyAssignment(property)) return [property.name];
    return isPropertyAssignment(property) ? [property.initializer] : [];
  });
}

/** The parts of a call: none if an encoder has made the result; undefined if it is not known what it makes. */
function partsOfCall(node: Node, { encoders, values, visit }: LeafRules): Parts | undefined {
  if (!isCallExpression(node)) return undefined;
  const callee = node.expression;
  if (encoders.has(visit.text(callee))) return [];
  if (joining.test(visit.text(callee))) return [...node.arguments];
  const own = isIdentifier(callee)
    ? values.get(callee.text)?.filter((each) => isArrowFunction(each) || isBlock(each))
    : undefined;
  if (own && own.length > 0) return own;
  if (!isPropertyAccessExpression(callee)) return undefined;
  const { text: method } = callee.name;
  if (encoders.has(`.${method}`)) return [];
  const [first] = node.arguments;
  if (first && (method === 'map' || method === 'flatMap')) {
    if (isIdentifier(first) && encoders.has(first.text)) return [];
    if (isArrowFunction(first)) return [first];
  }
  if (!methods.has(method)) return undefined;
  return [callee.expression, ...node.arguments.filter((each) => !isArrowFunction(each))];
}

/** What an expression is made of; undefined if it is not made of other expressions. */
function partsOf(node: Node, rules: LeafRules): Parts | undefined {
  if (literals.has(node.kind)) return [];
  if (isParenthesizedExpression(node) || isAsExpression(node) || isAwaitExpression(node))
    return [node.expression];
  if (isSpreadElement(node)) return [node.expression];
  if (isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (isBinaryExpression(node)) {
    const isGuard = node.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;
    return isGuard ? [node.right] : [node.left, node.right];
  }
  if (isArrayLiteralExpression(node)) return [...node.elements];
  if (isArrowFunction(node)) return [node.body];
  if (isBlock(node)) return returnsOf(node);
  if (isObjectLiteralExpression(node)) return shownFields(node, rules);
  return partsOfCall(node, rules);
}

/** The parts of a shown expression that no encoder has made; empty if it is fit to be shown. */
export function foreignLeaves(
  node: Node,
  rules: LeafRules,
  seen: ReadonlySet<Node> = new Set(),
): readonly string[] {
  if (seen.has(node)) return [];
  const now = new Set([...seen, node]);
  const all = (nodes: Parts): readonly string[] =>
    nodes.flatMap((each) => (each ? foreignLeaves(each, rules, now) : []));
  const parts = partsOf(node, rules);
  if (parts) return all(parts);
  if (isOwn(node, rules.visit)) return [];
  const known = isIdentifier(node) ? rules.values.get(node.text) : undefined;
  return known ? all(known) : [rules.visit.text(node).replace(/\s+/g, ' ')];
}

function returnsOf(body: Node): Parts {
  const found: (Node | undefined)[] = [];
  const walk = (node: Node): void => {
    if (isReturnStatement(node)) found.push(node.expression);
    else if (!isArrowFunction(node)) node.forEachChild(walk);
  };
  walk(body);
  return found;
}
