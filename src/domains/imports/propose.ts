/**
 * How a table is most likely meant: what its rows are, and what each column says. A person corrects it.
 *
 * Must always hold: a column whose cells cannot be the field is never proposed for it, whatever its name; a table
 * whose rows look like nothing of the directory (an agenda, a list of labels) is proposed to be left out.
 */
import { scoreOf } from '../support/columns.ts';
import { meanLength, sampleOf, type Sample } from '../support/column-samples.ts';
import { foldWords } from '../support/places.ts';
import type { Part } from '../territory/organisation.ts';
import type { Cell, ColumnLook, TableSettings, Target } from './table.ts';
import { FIELD_SPECS, fieldsOf, wordsOf, type FieldName, type Subject } from './table-fields.ts';

export interface TableLook {
  readonly position: number;
  /** Of the sheet, of the list, or of the file without its endings. */
  readonly name: string;
  readonly columns: readonly ColumnLook[];
}

const LEAST_SCORE = 0.35;
const MOST_OWN_FIELDS = 25;
const LONGEST_OWN = 600;

export function proposeSettings(table: TableLook, tables: readonly TableLook[]): TableSettings {
  const samples = samplesOf(table);
  const proposals = SUBJECT_ORDER.map((subject) => {
    const columns = proposeColumns(table, samples, subject);
    return { subject, columns, weight: weigh(table.name, subject, columns) };
  });
  const best = proposals.toSorted((a, b) => b.weight - a.weight)[0];
  const subject = best === undefined || best.weight < 2 ? 'none' : best.subject;
  const columns = subject === 'none' || best === undefined ? {} : best.columns;
  return {
    subject,
    part: partOf(table),
    columns: subject === 'organisations' ? withOwnFields(table, samples, columns) : columns,
    references: proposeReferences(table, columns, tables),
  };
}

/** The same columns read as another subject, when a person says so. */
export function proposeFor(table: TableLook, subject: Subject, tables: readonly TableLook[]): TableSettings {
  const samples = samplesOf(table);
  const columns = subject === 'none' ? {} : proposeColumns(table, samples, subject);
  return {
    subject,
    part: partOf(table),
    columns: subject === 'organisations' ? withOwnFields(table, samples, columns) : columns,
    references: proposeReferences(table, columns, tables),
  };
}

const SUBJECT_ORDER: readonly Exclude<Subject, 'none' | 'ties'>[] = [
  'organisations',
  'people',
  'phases',
  'affiliations',
];

function samplesOf(table: TableLook): Sample[] {
  const rows = Array.from({ length: Math.max(0, ...table.columns.map(({ samples }) => samples.length)) }, (_, row) => ({
    cells: table.columns.map(({ samples }) => samples[row] ?? undefined),
  }));
  return table.columns.map((_, place) => sampleOf(rows, place));
}

function proposeColumns(table: TableLook, samples: readonly Sample[], subject: Subject): Record<string, Target> {
  const pairs = fieldsOf(subject).flatMap((field) =>
    table.columns.map(({ name }, place) => ({
      field,
      column: name,
      place,
      score: scoreFor(field, name, samples[place]),
    })),
  );
  const found: Record<string, Target> = {};
  const served = new Set<FieldName>();
  for (const { field, column } of pairs
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score || a.place - b.place)) {
    if (column in found || (served.has(field) && FIELD_SPECS[field].many !== true && !isDated(field))) continue;
    served.add(field);
    found[column] = field;
  }
  return found;
}

/** « missions.start » and « employment.start » each date their own list. */
function isDated(field: FieldName): boolean {
  return field === 'since' || field === 'until';
}

const LISTED = new Set<FieldName>(['phase', 'phaseSince', 'phaseUntil', 'since', 'until', 'organisation']);

function scoreFor(field: FieldName, column: string, sample: Sample | undefined): number {
  const spec = FIELD_SPECS[field];
  if (sample === undefined) return 0;
  const lists = sample.filled.filter((cell) => typeof cell === 'object').length / Math.max(1, sample.filled.length);
  // « contact_incubator » is somebody at the incubator, not the incubator.
  if (/contact/iu.test(column) && field !== 'email' && field !== 'person') return 0;
  if (lists > 0.5 && spec.many !== true && !LISTED.has(field)) return 0;
  // A list inside the row is a list of its own subject: its « name » is not the name of the row.
  return scoreOf(spec, column.includes('.') && lists > 0.5 ? column : wordsOf(column).replaceAll(' ', '_'), sample);
}

/** What makes a table one of organisations, or of people. */
const TELLING: Readonly<Record<string, Partial<Record<FieldName, number>>>> = {
  organisations: {
    name: 1,
    siren: 1.5,
    siret: 1.5,
    website: 1,
    nafCode: 1,
    legalName: 1,
    employees: 1,
    foundedOn: 1,
    address: 0.5,
    commune: 0.5,
    incubatedBy: 0.5,
    sponsoredBy: 0.5,
    partOf: 0.5,
    phase: 0.5,
    otherNames: 0.5,
    themes: 0.5,
    summaryFr: 0.25,
    summaryEn: 0.25,
  },
  people: { name: 0.5, firstName: 1, lastName: 1, email: 1, title: 0.5, organisation: 0.5, since: 0.25, until: 0.25 },
  phases: { organisation: 0.75, phase: 0.75, since: 0.5, until: 0.25 },
  affiliations: { organisation: 0.5, person: 0.75, title: 0.5, since: 0.25 },
};

