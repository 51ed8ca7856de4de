import { Uri, window, workspace } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { samples } from '../../view/new-cluster/samples.ts';
import { t } from '../editor/texts.ts';
import { writeClusterFile } from './write.ts';

/** Lets the user choose a sample and makes it a cluster file of the workspace. */
export async function createFromSample(extension: Uri): Promise<void> {
  const items = samples.map((sample) => ({ label: t(sample.title), detail: t(sample.about), sample }));
  const picked = await window.showQuickPick(items, {
    title: t(msg('Create Cluster File from Sample')),
    placeHolder: t(msg('Select what is closest to your cluster.')),
    matchOnDetail: true,
  });
  if (!picked) return;
  const { file, about } = picked.sample;
  const source = Uri.joinPath(extension, 'samples', `${file}.cluster.yaml`);
  const text = new TextDecoder().decode(await workspace.fs.readFile(source));
  const head = t(msg('Change the names and addresses of the nodes to yours.'));
  await writeClusterFile(file, () => `# ${t(about)}\n# ${head}\n${text}`);
}
