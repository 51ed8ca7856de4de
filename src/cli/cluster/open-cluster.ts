import { msg } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Selection } from '../../plan/selection.ts';
import { decodeCluster } from '../../rules/decode.ts';
import { type Context, exit, wrongUse } from '../command-line/context.ts';
import { type Findings, findingList, findingsText } from '../report/findings.ts';
import { type PlaceOf, placesIn } from '../report/place.ts';
import { styleFor } from '../terminal/style.ts';
import { jsonText } from '../text/json.ts';
import { readClusterFile } from './cluster-file.ts';
import { selectionOf } from './selection.ts';

/** A cluster that can be used, or the exit code after its problems were printed. */
export type Opened =
  | {
      readonly ok: true;
      readonly file: string;
      readonly text: string;
      readonly cluster: Cluster;
      readonly selection: Selection;
      readonly placeOf: PlaceOf;
    }
  | { readonly ok: false; readonly code: number };

function printFindings({ io, t, options }: Context, findings: Findings): void {
  if (options.json) {
    for (const finding of findingList(findings, t))
      io.stdout.write(`${jsonText({ type: 'problem', file: findings.file, ...finding })}\n`);
  } else if (findings.problems.length > 0) {
    io.stderr.write(`${findingsText(findings, t, styleFor(io.stderr.isTTY, io.env))}\n`);
  }
}

/** Reads the command's cluster file and prints its problems; only a file without errors is used. */
export async function openCluster(context: Context): Promise<Opened> {
  const { io, t, options } = context;
  const file = options.files[0] ?? '';
  const read = await readClusterFile(file, io.cwd);
  if (!read.ok) return { ok: false, code: wrongUse(context, read.message) };
  const { cluster, problems } = decodeCluster(read.text);
  const worth = problems.filter((problem) => problem.severity !== 'information');
  printFindings(context, { file, text: read.text, problems: worth });
  if (!cluster || problems.some((problem) => problem.severity === 'error')) {
    if (!options.json)
      io.stderr.write(`${t(msg('{0} has errors. Fix them and try again; nothing was run.', file))}\n`);
    return { ok: false, code: exit.findings };
  }
  const selected = selectionOf(cluster, options);
  if (!selected.ok) return { ok: false, code: wrongUse(context, selected.message) };
  const placeOf = placesIn(file, read.text, cluster);
  return { ok: true, file, text: read.text, cluster, selection: selected.selection, placeOf };
}
