/** Controls, format characters and line separators that JSON allows as they are; line feeds only stand between tokens. */
const unescaped = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** A value as JSON that may be shown on a terminal: the same value to a parser, with nothing in it that a screen would obey or hide. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(unescaped, escaped);
}
