import type { DocumentLink } from 'vscode-languageserver';
import type { Translate } from '../base/l10n.ts';
import { msg } from '../base/l10n.ts';
import { findRelease } from '../data/releases.ts';
import { findDirective } from '../data/sshd.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import { type Mark, marksOf } from './document/marks.ts';

/** The page about a release or an sshd directive, or the URL in a word. */
function targetOf({ means, word, isKey }: Mark): string | undefined {
  if (means === 'url' || means === 'archive')
    return /^https?:\/\/[^\s$\p{C}]+$/u.test(word) ? word : undefined;
  const release = means === 'release' ? findRelease(word) : undefined;
  if (release) return `https://releases.openstack.org/${release.name}/index.html`;
  const directive = means === 'sshd' && isKey ? findDirective(word) : undefined;
  return directive && `https://man.openbsd.org/sshd_config#${directive.name}`;
}

/** Document links for the words of a file that have a web page. */
export function linksOf(document: ClusterDocument, translate: Translate): readonly DocumentLink[] {
  return marksOf(document).flatMap((mark) => {
    const target = targetOf(mark);
    if (target === undefined) return [];
    const tooltip = translate(msg('Open {0}', target));
    return [{ range: rangeOf(document, mark.span), target, tooltip }];
  });
}
