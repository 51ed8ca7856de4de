import { type Disposable, DocumentLink, languages, Range, Uri } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { commands, outputLanguageId } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { t } from '../editor/texts.ts';
import type { NodeNames } from './names.ts';

/** Maximum number of lines with links; the rest of a long channel is skipped. */
const maxLines = 5000;

/** `node | step | …`: the node, and the step if there is one. */
const lead = /^([^\s|]+) \| (?:([^\s|]+) \| )?/;

/** Links the output channel to the cluster file, at lines where the node or step changes, and at messages about one. */
export function linkOutput(names: NodeNames): Disposable {
  const targetOf = (name: string, step?: string): Target | undefined => {
    const owner = names.owner(name);
    return owner && { uri: owner.uri, nodes: [owner.node], ...(step === undefined ? {} : { step }) };
  };
  return languages.registerDocumentLinkProvider(
    { language: outputLanguageId },
    {
      provideDocumentLinks: (document) => {
        const links: DocumentLink[] = [];
        let before = '';
        for (let row = Math.max(0, document.lineCount - maxLines); row < document.lineCount; row += 1) {
          const { text } = document.lineAt(row);
          const [whole = '', node, step] = lead.exec(text) ?? [];
          const isNew = whole !== before || text.startsWith('== ', whole.length);
          before = whole;
          // Links in every line would underline all of them.
          const target = node !== undefined && isNew ? targetOf(node, step) : undefined;
          if (!target) continue;
          const argument = encodeURIComponent(JSON.stringify([target]));
          const link = new DocumentLink(
            new Range(row, 0, row, whole.length - 3),
            Uri.parse(`command:${commands.openFile}?${argument}`),
          );
          link.tooltip = t(msg('Go to the cluster file'));
          links.push(link);
        }
        return links;
      },
    },
  );
}
