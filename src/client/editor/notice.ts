import { visible } from '../../base/visible.ts';

/**
 * A text as a notification may show it. VS Code makes links of `[text](target)` there, also such that run a command of the editor:
 * what a node or a file said must not become one.
 */
export function noticeText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
