import { Uri, workspace } from 'vscode';
import type { Decoded } from '../../cluster/decode.ts';

/** Reads the cluster file from the editor, saved or not, and decodes it; the parser is loaded on first use. */
export async function readClusterFile(uri: string): Promise<Decoded> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const { decodeCluster } = await import('../../rules/decode.ts');
  return decodeCluster(document.getText());
}
