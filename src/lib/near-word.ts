/**
 * Whether one letter more, less or other makes one word of another, two neighbours exchanged not counted as one.
 *
 * Must always hold: the same both ways; a word is near itself. Time grows with the length alone.
 */
export function isNearWord(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  const end = short.length === long.length ? start + 1 : start;
  return short.slice(end) === long.slice(start + 1);
}
