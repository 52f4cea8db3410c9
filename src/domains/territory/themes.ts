/**
 * Labels of themes as people write them, and when two of them are one.
 *
 * Must always hold: labels that differ by case, accents, punctuation or spaces alone have one key; a key is a key of itself.
 */
/** What remains of a label when case, accents and punctuation are taken away; at most 200 characters. */
export function labelKey(label: string): string {
  const key = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/gu, 'oe')
    .replace(/æ/gu, 'ae')
    .replace(/&/gu, ' et ')
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .trim();
  return key === '' ? '?' : key;
}
