/**
 * Which column of a file of needs or offers is which field: what the person says, then plain names, then what imports
 * propose from names and cells.
 *
 * Must always hold: a column serves one field; a plain name is taken at its word, so that cells which do not fit it are
 * told as faults instead of being passed over.
 */
import { OperatorError } from '../../src/lib/operator-error.ts';
import { proposeMapping } from '../../src/domains/support/columns.ts';
import { fieldsOf, type FieldName, type Subject } from '../../src/domains/support/file-fields.ts';
import { foldWords } from '../../src/domains/support/places.ts';
import type { InputTable } from './input-table.ts';
import { printable } from './terminal.ts';

/** A field of imports, or the weight, which only files of one's own have. */
export type PartyField = FieldName | 'weight';
/** Places of columns. */
export type PartyColumns = ReadonlyMap<PartyField, readonly number[]>;

/** What a person calls the fields on the command line and in summaries. */
const SPOKEN = { id: 'externalKey', name: 'title', wanted: 'quantity', text: 'body' } as const;

/** What imports need and a plan on files does not. */
const UNUSED: ReadonlySet<string> = new Set(['siren', 'kind', 'visibility']);

const PLAIN: Readonly<Record<Subject, Readonly<Partial<Record<PartyField, string>>>>> = {
  needs: {
    externalKey: 'id|identifiant|identifier',
    title: 'name|nom|title|titre',
    quantity: 'wanted|quantity|quantite|demand|demande|units|unites',
    weight: 'weight|poids',
    urgency: 'urgency|urgence',
    body: 'text|texte',
    themes: 'themes|tags',
  },
  offers: {
    externalKey: 'id|identifiant|identifier',
    title: 'name|nom|title|titre',
    capacity: 'capacity|capacite|quantity|quantite|units|unites',
    minimum: 'minimum|min',
    body: 'text|texte',
    themes: 'themes|tags',
  },
};

/** `told` are the words of `--need-column` or `--offer-column`: FIELD=COLUMN. */
export function findColumns(table: InputTable, subject: Subject, told: readonly string[]): PartyColumns {
  const columns = new Map<PartyField, number[]>();
  const taken = new Set<number>();
  const claim = (field: PartyField, place: number) => {
    if (taken.has(place)) return;
    taken.add(place);
    columns.set(field, [...(columns.get(field) ?? []), place]);
  };
  for (const words of told) claim(...readTold(table, subject, words));
  for (const [field, names] of Object.entries(PLAIN[subject]) as [PartyField, string][]) {
    if (columns.has(field)) continue;
    const place = namesOf(names, table).find((found) => !taken.has(found));
    if (place !== undefined) claim(field, place);
  }
  const settled = new Set(columns.keys());
  for (const [field, names] of Object.entries(proposeMapping(freeColumns(table, taken), subject))) {
    const isWhole = settled.has(field as FieldName) && field !== 'body' && field !== 'themes';
    if (!isWhole) for (const name of names) claim(field as FieldName, table.columns.indexOf(name));
  }
  return columns;
}

/** “id ← slug, text ← Description”, for the person to see what was understood. */
export function describeColumns(table: InputTable, columns: PartyColumns): string {
  const spoken = new Map<string, string>(Object.entries(SPOKEN).map(([name, field]) => [field, name]));
  return [...columns]
    .filter(([field]) => !UNUSED.has(field))
    .map(([field, places]) => {
      const names = places.map((place) => printable(table.columns[place] ?? '', 40));
      return `${spoken.get(field) ?? field} ← ${names.join(' + ')}`;
    })
    .join(', ');
}

/** Places of the columns with one of these names, the most telling name first. */
export function namesOf(names: string, table: Pick<InputTable, 'columns'>): number[] {
  const folded = table.columns.map(foldWords);
  return names
    .split('|')
    .map((name) => folded.indexOf(name))
    .filter((place) => place >= 0);
}

function readTold(table: InputTable, subject: Subject, words: string): [PartyField, number] {
  const option = subject === 'needs' ? '--need-column' : '--offer-column';
  const [, name = '', column = ''] = /^([^=]+)=(.+)$/su.exec(words) ?? [];
  const field = (SPOKEN as Record<string, PartyField>)[name] ?? (name as PartyField);
  const fields: readonly string[] = [...fieldsOf(subject), ...(subject === 'needs' ? ['weight'] : [])];
  const usable = fields.filter((each) => !UNUSED.has(each));
  if (!usable.includes(field)) {
    const names = usable.map((each) => Object.entries(SPOKEN).find(([, own]) => own === each)?.[0] ?? each);
    throw new OperatorError(`${option} “${printable(words)}”: write FIELD=COLUMN; fields are ${names.join(', ')}.`);
  }
  const place = table.columns.indexOf(column);
  if (place < 0) {
    const there = table.columns.slice(0, 20).map((each) => `“${printable(each, 40)}”`);
    throw new OperatorError(
      `${option}: ${table.file} has no column “${printable(column)}”. It has ${there.join(', ')}.`,
    );
  }
  return [field, place];
}

function freeColumns(table: InputTable, taken: ReadonlySet<number>): Pick<InputTable, 'columns' | 'rows'> {
  if (taken.size === 0) return table;
  const free = table.columns
    .keys()
    .toArray()
    .filter((place) => !taken.has(place));
  return {
    columns: free.map((place) => table.columns[place] ?? ''),
    rows: table.rows.map(({ number, cells }) => ({ number, cells: free.map((place) => cells[place]) })),
  };
}
