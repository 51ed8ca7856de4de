import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Writes a file into a workspace folder of the test window, by default the first one, and opens it in an editor. */
export async function openInWorkspace(name: string, text: string, index = 0): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[index];
  assert.ok(folder, 'the test window has no such workspace folder');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return vscode.window.showTextDocument(uri);
}

/** Repeats an attempt until it stops throwing; throws the last error after 10 seconds. */
export async function eventually<T>(attempt: () => T | Promise<T>, timeoutMs = 60_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > deadline) throw cause;
      await delay(100);
    }
  }
}
