/**
 * Reads one cell of a file as a day, a number, a yes or no, an urgency, a visibility, a kind of help, a list.
 *
 * Must always hold: a doubtful text is not guessed (undefined); French and English habits read alike; words that mean
 * « nothing said » (« - », « NC », « permanent » for a date) read as null.
 */
import { parseDate, parseInteger } from '../../i18n/read.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { SupportKind } from './kind.ts';
import type { Urgency, Visibility } from './need.ts';
import { foldWords } from './places.ts';

export type CellValue = string | readonly string[] | undefined;

const NOTHING = new Set([
  '',
  '-',
  '--',
  '—',
  '/',
  '.',
  'n/a',
  'na',
  'nc',
  'n.c.',
  'nd',
  'non précisé',
  'non precise',
  'non renseigné',
  'non communiqué',
  'null',
  'none',
  'undefined',
  'nan',
  '#n/a',
]);
const NO_END = new Set([
  'permanent',
  'permanente',
  'en continu',
  'continu',
  'au fil de l eau',
  'fil de l eau',
  'illimite',
  'illimitee',
  'sans limite',
  'aucune',
  'aucun',
  'ouvert',
  'toute l annee',
  'ongoing',
  'rolling',
  'always',
  'no end date',
]);

/** The text of a cell; a list is joined by lines. Empty when nothing is said. */
export function textOfCell(cell: CellValue): string {
  const text = (cell === undefined ? '' : typeof cell === 'string' ? cell : cell.join('\n')).trim();
  return NOTHING.has(text.toLowerCase()) ? '' : text;
}

/** The items of a cell: those of its list, or of its text cut at "|", ";" or line ends; at commas when nothing else cuts it. */
export function itemsOfCell(cell: CellValue): string[] {
  const items =
    cell === undefined
      ? []
      : typeof cell === 'string'
        ? cell.split([/\|/u, /;/u, /\n/u].find((each) => each.test(cell)) ?? /,\s*/u)
        : cell;
  return [...new Set(items.map((item) => item.trim()).filter((item) => !NOTHING.has(item.toLowerCase())))];
}

/** The names of places of a cell; none holds a comma, so that a list may hold lists. */
export function placesOfCell(cell: CellValue): string[] {
  return itemsOfCell(cell)
    .flatMap((item) => item.split(/[,;|]/u))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A day; a moment becomes the day it is in `zone`. Null when nothing is said, undefined when it is not a day. */
export function dayOfCell(cell: CellValue, zone: string): Temporal.PlainDate | null | undefined {
  const text = textOfCell(cell);
  if (text === '' || NO_END.has(foldWords(text))) return null;
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/u.test(text)) return dayOfMoment(text.replace(' ', 'T'), zone);
  const day = parseDate(text.replace(/[ ,à]+\d{1,2}[:h]\d{2}(?::\d{2})?$/u, ''));
  return day.ok ? day.value : undefined;
}

/** A whole number; null when nothing is said, undefined when it is not one. */
export function wholeOfCell(cell: CellValue): number | null | undefined {
  const text = textOfCell(cell);
  if (text === '') return null;
  const number = parseInteger(text.replace(/[.,]0+$/u, ''));
  return number.ok && number.value >= 0 ? number.value : undefined;
}

/** Units of a kind: a number, with its unit in words or not; whole days are two half-days. */
export function unitsOfCell(cell: CellValue, unit: SupportUnit): number | null | undefined {
  const text = textOfCell(cell);
  const worded = /^(\d[\d\s\u00a0\u202f]*)\s*(\p{L}[\p{L}\s-]*)$/u.exec(text);
  if (!worded) return wholeOfCell(cell);
  const number = wholeOfCell(worded[1]);
  const words = foldWords(worded[2] ?? '');
  if (number === undefined || number === null) return undefined;
  if (unit === 'half-day' && /^(jours?|journees?|days?)$/u.test(words)) return number * 2;
  const named = {
    'half-day': /^(demi journees?|half days?|dj)$/u,
    introduction: /^(mises? en relation|introductions?|contacts?|rendez vous)$/u,
    'desk-day': /^(jours?|journees?|days?)\b/u,
    'test-ground-day': /^(jours?|journees?|days?)\b/u,
  }[unit];
  return named.test(words) ? number : undefined;
}

export function yesOfCell(cell: CellValue): boolean | null | undefined {
  const words = foldWords(textOfCell(cell));
  if (words === '') return null;
  if (/^(oui|yes|vrai|true|1|x|o|y|ok)$/u.test(words)) return true;
  return /^(non|no|faux|false|0|n)$/u.test(words) ? false : undefined;
}

