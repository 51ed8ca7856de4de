import { window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import { fileName } from '../editor/file-name.ts';
import { openProblems } from '../editor/problems.ts';
import { t } from '../editor/texts.ts';
import { readClusterFile } from './cluster-text.ts';

async function refuse(uri: string, errors: number): Promise<void> {
  const name = fileName(uri);
  const text =
    errors === 1
      ? msg('{0} has an error. Fix it and try again; no connection was made.', name)
      : msg('{0} has {1} errors. Fix them and try again; no connection was made.', name, errors);
  const show = t(msg('Show Problems'));
  if ((await window.showErrorMessage(t(text), show)) === show) await openProblems(uri);
}

/** The cluster of a file without errors; otherwise shows the errors, and no connection is allowed. */
export async function soundCluster(uri: string): Promise<Cluster | undefined> {
  const { cluster, problems } = await readClusterFile(uri);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (cluster && errors === 0) return cluster;
  void refuse(uri, errors);
  return undefined;
}
