import { type ExtensionContext, window } from 'vscode';
import { msg } from '../base/l10n.ts';
import { compose } from './compose.ts';
import { t } from './editor/texts.ts';

let stop: (() => Promise<void>) | undefined;

/** Called once by VS Code; does not wait for the network or the language server. */
export function activate(context: ExtensionContext): void {
  const stackprep = compose(context);
  stop = stackprep.stop;
  context.subscriptions.push(stackprep);
  void stackprep.files.refresh().catch(stackprep.report);
  stackprep.lookForEarlierRuns();
  void stackprep.startLanguageClient().catch((cause: unknown) => {
    stackprep.report(cause);
    void window.showErrorMessage(
      t(msg('The Stackprep language server did not start. Files are not checked.')),
    );
  });
}

/** Called by VS Code when the window closes; stops the demo and the language server. Jobs continue on the nodes. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
