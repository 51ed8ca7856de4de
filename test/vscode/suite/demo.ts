import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../../src/protocol/contributions.ts';
import { eventually } from './support.ts';

/** Changes a user setting; undefined resets it. */
export async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
}

/** Starts the demo cluster with the given scenarios and returns its file. */
export async function startDemo(scenarios: readonly string[]): Promise<vscode.TextDocument> {
  await set(settings.demoScenarios.key, scenarios);
  await vscode.commands.executeCommand(commands.startDemo);
  return await eventually(() => {
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.match(document.uri.path, /\/demo\.cluster\.yaml$/);
    return document;
  });
}

/** The titles of the code lenses of a file. */
export async function titles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

/** The output channel as a document. */
export async function outputDocument(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand(commands.showOutput);
  return await eventually(() => {
    const { textDocuments } = vscode.workspace;
    const shown = textDocuments.find(({ uri }) => uri.scheme === 'output' && /Stackprep/.test(uri.path));
    assert.ok(shown, textDocuments.map(({ uri }) => uri.toString()).join('\n'));
    return shown;
  });
}

/** The text of the output channel. */
export async function output(): Promise<string> {
  return (await outputDocument()).getText();
}

/** Waits until the output channel has a line. */
export async function outputHas(line: RegExp): Promise<void> {
  await eventually(async () => {
    const text = await output();
    assert.ok(line.test(text), `${line} is not in the log, which ends with\n${text.slice(-2_000)}`);
  });
}
