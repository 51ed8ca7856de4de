/** The largest of the numbers, or `otherwise` if it is larger. Spreading a long list into Math.max would overflow the stack. */
export function largest(numbers: Iterable<number>, otherwise = Number.NEGATIVE_INFINITY): number {
  let found = otherwise;
  for (const each of numbers) if (each > found) found = each;
  return found;
}

/** The smallest of the numbers, or `otherwise` if it is smaller. */
export function smallest(numbers: Iterable<number>, otherwise = Number.POSITIVE_INFINITY): number {
  let found = otherwise;
  for (const each of numbers) if (each < found) found = each;
  return found;
}
