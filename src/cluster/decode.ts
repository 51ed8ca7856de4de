import { type Message, msg } from '../base/l10n.ts';
import { positions } from '../base/position.ts';
import type { Problem, ProblemCode, Span } from '../base/problem.ts';
import { findRelease, releases } from '../data/releases.ts';
import { replacement } from '../schema/fixes.ts';
import { createParseMemory, type ParseMemory } from '../schema/memory.ts';
import { type Parsed, parseText } from '../schema/parse.ts';
import { read } from '../schema/read.ts';
import { pathKey, type Reading, startReading } from '../schema/reading.ts';
import type { Slip } from '../schema/slip.ts';
import { cleanText } from '../schema/slips.ts';
import { suggest } from '../schema/suggest.ts';
import type { Cluster } from './model.ts';
import { networksOf } from './networks.ts';
import { expandNodes } from './nodes.ts';
import { withPlainText } from './plain-text.ts';
import { checkRoles } from './roles.ts';
import { parseBatchSize, parseMaxFailed, type Rollout } from './rollout.ts';
import { clusterSchema, type FileShape } from './schema.ts';
import { repositoriesOf } from './section-layers.ts';
import { servicesOf } from './services.ts';
import { impliedSteps, namedSteps, type StepCatalogue } from './steps.ts';
import { type Severities, type Suppressed, settle } from './suppressions.ts';
import { yamlProblems } from './yaml-problems.ts';

/** Maximum size of a cluster file in UTF-16 code units; 1,000 nodes without ranges take about 80,000. */
export const sizeLimit = 1_000_000;

/** Context for decoding: the steps that a file can name, and the rules for a file that decodes. */
export interface ClusterLanguage {
  readonly catalogue: StepCatalogue;
  /** Adds its problems to those of the reading. */
  readonly check: (file: FileShape, cluster: Cluster, reading: Reading) => void;
  /** The severities of the project. */
  readonly severities?: Severities;
}

/** Result of decoding: all problems, and the cluster if its nodes can be read. Only a cluster without errors may be run. */
export interface Decoded {
  readonly cluster?: Cluster;
  readonly problems: readonly Problem[];
  /** Problems that comments of the file accept. */
  readonly suppressed?: readonly Suppressed[];
}

function only(code: ProblemCode, span: Span, message: Message): Decoded {
  return { problems: [{ code, severity: 'error', span, message }] };
}

/** The code name of the file's release; adds a problem if there is no such release. */
function releaseName(file: FileShape, reading: Reading): string | undefined {
  const written = file.openstack?.release;
  const place = reading.places.get(pathKey('openstack', 'release'));
  if (written === undefined || !place) return undefined;
  const found = findRelease(written);
  if (found) return found.name;
  const known = releases.flatMap((release) =>
    release.number ? [release.name, release.number] : [release.name],
  );
  const near = suggest(written, known);
  const message = near
    ? msg('There is no OpenStack release {0}. Did you mean {1}?', written, near)
    : msg(
        'There is no OpenStack release {0}. Use a code name such as stein or a number such as 2025.1.',
        written,
      );
  const fix = near === undefined ? {} : { fix: replacement(reading.source, place.value, near) };
  reading.problems.push({ code: 'release-unknown', severity: 'error', span: place.value, message, ...fix });
  return undefined;
}

function assemble(file: FileShape, reading: Reading, { catalogue, check }: ClusterLanguage): Cluster {
  const release = releaseName(file, reading);
  const cluster: Cluster = {
    name: file.cluster,
    openstack: {
      ...(release === undefined ? {} : { release }),
      installer: file.openstack?.installer ?? 'manual',
      components: file.openstack?.components ?? [],
    },
    nodes: expandNodes(file, reading),
    networks: networksOf(file),
    bonds: file.bonds ?? {},
    repositories: repositoriesOf(file.repositories),
    system: file.system ?? {},
    ...(file.kernel ? { kernel: file.kernel } : {}),
    ...(file.rollout ? { rollout: rolloutOf(file.rollout) } : {}),
    users: file.users ?? {},
    sshd: file.sshd ?? {},
    services: servicesOf(file.services ?? {}),
    ...vipOf(file),
    ...proxyOf(file),
    packstack: file.packstack ?? {},
    betweenNodes: file.ssh?.['between-nodes'] ?? false,
    steps: [],
  };
  checkRoles(file, cluster.nodes, reading);
  const steps = file.steps
    ? namedSteps(file.steps, cluster, { reading, catalogue })
    : impliedSteps(cluster, catalogue);
  const whole = { ...cluster, steps };
  // If the YAML is invalid, report only that.
  if (reading.doc.syntaxProblems.length === 0) check(file, whole, reading);
  return whole;
}

function vipOf({ vip }: FileShape): Pick<Cluster, 'vip'> {
  if (vip === undefined) return {};
  return { vip: typeof vip === 'string' ? { address: vip } : vip };
}

