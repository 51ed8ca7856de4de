/** Text as Markdown that means nothing: no link, image, HTML or code. Punctuation is escaped (CommonMark 0.31, 2.4), lines are joined. */
export function markdownText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}
