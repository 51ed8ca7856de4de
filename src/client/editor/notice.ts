import { visible } from '../../base/visible.ts';

/**
 * Escapes text for a notification. VS Code turns `[text](target)` into links there, including links that run commands:
 * text from a node or a file must not become one.
 */
export function noticeText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
