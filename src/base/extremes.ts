/** The largest of any number of numbers, or of those and `otherwise`; a call with as many arguments would be too long for the stack. */
export function largest(numbers: Iterable<number>, otherwise = Number.NEGATIVE_INFINITY): number {
  let found = otherwise;
  for (const each of numbers) if (each > found) found = each;
  return found;
}

/** The smallest one in the same way. */
export function smallest(numbers: Iterable<number>, otherwise = Number.POSITIVE_INFINITY): number {
  let found = otherwise;
  for (const each of numbers) if (each < found) found = each;
  return found;
}
