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

// The folder represents a node, whose files have the usual modes whatever the umask of this process is.
process.umask(0o022);

/** systemctl for files: `units/NAME` contains `enabled active` or similar, `shown` the answer to `show`; every change is logged in the folder's `calls`. */
const systemctl = `if [ "$1" = show ]; then cat "$ROOT/shown"; exit; fi
verb= names=
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
  '[ awk basename bash cat chmod chown cksum cp cut date dd dirname env expr find getent grep head id ln ls mkdir mkfifo mktemp mv od paste printf ps readlink rm runuser sed setsid sh sleep sort stat tail tee test timeout touch tr uname uniq wc';
let toolPlace: string | undefined;

/** Links to programs that change only files, so that no script can reach the real package manager or services. */
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

/** The output and result of a step in a folder. */
export interface StepResult {
  readonly markers: readonly Marker[];
  readonly log: string;
  /** The reason codes of the last check, in order. */
  readonly reasons: readonly string[];
  readonly state: string | undefined;
  readonly outcome: string | undefined;
  readonly notices: readonly string[];
}

/** A folder that represents the disk of a node: absolute paths in scripts are moved into it, and its programs take precedence. */
export class NodeFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'stackprep-node-'));
  /** The node of the cluster; the first by default. */
  node: string | undefined;
  readonly #shell: readonly [string, ...string[]];

  /** The shell may include an argument, such as `busybox ash`. */
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

  /** The text of a file; undefined if it does not exist. */
  read(path: string): string | undefined {
    const place = join(this.root, path);
    return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
  }

  /** Adds a program to the node; `$ROOT` is the folder. */
  program(name: string, script: string): void {
    this.put(`/bin/${name}`, `#!/bin/sh\nROOT=${this.root}\n${script}\n`, 0o755);
  }

  unit(name: string, state: string): void {
    this.put(`/units/${name}`, `${state}\n`);
  }

  calls(): readonly string[] {
    return (this.read('/calls') ?? '').split('\n').filter((line) => line !== '');
  }

  probe(cluster: Cluster, step: string, secrets: SecretValues = new Map()): StepResult {
    return this.#runText(payload('probe', [this.#step(cluster, step)], secrets).text('n0nce'));
  }

  /** Runs the step; the values of its secrets must not contain escapes of `printf %b`. */
  run(cluster: Cluster, step: string, secrets: SecretValues = new Map()): StepResult {
    return this.#work('run', this.#step(cluster, step), secrets);
  }

  /** Undoes the step like a node. */
  undo(cluster: Cluster, step: string, secrets: SecretValues = new Map()): StepResult {
    return this.#work('undo', this.#step(cluster, step), secrets);
  }

  /** Runs the step's `rollback` or `revert` with the library; returns its exit code. */
  body(cluster: Cluster, step: string, which: 'rollback' | 'revert'): number | null {
    const { uses = [], parameters, functions, [which]: body } = this.script(cluster, step);
    if (!body) throw new Error(`${step} has no ${which}`);
    const before = [...uses, ...[parameters ?? [], functions ?? []].flat()].map(
      ({ shell }: ShellText) => shell,
    );
    const text = `sp_nonce=n0nce\n${library}\nSTEP_ID=${step}\n${before.join('\n')}\nsp_f() {\n${body.shell}\n}\nsp_f`;
    return this.#shellOn(text).status;
  }

  /** The output of a command whose shell script is sent over standard input. */
  output({ stdin = '' }: Command): string {
    return this.#shellOn(stdin).stdout;
  }

  script(cluster: Cluster, step: string): StepScript {
    return this.#step(cluster, step).script;
  }

  remove(): void {
    clearAwaySync(this.root);
  }

  #work(kind: 'run' | 'undo', step: RunnableStep, secrets: SecretValues): StepResult {
    const { text, secrets: names } = payload(kind, [step]);
    return this.#runText(text('n0nce'), names.map((name) => `${secrets.get(name) ?? ''}\n`).join(''));
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
    // Like in a job: the script is a file, and its secrets are sent over standard input.
    this.put('/payload', this.#moved(text), 0o600);
    return spawnSync(program, [...args, join(this.root, 'payload')], { input, encoding: 'utf8' });
  }

  #moved(text: string): string {
    return text
      .replace(/^PATH=.*$/m, `PATH=${this.root}/bin:${toolFolder()}; export PATH`)
      .replace(
        /(?<=^|[\s"'=(>{;-])\/(?=(?:etc|srv|var|root|sys|run|boot|usr\/share|proc\/cmdline|proc\/sys$|\.autorelabel)\b)/gm,
        `${this.root}/`,
      );
  }

  #runText(text: string, input?: string): StepResult {
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
