import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { type Marker, readLine } from '../../src/plan/markers.ts';
import { payload, type RunnableStep, runnableStep, type SecretValues } from '../../src/plan/payload.ts';
import type { Command, ShellText } from '../../src/shell/command.ts';
import { library } from '../../src/shell/library.ts';
import type { StepScript } from '../../src/steps/common/definition.ts';
import { clearAwaySync } from './clear-away.ts';

// The folder stands for a node, whose files have the usual modes whatever this machine's umask is.
process.umask(0o022);

/** systemctl over files: `units/NAME` holds `enabled active` or the like; every change is in the folder's `calls`. */
const systemctl = `verb= names=
for word; do case $word in -*) ;; *) if [ -z "$verb" ]; then verb=$word; else names="$names $word"; fi;; esac; done
for name in $names; do
  file=$ROOT/units/\${name%.service}
  case $verb in
    is-enabled) read -r enabled active <"$file" && [ "$enabled" = enabled ] || exit 1; continue;;
    is-active) read -r enabled active <"$file" && [ "$active" = active ] || exit 3; continue;;
    cat) [ -e "$file" ] || exit 1; continue;;
  esac
  echo "systemctl $verb $name" >>"$ROOT/calls"
  read -r enabled active <"$file" || { echo "no unit $name" >&2; exit 5; }
  case $verb in
    enable) enabled=enabled;; disable) enabled=disabled;;
    start|restart) active=active;; stop) active=inactive;;
  esac
  echo "$enabled $active" >"$file"
done`;

const osRelease = {
  el7: 'NAME="CentOS Linux"\nID=centos\nVERSION_ID=7\nPRETTY_NAME="CentOS Linux 7 (Core)"\n',
  el8: 'NAME="CentOS Stream"\nID=centos\nVERSION_ID=8\nPRETTY_NAME="CentOS Stream 8"\n',
  el9: 'NAME="CentOS Stream"\nID=centos\nVERSION_ID=9\nPRETTY_NAME="CentOS Stream 9"\n',
} as const;

const tools =
  '[ awk basename bash cat chmod chown cksum cp cut date dd dirname env expr find getent grep head id ln ls mkdir mkfifo mktemp mv od printf ps readlink rm runuser sed setsid sh sleep sort stat tail tee test timeout touch tr uname uniq wc';
let toolPlace: string | undefined;

/** Links to the programs that change nothing but files: no script can reach the machine's own package manager or services. */
function toolFolder(): string {
  if (toolPlace !== undefined) return toolPlace;
  const place = mkdtempSync(join(tmpdir(), 'stackprep-tools-'));
  process.once('exit', () => clearAwaySync(place));
  for (const tool of tools.split(' ')) {
    const found = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']
      .map((folder) => join(folder, tool))
      .find((path) => existsSync(path));
    if (found) symlinkSync(found, join(place, tool));
  }
  // Other users of the node run programs too.
  chmodSync(place, 0o755);
  toolPlace = place;
  return place;
}

/** What a step said and did in a folder. */
export interface Told {
  readonly markers: readonly Marker[];
  readonly log: string;
  /** Codes of the reasons that the last check gave, in their order. */
  readonly reasons: readonly string[];
  readonly state: string | undefined;
  readonly outcome: string | undefined;
  readonly notices: readonly string[];
}

