import assert from 'node:assert/strict';
import { join } from 'node:path';
import { start } from './cli/built.ts';
import { attackText } from './support/regex/attacks.ts';
import type { Built } from './support/regex/built.ts';
import { isTooSteep, worstOf } from './support/regex/growth.ts';
import type { Measured } from './support/regex/measure.ts';
import { SyntaxKind, visitSources } from './support/typed-sources.ts';

interface Expression {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** A search without end is killed then; the others take a minute and a half, and several times that on a busy computer. */
const deadlineMs = 600_000;

/** Runs one of the regular expression programs in a separate process; an endless search is killed with it. */
async function program(name: string, input: string): Promise<string> {
  const file = join(import.meta.dirname, 'support/regex', name);
  const { child, ended } = start([process.execPath, '--import', 'tsx', file], input);
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  const { code, out, err } = await ended.finally(() => clearTimeout(deadline));
  assert.equal(code, 0, `${name} ended with ${code} after: ${out.slice(-2000)}${err}`);
  return out;
}

/** The expressions whose cost is not linear, with the worst texts of each. */
function measure(expressions: readonly Expression[]) {
  const steep: string[] = [];
  const measured = expressions.map(({ place, source, flags }): Measured => {
    const { steepest, dearest } = worstOf(new RegExp(source, flags));
    const { few, many, attack } = steepest;
    if (isTooSteep(steepest))
      steep.push(`${place} ${steepest.source}: ${few} and ${many} steps for ${attackText(attack, 60)}`);
    return { place, source, flags, attacks: dearest };
  });
  return { steep, measured };
}

describe('The regular expressions', function () {
  this.timeout(2 * deadlineMs);
  const literals: Expression[] = [];
  const sites: string[] = [];
  before(() => {
    const kinds = new Set([SyntaxKind.RegularExpressionLiteral, SyntaxKind.NewExpression]);
    visitSources(kinds, ({ node, place, text }) => {
      const [, source, flags] = /^\/(.*)\/(\w*)$/s.exec(text(node)) ?? [];
      if (node.kind === SyntaxKind.RegularExpressionLiteral && source !== undefined && flags !== undefined)
        literals.push({ place, source, flags });
      else if (/^new RegExp\b/.test(text(node))) sites.push(place);
    });
  });

  it('are measured so that quadratic ones are detected, such as those that once blocked the program', () => {
    const steep = [
      ...[
        /^ ?([^\d(]+)\s+(\d+)\s/,
        /[#\s]+$/,
        /\s+(?:\d+|\?+)%\s*\|/,
        /^(?:\d{1,9}[smhd]?)+$/,
        /^(\w|\w\w)+$/,
      ],
      ...[/\b[\w-]*(?:password|token)\s*=/, /a.*b.*c/, /https?:\/\/\S+: \[Errno 14\]/, /^-[a-z]*y[a-z]*$/],
      ...[/(?<=\[\d+)-/, /nothing provides .+? needed by \S+/, /^(.*?):?\s*\[ DONE \]$/],
    ];
    for (const expression of steep) assert.ok(isTooSteep(worstOf(expression).steepest), `${expression}`);
    const flat = [
      ...[
        /^a.*b/,
        /(?<!\s)\s+b/,
        /a{0,500}b/,
        /\[[^[\]]*\]/,
        /^\s*(?:,\s*)?$/,
        /^(["'])(.*)\1$/,
        /abc|\bx\d+/,
      ],
      ...[/^-(?=[a-z]*y)[a-z]+$/, /: \[Errno 14\] (?<=(https?:\/\/\S+): \[Errno 14\] )/],
    ];
    for (const expression of flat) {
      const { steepest } = worstOf(expression);
      assert.ok(!isTooSteep(steepest), `${expression} ${JSON.stringify(steepest)}`);
    }
  });

  it('have linear cost, in matcher steps and in time for 100 kB', async () => {
    assert.ok(literals.length > 400, `${literals.length} literals are found`);
    const { steep, measured } = measure(literals);
    assert.deepEqual(steep, []);
    assert.equal(await program('measure.ts', JSON.stringify(measured)), 'end\n');
  });

  it('have linear cost also when they are built at run time', async () => {
    const built: readonly Built[] = JSON.parse(await program('built.ts', ''));
    const missing = sites.filter((site) => !built.some(({ place }) => place === site));
    assert.deepEqual(missing, [], 'each place that builds one was come by');
    const { steep, measured } = measure(built);
    assert.deepEqual(steep, []);
    assert.equal(await program('measure.ts', JSON.stringify(measured)), 'end\n');
  });
});
