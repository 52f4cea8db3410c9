/** Lower case without accents; what is neither letter nor digit stays. As the database's `folded` writes what people usually type. */
export function foldedLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/giu, 'oe')
    .replace(/æ/giu, 'ae')
    .replace(/[’‘]/gu, "'")
    .toLowerCase();
}

/** The form of a name in an address: lower-case ASCII words joined by hyphens; `fallback` when nothing readable is left. */
export function slugOf(name: string, fallback: string): string {
  const folded = foldedLetters(name)
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/gu, '');
  return folded === '' ? fallback : folded;
}
