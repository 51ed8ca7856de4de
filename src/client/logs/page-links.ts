import { type Disposable, DocumentLink, languages, Range } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';
import { logPlace, logUri } from './address.ts';
import type { LogTexts } from './log-texts.ts';

/** The links from the page of a run to its logs. */
export function registerPageLinks(texts: LogTexts): Disposable {
  return languages.registerDocumentLinkProvider(
    { scheme: schemes.log },
    {
      provideDocumentLinks: async (document) => {
        const place = logPlace(document.uri);
        if (!place || place.node !== undefined) return [];
        const { links = [] } = (await texts.of(place)) ?? {};
        return links.map(({ row, first, end, node, step }) => {
          const target = logUri({ run: place.run, node, ...(step === undefined ? {} : { step }) });
          return new DocumentLink(new Range(row, first, row, end), target);
        });
      },
    },
  );
}
