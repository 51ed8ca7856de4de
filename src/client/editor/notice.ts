import { visibleText } from '../../base/visible.ts';

/**
 * Escapes text for a notification, a dialog or the prompt of an input. VS Code turns `[text](target)` into links there, including
 * links that run commands: text from a node or a file must not become one.
 */
export function noticeText(text: string): string {
  return visibleText(text).replaceAll('](', '] (');
}

/** The same for labels, in which VS Code draws `$(name)` as an icon. */
export function iconFree(text: string): string {
  return noticeText(text).replaceAll('$(', '\\$(');
}
