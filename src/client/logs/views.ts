import type { TextDocument } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';
import { createLogDocument, type LogDocument, type LogView } from '../../view/log/document.ts';
import { createPackageLog } from '../../view/log/package-log.ts';

/** The open log documents with their parsed contents. */
export interface LogViews {
  of(document: TextDocument): LogView;
  forget(document: TextDocument): void;
}

interface Known {
  readonly reader: LogDocument;
  version: number;
  view: LogView;
}

export function createLogViews(): LogViews {
  const all = new Map<string, Known>();
  return {
    of: (document) => {
      const key = document.uri.toString();
      const known = all.get(key);
      if (known?.version === document.version) return known.view;
      const isOwn = document.uri.scheme === schemes.log;
      const reader = known?.reader ?? (isOwn ? createLogDocument() : createPackageLog());
      const view = reader.read(document.getText());
      all.set(key, { reader, version: document.version, view });
      return view;
    },
    forget: (document) => void all.delete(document.uri.toString()),
  };
}