const HINTS: Readonly<Record<string, RegExp>> = {
  organisations:
    /startup|compan|entreprise|organi[sz]ation|incubat|laureat|societe|structure|acteur|firm|association|partenaire|investisseur|annuaire/u,
  people: /member|membre|people|person|contact|author|equipe|staff/u,
  phases: /phase|etape|stage/u,
  affiliations: /affiliation|mission|poste|contrat|emploi/u,
};
const AGENDA = /event|evenement|conference|agenda|session|meetup|rencontre|atelier/u;

function weigh(
  tableName: string,
  subject: Exclude<Subject, 'none' | 'ties'>,
  columns: Readonly<Record<string, Target>>,
): number {
  const words = foldWords(tableName);
  const fields = new Set(Object.values(columns));
  const telling = Object.entries(TELLING[subject] ?? {}).reduce(
    (sum, [field, weight]) => sum + (fields.has(field as FieldName) ? weight : 0),
    0,
  );
  const isWhole = {
    organisations: fields.has('name'),
    people: fields.has('name') || fields.has('lastName') || fields.has('email') || fields.has('key'),
    phases: fields.has('organisation') && fields.has('phase') && fields.has('since'),
    affiliations: fields.has('organisation') && fields.has('person'),
  }[subject];
  if (!isWhole) return 0;
  return telling + (HINTS[subject]?.test(words) === true ? 1.5 : 0) - (AGENDA.test(words) ? 2 : 0);
}

const PART_HINTS: readonly (readonly [RegExp, Part])[] = [
  [/incubat|accelerat|pepiniere|cluster|pole|reseau/u, 'support-structure'],
  [/invest|fonds|funds|capital|business angel/u, 'investor'],
  [/laborato|unite de recherche|universit|research/u, 'research'],
  [/collectivit|ministere|administration|public/u, 'public-body'],
  [/presse|media/u, 'media'],
  [/partenaire|partner|grand groupe|mecene/u, 'company-partner'],
  [/startup|laureat|jeune pousse|compan|entreprise/u, 'startup'],
];

function partOf(table: TableLook): Part {
  const named = PART_HINTS.find(([pattern]) => pattern.test(foldWords(table.name)))?.[1];
  if (named !== undefined) return named;
  const texts = table.columns
    .flatMap(({ samples }) => samples.slice(0, 60))
    .map((cell) => foldWords(String(cell ?? '')));
  const publicTexts = texts.filter((text) =>
    /ministere|administration|direction|etablissement public|prefecture|mairie|collectivite/u.test(text),
  );
  return publicTexts.length > texts.length / 20 ? 'public-body' : 'startup';
}

/** What says nothing that we know becomes a field of the territory, unless it is long, rare, or a list of lists. */
function withOwnFields(table: TableLook, samples: readonly Sample[], columns: Readonly<Record<string, Target>>) {
  const own = table.columns
    .map(({ name }, place) => ({ name, sample: samples[place] }))
    .filter(
      ({ name, sample }) =>
        !(name in columns) &&
        sample !== undefined &&
        sample.share >= 0.05 &&
        meanLength(sample) <= LONGEST_OWN &&
        !(name.includes('.') && sample.filled.some((cell) => typeof cell === 'object')),
    )
    .slice(0, MOST_OWN_FIELDS);
  return { ...columns, ...Object.fromEntries(own.map(({ name }) => [name, 'extra' as const])) };
}

const REFERENCES = new Set<Target>(['organisation', 'person', 'incubatedBy', 'sponsoredBy', 'partOf', 'memberOf']);

/** The table whose keys the words of the column are: that of its name, or that which holds most of them. */
export function proposeReferences(
  table: TableLook,
  columns: Readonly<Record<string, Target>>,
  tables: readonly TableLook[],
): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [column, target] of Object.entries(columns)) {
    if (!REFERENCES.has(target)) continue;
    const words = new Set(itemsIn(table.columns.find(({ name }) => name === column)?.samples ?? []));
    const overlaps = tables
      .filter(({ position }) => position !== table.position)
      .map((other) => ({ other, share: overlapOf(words, other), isNamed: namesTable(column, other.name) }))
      .filter(({ share, isNamed }) => share > 0.2 || (isNamed && share > 0));
    const best = overlaps.toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.share - a.share)[0];
    if (best !== undefined) found[column] = best.other.position;
  }
  return found;
}

function itemsIn(samples: readonly (Cell | null)[]): string[] {
  return samples
    .flatMap((cell) => (cell === null ? [] : typeof cell === 'string' ? [cell] : cell))
    .flatMap((item) => item.split('\n'))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Best among the columns of the other table that could be its key. */
function overlapOf(words: ReadonlySet<string>, other: TableLook): number {
  if (words.size === 0) return 0;
  return Math.max(
    0,
    ...other.columns.map(({ samples }) => {
      const keys = new Set(samples.filter((cell) => typeof cell === 'string'));
      return keys.size < samples.length * 0.9 ? 0 : [...words].filter((word) => keys.has(word)).length / words.size;
    }),
  );
}

function namesTable(column: string, table: string): boolean {
  const stem = (text: string) => foldWords(text).split(' ').at(-1)?.replace(/s$/u, '') ?? '';
  return stem(column.replaceAll('.', ' ')) !== '' && foldWords(table).includes(stem(column.replaceAll('.', ' ')));
}
