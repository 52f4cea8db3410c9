/**
 * Which column of a file is which of our fields: proposed from the names and from what the cells hold, corrected by a
 * person.
 *
 * Must always hold: a column whose cells cannot be the field is never proposed for it, whatever its name; a column
 * serves one field; a field takes at most its number of columns.
 */
import { itemsOfCell, type CellValue } from './cells.ts';
import {
  distinctShare,
  isTelling,
  looksLikeProse,
  looksLikeTitle,
  meanLength,
  sampleOf,
  share,
  type Sample,
} from './column-samples.ts';
import { FIELD_SPECS, fieldsOf, type FieldName, type FieldSpec, type Mapping, type Subject } from './file-fields.ts';
import { foldWords } from './places.ts';

/** The columns that a file of these rows most likely means; pairs are taken from the surest down. */
export function proposeMapping(
  table: { readonly columns: readonly string[]; readonly rows: readonly { readonly cells: readonly CellValue[] }[] },
  subject: Subject,
): Mapping {
  const samples = table.columns.map((_, place) => sampleOf(table.rows, place));
  const pairs = fieldsOf(subject).flatMap((field) =>
    table.columns.map((column, place) => ({
      field,
      column,
      place,
      score: scoreOf(FIELD_SPECS[field], column, samples[place]),
    })),
  );
  const mapping: Partial<Record<FieldName, string[]>> = {};
  const taken = new Set<string>();
  for (const { field, column } of pairs
    .filter((pair) => pair.score >= 0.35)
    .toSorted((a, b) => b.score - a.score || a.place - b.place)) {
    const columns = (mapping[field] ??= []);
    if (taken.has(column) || columns.length >= (FIELD_SPECS[field].columns ?? 1)) continue;
    taken.add(column);
    columns.push(column);
  }
  return inFileOrder(withFallbacks(mapping, table.columns, samples, taken), table.columns);
}

/** Name and cells together: a name that is exactly ours counts 1, the last step of a path nearly so, a part of it less. */
export function scoreOf(
  spec: Pick<FieldSpec, 'names' | 'fits' | 'bySelf'>,
  column: string,
  sample: Sample | undefined,
): number {
  if (sample === undefined || sample.filled.length === 0) return 0;
  const fit = spec.fits(sample);
  if (fit === 0) return 0;
  const named = nameScore(spec.names.split('|'), column);
  if (named > 0) return named * (0.5 + fit / 2) * (0.97 + sample.share * 0.03);
  const { bySelf } = spec;
  return bySelf !== undefined &&
    isTelling(sample) &&
    share(
      sample.filled.flatMap((cell) => itemsOfCell(cell)),
      bySelf,
    ) > 0.95
    ? 0.4
    : 0;
}

function nameScore(names: readonly string[], column: string): number {
  const steps = column.split('.').map(wordsOf);
  const last = steps.at(-1) ?? '';
  const rank = (place: number) => 1 - place / (names.length * 5);
  // « provider.name » is the provider.
  const named = steps.length > 1 && /^(name|nom|label|libelle|titre|title)$/u.test(last) ? steps.slice(0, -1) : [];
  const ends = [
    ...steps.map((_, place) => steps.slice(place).join(' ')),
    ...named.map((_, place) => named.slice(place).join(' ')),
  ];
  const found = ends.map((end) => names.indexOf(end));
  const at = found.findIndex((place) => place >= 0);
  if (at >= 0) return rank(found[at] ?? 0) * (at === 0 ? 1 : 0.9);
  const inside = names
    .filter((name) => name.length > 3 && ` ${last} `.includes(` ${name} `))
    .toSorted((a, b) => b.length - a.length)[0];
  const covered = inside === undefined ? 0 : inside.length / last.length;
  if (covered >= 0.4) return 0.4 + 0.3 * covered;
  // « Type d’accompagnement proposé » begins like « type ».
  return names.some((name) => name.length > 3 && last.startsWith(`${name} `)) ? 0.4 : 0;
}

/** A file whose title is not named: its first short, distinct texts; whose text is not named: its longest prose. */
function withFallbacks(
  mapping: Partial<Record<FieldName, string[]>>,
  columns: readonly string[],
  samples: readonly Sample[],
  taken: Set<string>,
) {
  const free = () =>
    columns
      .map((column, place) => ({ column, sample: samples[place] }))
      .filter(({ column, sample }) => !taken.has(column) && sample !== undefined && sample.filled.length > 0);
  if (mapping.title === undefined) {
    const isTitle = ({ sample }: { sample: Sample | undefined }) =>
      sample !== undefined && looksLikeTitle(sample) > 0.8 && distinctShare(sample) > 0.8;
    const texts = columns
      .map((column, place) => ({ column, sample: samples[place] }))
      .filter(({ column }) => mapping.body?.includes(column));
    const found = free().find(isTitle) ?? texts.find((each) => isTitle(each) && meanLength(each.sample) <= 160);
    if (found !== undefined) {
      mapping.title = [found.column];
      mapping.body = (mapping.body ?? []).filter((column) => column !== found.column);
      taken.add(found.column);
    }
  }
  if (mapping.body === undefined || mapping.body.length === 0) {
    const prose = free().filter(
      ({ sample }) => sample !== undefined && looksLikeProse(sample) > 0 && meanLength(sample) > 60,
    );
    const longest = prose.toSorted((a, b) => meanLength(b.sample) - meanLength(a.sample))[0];
    if (longest !== undefined) mapping.body = [longest.column];
  }
  return mapping;
}

function inFileOrder(mapping: Partial<Record<FieldName, string[]>>, columns: readonly string[]): Mapping {
  return Object.fromEntries(
    Object.entries(mapping)
      .filter(([, list]) => list.length > 0)
      .map(([field, list]) => [field, list.toSorted((a, b) => columns.indexOf(a) - columns.indexOf(b))]),
  );
}

/** « allowedNafSections » is « allowed naf sections ». */
function wordsOf(name: string): string {
  return foldWords(name.replace(/([a-z0-9])([A-Z])/gu, '$1 $2'));
}
