import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github/workflows');
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly steps?: readonly Step[];
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}

/** The problems that GitHub's own parser finds in a workflow. */
async function problemsOf(name: string, content: string): Promise<readonly string[]> {
  // The package has ES modules only.
  const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
  const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

describe('The workflows', () => {
  const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const jobs = [...texts].flatMap(([name, text]) =>
    Object.entries(parse(text).jobs as Record<string, Job>).map(([id, job]) => ({
      id: `${name} ${id}`,
      job,
    })),
  );
  const steps = jobs.flatMap(({ id, job }) => (job.steps ?? []).map((step) => ({ id, step })));

  it('are accepted by the parser of GitHub, which notices errors', async () => {
    assert.deepEqual([...texts.keys()].sort(), ['ci.yml', 'release.yml']);
    for (const [name, text] of texts) assert.deepEqual(await problemsOf(name, text), [], name);
    const [ci = ''] = texts.values();
    for (const broken of [
      ci.replace('runs-on:', 'runs:'),
      ci.replace('matrix.os }}', 'matrix.os }'),
      ci.replace('contents: read', 'contents: some'),
    ])
      assert.notDeepEqual(await problemsOf('ci.yml', broken), []);
  });

  it('use actions by the hash of a commit, with the version in a comment', () => {
    for (const [name, text] of texts)
      for (const [, action = ''] of text.matchAll(/\buses: (\S+.*)/g))
        assert.match(action, /^\.\/|^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
  });

  it('have no more rights than they need, and put no value into a script except by the environment', () => {
    for (const [name, text] of texts) assert.deepEqual(parse(text).permissions, { contents: 'read' }, name);
    for (const { id, step } of steps) {
      assert.equal(step.run?.includes('${{') ?? false, false, `${id}: ${step.run}`);
      if (step.uses?.startsWith('actions/checkout@'))
        assert.deepEqual(step.with, { 'persist-credentials': false }, id);
    }
    for (const { id, job } of jobs) if (job.steps) assert.ok(job['timeout-minutes'], id);
  });

  it('test on three systems with the oldest and the newest VS Code and Node that are allowed', () => {
    const matrix = (id: string) => jobs.find((job) => job.id === `ci.yml ${id}`)?.job.strategy?.matrix;
    const systems = [/^ubuntu-/, /^macos-/, /^windows-/];
    for (const id of ['test', 'vscode'])
      for (const [index, system] of systems.entries())
        assert.match(String(matrix(id)?.os?.[index]), system, id);
    assert.deepEqual(matrix('vscode')?.vscode, [engines.vscode.replace('^', ''), 'stable']);
    assert.equal(`>=${matrix('test')?.node?.[0]}`, engines.node);
  });

  it('run scripts of the manifest that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const called = steps.flatMap(({ step }) => /^npm run (\S+)/.exec(step.run ?? '')?.[1] ?? []);
    assert.ok(called.length >= 6);
    for (const script of called) assert.ok(script in scripts, script);
  });
});

describe('The links to the home of the project', () => {
  const { repository, bugs, homepage, qna, badges } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );

  it('all follow from the repository of the manifest', () => {
    const [, home = ''] = /^git\+(https:\/\/github\.com\/[\w.-]+\/[\w.-]+)\.git$/.exec(repository.url) ?? [];
    assert.ok(home);
    for (const link of [bugs.url, homepage, qna, badges[0].url, badges[0].href])
      assert.ok(link.startsWith(`${home}/`) || link.startsWith(`${home}#`), link);
  });

  it('agree with every other mention of it', () => {
    const [, place = ''] = /github\.com\/(.+)\.git$/.exec(repository.url) ?? [];
    const [, project = ''] = place.split('/');
    const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
    const pages = ['README.md', 'README.ko.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
    for (const page of pages.filter((name) => name.endsWith('.md')))
      for (const [, owner, name] of readFileSync(join(root, page), 'utf8').matchAll(
        /github\.com\/([\w.-]+)\/([\w-]+)/g,
      ))
        if (name === project) assert.equal(`${owner}/${name}`, place, page);
  });
});
