const factors = { '': 1 / 1024, k: 1, M: 1024, G: 1024 * 1024 } as const;

/** A size as yum 3 prints it, `48 k` or `1.2 G`, in kB; 0 for any other text. Source: yum's output.py, format_number. */
export function kilobytes(text: string): number {
  const found = /^(\d{1,9}(?:\.\d{1,3})?) ?([kMG]?)$/.exec(text);
  return found ? Number(found[1]) * factors[(found[2] ?? '') as keyof typeof factors] : 0;
}