function proxyOf({ proxy }: FileShape): Pick<Cluster, 'proxy'> {
  if (!proxy) return {};
  const { 'no-proxy': noProxy = [], ...rest } = proxy;
  return { proxy: { ...rest, noProxy } };
}

function rolloutOf({ batch, 'max-failed': limit }: NonNullable<FileShape['rollout']>): Rollout {
  const sizes = batch?.flatMap((text) => parseBatchSize(text) ?? []);
  const maxFailed = limit === undefined ? undefined : parseMaxFailed(limit);
  return { ...(sizes ? { batch: sizes } : {}), ...(maxFailed ? { maxFailed } : {}) };
}

/**
 * The problems, without type mismatches of values that carry an unknown tag: the tag may change the type. Plain text in
 * place of a secret is one problem with its tag, such as `!vault`.
 */
function meantOf(problems: readonly Problem[], { tags }: Parsed): Problem[] {
  if (tags.length === 0) return [...problems];
  const tagged = new Map(tags.map(({ node, span }) => [node?.range?.[0], span.start]));
  const secrets = problems.filter(({ code, span }) => code === 'secret-plain-text' && tagged.has(span.start));
  const asOne = new Set(secrets.map(({ span }) => tagged.get(span.start)));
  const isType = ({ code, span }: Problem): boolean => code === 'value-type' && tagged.has(span.start);
  const typed = new Set(problems.filter(isType).map(({ span }) => tagged.get(span.start)));
  return problems.flatMap((problem) => {
    const { fix, ...rest } = problem;
    const { code, span } = rest;
    const start = tagged.get(span.start);
    if (isType(problem)) return [];
    if (code === 'yaml-tag' && asOne.has(span.start)) return [];
    // A fix that only removes the tag would leave a value of the wrong type.
    const onlyRemoves = fix?.edits.every(({ text }) => text === '') ?? false;
    if (code === 'yaml-tag' && typed.has(span.start) && onlyRemoves) return [rest];
    if (!secrets.includes(problem) || start === undefined) return [problem];
    const edits = fix?.edits.map((edit) => ({ ...edit, span: { start, end: edit.span.end } }));
    return [
      { ...problem, span: { start, end: span.end }, ...(fix && edits ? { fix: { ...fix, edits } } : {}) },
    ];
  });
}

/** Adds the slips, and leaves out other problems on their lines, which follow from them; in the order of the text. */
function withSlips(problems: readonly Problem[], slips: readonly Slip[], text: string): readonly Problem[] {
  const { at } = positions(text);
  const lines = new Set(slips.map(({ span }) => at(span.start).line));
  const others = lines.size === 0 ? problems : problems.filter(({ span }) => !lines.has(at(span.start).line));
  const found = slips.map(({ span, message, fix }): Problem => {
    return { code: 'yaml-syntax', severity: 'error', span, message, ...(fix ? { fix } : {}) };
  });
  return once([...others, ...found].map((problem) => withPlainText(problem, text))).sort(
    (a, b) => a.span.start - b.span.start,
  );
}

/** The problems, each code once at a place: a range of nodes has one cause. Missing keys are reported one by one. */
function once(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, span }) => {
    if (code === 'key-missing') return true;
    const name = `${code} ${span.start} ${span.end}`;
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  });
}

/** A decoded text, with the positions of its values unless nothing could be read. */
export interface ClusterReading {
  readonly decoded: Decoded;
  readonly reading?: Reading;
}

/** Sections that can have thousands of entries. */
export const divided: readonly string[] = ['nodes'];

/** Reads a text; given the memory of an earlier version, parses only what differs from it. */
export function readClusterText(
  text: string,
  language: ClusterLanguage,
  memory: ParseMemory = createParseMemory(),
): ClusterReading {
  if (text.length > sizeLimit) {
    const span = { start: 0, end: 1 };
    return {
      decoded: only(
        'file-too-large',
        span,
        msg('A cluster file has at most {0} characters. This file has {1}.', sizeLimit, text.length),
      ),
    };
  }
  const { text: readable, slips } = cleanText(text);
  const doc = parseText(readable, divided, memory);
  const problems = yamlProblems(doc, readable);
  if (doc.contents === null && problems.length === 0) {
    const hint = msg('The file is empty. It needs at least the keys cluster and nodes.');
    return { decoded: only('file-empty', { start: 0, end: 0 }, hint) };
  }
  const reading = startReading(doc, text, problems);
  const file = read(reading, clusterSchema);
  const cluster = file ? assemble(file, reading, language) : undefined;
  // If the YAML is invalid, structural problems are noise.
  const isBroken = doc.syntaxProblems.length > 0;
  const reported = isBroken
    ? problems.filter(({ code }) => code.startsWith('yaml-'))
    : meantOf(problems, doc);
  const settled = settle(withSlips(reported, slips, text), text, language.severities);
  return { decoded: { ...(cluster ? { cluster } : {}), ...settled }, reading };
}
