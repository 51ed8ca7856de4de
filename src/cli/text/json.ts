/** Controls, format characters and line separators that are valid in JSON unescaped; line feeds occur only between tokens. */
const unescaped = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** Formats JSON that is safe to print on a terminal: equivalent to a parser, with special characters escaped. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(unescaped, escaped);
}