/** A folder that stands for a node's disk: scripts run in it with their absolute paths below it and its own programs first. */
export class NodeFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'stackprep-node-'));
  /** Which node of the cluster it is; the first unless a test says otherwise. */
  node: string | undefined;
  readonly #shell: readonly [string, ...string[]];

  /** The shell may be a program with an argument, such as `busybox ash`. */
  constructor(shell: string, system: keyof typeof osRelease = 'el9') {
    const [program = shell, ...args] = shell.split(' ');
    this.#shell = [program, ...args];
    chmodSync(this.root, 0o755);
    this.put('/etc/os-release', osRelease[system]);
    this.program('id', 'case $1 in -u) echo 0;; *) echo root;; esac');
    this.program('systemctl', systemctl);
    this.program('restorecon', ':');
  }

  put(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
    chmodSync(join(this.root, path), mode);
  }

  /** The file's text; undefined where there is none. */
  read(path: string): string | undefined {
    const place = join(this.root, path);
    return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
  }

  /** A program of the node; `$ROOT` is the folder. */
  program(name: string, script: string): void {
    this.put(`/bin/${name}`, `#!/bin/sh\nROOT=${this.root}\n${script}\n`, 0o755);
  }

  unit(name: string, state: string): void {
    this.put(`/units/${name}`, `${state}\n`);
  }

  calls(): readonly string[] {
    return (this.read('/calls') ?? '').split('\n').filter((line) => line !== '');
  }

  probe(cluster: Cluster, step: string, secrets: SecretValues = new Map()): Told {
    return this.#tell(payload('probe', [this.#step(cluster, step)], secrets).text('n0nce'));
  }

  /** Runs the step; the values of its secrets have no character that `printf %b` takes for its own. */
  run(cluster: Cluster, step: string, secrets: SecretValues = new Map()): Told {
    return this.#work('run', this.#step(cluster, step), secrets);
  }

  /** Undoes the step as a node does. */
  undo(cluster: Cluster, step: string, secrets: SecretValues = new Map()): Told {
    return this.#work('undo', this.#step(cluster, step), secrets);
  }

  /** Runs the step's `rollback` or `revert` behind the library; gives its exit code. */
  body(cluster: Cluster, step: string, which: 'rollback' | 'revert'): number | null {
    const { uses = [], parameters, functions, [which]: body } = this.script(cluster, step);
    if (!body) throw new Error(`${step} has no ${which}`);
    const before = [...uses, ...[parameters ?? [], functions ?? []].flat()].map(
      ({ shell }: ShellText) => shell,
    );
    const text = `sp_nonce=n0nce\n${library}\n${before.join('\n')}\nsp_f() {\n${body.shell}\n}\nsp_f`;
    return this.#shellOn(text).status;
  }

  /** What a command prints whose shell comes over standard input. */
  output({ stdin = '' }: Command): string {
    return this.#shellOn(stdin).stdout;
  }

  script(cluster: Cluster, step: string): StepScript {
    return this.#step(cluster, step).script;
  }

  remove(): void {
    clearAwaySync(this.root);
  }

  #work(kind: 'run' | 'undo', step: RunnableStep, secrets: SecretValues): Told {
    const { text, secrets: names } = payload(kind, [step]);
    return this.#tell(text('n0nce'), names.map((name) => `${secrets.get(name) ?? ''}\n`).join(''));
  }

  #step(cluster: Cluster, id: string): RunnableStep {
    const node = cluster.nodes.find(({ name }) => name === (this.node ?? name));
    const item = cluster.steps.find((each) => each.id === id);
    const step = node && item && runnableStep(cluster, node, item);
    if (!step) throw new Error(`no step ${id}`);
    return step;
  }

  #shellOn(text: string, input?: string) {
    const [program, ...args] = this.#shell;
    if (input === undefined || input === '')
      return spawnSync(program, [...args, '-s'], { input: this.#moved(text), encoding: 'utf8' });
    // As a job has it: the script is a file, and its secrets come over standard input.
    this.put('/payload', this.#moved(text), 0o600);
    return spawnSync(program, [...args, join(this.root, 'payload')], { input, encoding: 'utf8' });
  }

  #moved(text: string): string {
    return text
      .replace(/^PATH=.*$/m, `PATH=${this.root}/bin:${toolFolder()}; export PATH`)
      .replace(
        /(?<=^|[\s"'=(>{;-])\/(?=(?:etc|var|root|sys|run|boot|usr\/share|proc\/cmdline|proc\/sys$|\.autorelabel)\b)/gm,
        `${this.root}/`,
      );
  }

  #tell(text: string, input?: string): Told {
    const { stdout, stderr } = this.#shellOn(text, input);
    const read = `${stdout}${stderr}`.split('\n').map((line) => readLine(line, 'n0nce'));
    const markers = read.flatMap(({ marker }) => marker ?? []);
    const lastPhase = markers.findLastIndex(({ type }) => type === 'phase');
    const last = <Type extends Marker['type']>(type: Type) =>
      markers.findLast((marker): marker is Extract<Marker, { type: Type }> => marker.type === type);
    return {
      markers,
      log: read.flatMap(({ log }) => log ?? []).join('\n'),
      reasons: markers
        .slice(lastPhase + 1)
        .flatMap((marker) => (marker.type === 'because' ? [marker.reason.code] : [])),
      state: last('state')?.state,
      outcome: last('result')?.outcome,
      notices: markers.flatMap((marker) => (marker.type === 'notice' ? [marker.reason.code] : [])),
    };
  }
}
