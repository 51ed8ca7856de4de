import type { Random } from './random.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const special = ` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`;
const foreign = ['é', 'ß', '한', '日', '🙂'] as const;

/** A secret of 12 to 40 characters: letters only, with special characters, or with letters beyond ASCII. */
export function randomSecret({ below, pick }: Random): string {
  const kind = below(3);
  const length = 12 + below(29);
  const one = (text: string): string => text[below(text.length)] ?? '';
  const inner = Array.from({ length: length - 2 }, () => {
    if (kind > 0 && below(3) === 0) return one(special);
    return kind === 2 && below(6) === 0 ? pick(foreign) : one(letters);
  });
  return one(letters) + inner.join('') + one(letters);
}
