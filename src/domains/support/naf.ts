/**
 * Sections of the French classification of activities (NAF rév. 2, letters A to U), as files name them.
 *
 * Must always hold: a section is one letter; a code of activity (« 62.01Z », « 62 ») belongs to the section of its
 * division; « tous secteurs » is every section. Source: INSEE, NAF rév. 2.
 */
import { NAF_SECTION_NAMES, NAF_SECTIONS } from '../territory/naf-sections.ts';
import { foldWords } from './places.ts';

/** For the sentences of this domain, which read its own files only. */
export { nafLabel } from '../territory/naf-sections.ts';

/** First division of each section. */
const FIRST_DIVISIONS: readonly (readonly [division: number, section: string])[] = [
  [1, 'A'],
  [5, 'B'],
  [10, 'C'],
  [35, 'D'],
  [36, 'E'],
  [41, 'F'],
  [45, 'G'],
  [49, 'H'],
  [55, 'I'],
  [58, 'J'],
  [64, 'K'],
  [68, 'L'],
  [69, 'M'],
  [77, 'N'],
  [84, 'O'],
  [85, 'P'],
  [86, 'Q'],
  [90, 'R'],
  [94, 'S'],
  [97, 'T'],
  [99, 'U'],
];

const byName = new Map(
  Object.entries(NAF_SECTION_NAMES).flatMap(([letter, names]) =>
    names.map((name) => [foldWords(name), letter] as const),
  ),
);

/** The sections that a text names: a letter, a code of activity, a section's name, « tous secteurs »; undefined when none. */
export function readNaf(text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  if (/^[A-U]$/iu.test(trimmed)) return [trimmed.toUpperCase()];
  const code = /^(?:naf\s*)?(\d{2})(?:\.?\d{1,2}[A-Z]?)?$/iu.exec(trimmed);
  if (code) {
    const section = sectionOfDivision(Number(code[1]));
    return section === undefined ? undefined : [section];
  }
  const words = foldWords(trimmed);
  if (/^(tous|toutes|all)( les)?( secteurs?| sections?| activites| sectors?)?( d activites?)?$/u.test(words))
    return NAF_SECTIONS;
  const led = /^(?:section )?([a-u])(?: (.+))?$/u.exec(words);
  if (led && (led[2] === undefined || byName.get(led[2]) === led[1]?.toUpperCase()))
    return [(led[1] ?? '').toUpperCase()];
  const named = byName.get(words);
  return named === undefined ? undefined : [named];
}

function sectionOfDivision(division: number): string | undefined {
  // 4, 34, 40 and the like are numbers that the classification leaves free.
  if ([0, 4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89].includes(division)) return undefined;
  return FIRST_DIVISIONS.findLast(([first]) => division >= first)?.[1];
}