export function urgencyOfCell(cell: CellValue): Urgency | null | undefined {
  const words = foldWords(textOfCell(cell));
  if (words === '') return null;
  if (/^(3|urgent|urgente|tres urgent|haute|elevee|forte|high|critique|critical|p1)$/u.test(words)) return 3;
  if (/^(2|normal|normale|moyenne?|medium|bientot|soon|p2)$/u.test(words)) return 2;
  return /^(1|basse?|faible|low|peut attendre|can wait|p3)$/u.test(words) ? 1 : undefined;
}

export function visibilityOfCell(cell: CellValue): Visibility | null | undefined {
  const words = foldWords(textOfCell(cell));
  if (words === '') return null;
  if (/^(public|publique|tous|everyone|all)$/u.test(words)) return 'public';
  if (/^(territoire|territory|reseau|members|membres)$/u.test(words)) return 'territory';
  return /^(equipe|team|interne|prive|privee|private|internal|confidentiel|confidential)$/u.test(words)
    ? 'team'
    : undefined;
}

/** What words in a file usually mean, the narrower first; only kinds that the territory has are answered. */
const KIND_WORDS: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/juridi|\bdroits?\b|legal|avocat|propriete intellectuelle|brevet|\blaw\b/u, 'legal'],
  [/structuration commerciale|commercial structuring|offre commerciale|pricing/u, 'commercial-structuring'],
  [
    /developpement commercial|commercial development|business development|\bventes?\b|\bsales\b|prospection/u,
    'commercial-development',
  ],
  [/acces au marche|market access|premiers? clients?|referencement/u, 'market-access'],
  [
    /financ|subvention|\bprets?\b|\bloans?\b|grant|fiscal|\bimpot|avance|garantie|levee de fonds|funding|\bfonds\b|bourse/u,
    'financing-files',
  ],
  [/international|\bexport|etranger/u, 'international'],
  [/visibilit|communication|presse|\bmedias?\b|marketing|\blabel\b|salon/u, 'visibility'],
  [/mise en relation|\breseau|network|introduction|rencontre/u, 'network'],
  [/terrain|experimentation|demonstrateur|test ground|\btests?\b|pilote|\bpilot\b/u, 'test-ground'],
  [/poste de travail|\bbureaux?\b|coworking|\bdesks?\b|\boffice\b|locaux/u, 'desk'],
  [
    /expert|conseil|accompagnement|etude|diagnostic|formation|ingenierie|mentor|coach|audit|training|study|advice|consult/u,
    'expertise',
  ],
];

/** The kind that a text names: by code, by label, by usual words. Undefined when none is recognised. */
export function kindOfText(text: string, kinds: readonly SupportKind[]): SupportKind | undefined {
  const words = foldWords(text);
  if (words === '') return undefined;
  const named = kinds.find((kind) => [kind.code, kind.labelFr, kind.labelEn].some((name) => foldWords(name) === words));
  if (named !== undefined) return named;
  const code = KIND_WORDS.find(
    ([pattern, candidate]) => pattern.test(words) && kinds.some((kind) => kind.code === candidate),
  )?.[1];
  return kinds.find((kind) => kind.code === code);
}

/** Null when nothing is said, undefined when no word is recognised. */
export function kindOfCell(cell: CellValue, kinds: readonly SupportKind[]): SupportKind | null | undefined {
  const items = itemsOfCell(cell);
  if (items.length === 0) return null;
  return (
    kindOfText(items[0] ?? '', kinds) ?? items.map((item) => kindOfText(item, kinds)).find((kind) => kind !== undefined)
  );
}

/** Nine digits, of a SIREN or of the SIRET that begins with it. */
export function sirenOfCell(cell: CellValue): string | null | undefined {
  const first = typeof cell === 'object' ? cell[0] : cell;
  const text = textOfCell(first).replace(/[\s\u00a0\u202f.]/gu, '');
  if (text === '') return null;
  return /^\d{9}(\d{5})?$/u.test(text) ? text.slice(0, 9) : undefined;
}

function dayOfMoment(text: string, zone: string): Temporal.PlainDate | undefined {
  try {
    if (/(?:Z|[+-]\d\d:?\d\d)$/iu.test(text)) return Temporal.Instant.from(text).toZonedDateTimeISO(zone).toPlainDate();
    return Temporal.PlainDateTime.from(text).toPlainDate();
  } catch {
    return undefined;
  }
}
