/**
 * Which column of a file is which of our fields: proposed from the names and from what the cells hold, corrected by a
 * person.
 *
 * Must always hold: a column whose cells cannot be the field is never proposed for it, whatever its name; a column
 * serves one field; a field takes at most its number of columns.
 */
import { dayOfCell, itemsOfCell, kindOfCell, placesOfCell, sirenOfCell, textOfCell, urgencyOfCell, visibilityOfCell, wholeOfCell, yesOfCell, type CellValue } from './cells.ts';
import { DEFAULT_KINDS } from './kind.ts';
import { readNaf } from './naf.ts';
import { foldWords, readPlace } from './places.ts';
import { isSiren } from '../territory/organisation.ts';

export const SUBJECTS = ['needs', 'offers'] as const;
export type Subject = (typeof SUBJECTS)[number];

export const FIELDS = [
  'title', 'body', 'organisation', 'siren', 'kind', 'quantity', 'capacity', 'minimum', 'urgency', 'neededBy', 'availableFrom', 'availableTo', 'paused', 'themes',
  'nafSections', 'regions', 'employees', 'minEmployees', 'maxEmployees', 'soleTrader', 'excludesSoleTraders', 'toVerify', 'visibility', 'externalKey',
] as const;
export type FieldName = (typeof FIELDS)[number];
export type Mapping = Readonly<Partial<Record<FieldName, readonly string[]>>>;

interface FieldSpec {
  readonly subject?: Subject;
  /** Columns it takes, 1 unless told. */
  readonly columns?: number;
  /** Folded names, most telling first. */
  readonly names: string;
  /** Whether these filled cells can be this field: 0 no, 1 surely. */
  readonly fits: (cells: Sample) => number;
  /** Cells that are telling enough without a name. */
  readonly bySelf?: (items: string) => boolean;
}

interface Sample {
  readonly filled: readonly CellValue[];
  readonly texts: readonly string[];
  /** Share of the rows that say something. */
  readonly share: number;
}

const SAMPLE_ROWS = 300;
const ZONE = 'Europe/Paris';

const isDay = byCell((cell) => dayOfCell(cell, ZONE) instanceof Temporal.PlainDate);
const isWhole = byCell((cell) => typeof wholeOfCell(cell) === 'number');
const isYes = byCell((cell) => typeof yesOfCell(cell) === 'boolean');
const isPlace = ({ filled }: Sample) => atLeastHalf(share(filled.flatMap(placesOfCell), (item) => readPlace(item) !== undefined));
const isNaf = byItem((item) => readNaf(item) !== undefined);

export const FIELD_SPECS: Readonly<Record<FieldName, FieldSpec>> = {
  title: { names: 'titre|title|intitule|nom|name|libelle|label|objet|nom de l aide|nom du service|nom du projet|nom du besoin|nom de l offre|service name|besoin|need|offre|offer|apport|aide|dispositif|projet|project|subject|sujet|besoin en une phrase', fits: looksLikeTitle },
  body: { columns: 5, names: 'description|descriptif|texte|text|details|detail|resume|summary|promesse|contenu|content|body|presentation|accroche|short description|description courte|long description|description longue|more description|commentaire|commentaires|besoin detaille|contexte|body md|sous titre|baseline|one liner|tagline|precisions|objectif|objectives|eligibilite|mission', fits: looksLikeProse },
  organisation: { names: 'organisation|organization|organisme|operateur|operateur de contact|porteur|porteurs nom|structure|entreprise|startup|societe|company|financeur|financeurs|institution|nom de l organisation|nom de la startup|nom de l entreprise|raison sociale|partenaire|partner|etablissement|porteur du projet|sponsor|sponsors|proposee par|propose par|provider|fournisseur|organisateur|owner', fits: looksLikeName },
  siren: { names: 'siren|siret|porteurs siren|numero siren|code siren', fits: byCell((cell) => typeof sirenOfCell(cell) === 'string'), bySelf: (item) => isSiren(item) },
  kind: { names: 'type|nature|categorie|category|kind|type d aide|types d aides|types aides|nature de l aide|type de besoin|type d offre|type d apport|type de soutien|type d accompagnement|nature du besoin|forme|modalites', fits: looksLikeKind },
  quantity: { subject: 'needs', names: 'quantite|quantity|demi journees|nombre de demi journees|half days|nombre|volume|units|nombre de jours|jours|days', fits: isUnits },
  capacity: { subject: 'offers', names: 'capacite|capacity|quantite|quantity|demi journees|nombre de demi journees|half days|nombre|volume|units|nombre de jours|jours|days|places', fits: isUnits },
  minimum: { subject: 'offers', names: 'minimum|au moins|minimum garanti', fits: isUnits },
  urgency: { subject: 'needs', names: 'urgence|urgency|priorite|priority', fits: byCell((cell) => typeof urgencyOfCell(cell) === 'number') },
  neededBy: { subject: 'needs', names: 'echeance|avant le|date limite|deadline|due date|date souhaitee|needed by|pour le|date cloture|date de cloture|date de fin|end date|fin', fits: isDay },
  availableFrom: { subject: 'offers', names: 'debut|date de debut|debut de validite|date ouverture|date d ouverture|start|start date|valid from|ouverture|validity start|a partir du|disponible a partir du|disponible du|disponible des|available from|from|ouvert du', fits: isDay },
  availableTo: { subject: 'offers', names: 'fin|date de fin|fin de validite|date cloture|date de cloture|date limite|end|end date|valid until|valid to|until|cloture|echeance|deadline|jusqu au|disponible jusqu au|available until|validity end|ouvert jusqu au', fits: isDay },
  paused: { subject: 'offers', names: 'temporairement indisponible|aide temporairement indisponible|suspendu|suspendue|paused|indisponible|en pause', fits: isYes },
  themes: { columns: 3, names: 'themes|theme|thematiques|thematique|thematique principale|thematiques principales|thematiques secondaires|main theme|tags|mots cles|keywords|domaine|domaines|priority objectives|leviers|competences', fits: looksLikeTags },
  nafSections: { names: 'allowed naf sections|sections naf|naf sections|naf section|naf|code naf|ciblage naf|ape|secteurs|secteur|sectors|sector|secteurs d activite|secteur d activite|activite principale', fits: isNaf, bySelf: (item) => /^[A-U]$|^\d\d\.\d\d[A-Z]$/u.test(item) },
  regions: { names: 'allowed region|allowed regions|regions|region|eligibilite geographique|perimetre|perimetre geographique|zone geographique|zones|territoire|territoires|secteur geographique|code region', fits: isPlace, bySelf: (item) => /\p{L}/u.test(item) && readPlace(item) !== undefined },
  employees: { subject: 'needs', names: 'effectif|effectifs|employees|salaries|nombre de salaries|headcount|nb salaries', fits: isWhole },
  minEmployees: { subject: 'offers', names: 'min employees|effectif mini|taille mini|size min|employees min|min size|effectif minimum|effectif min|effectif minimal|eligibilite effectif minimal|minimum employees|salaries minimum', fits: isWhole },
  maxEmployees: { subject: 'offers', names: 'max employees|effectif maxi|taille maxi|size max|employees max|max size|effectif maximum|effectif max|effectif maximal|eligibilite effectif maximal|maximum employees|salaries maximum', fits: isWhole },
  soleTrader: { subject: 'needs', names: 'micro entrepreneur|microentrepreneur|auto entrepreneur|sole trader', fits: isYes },
  excludesSoleTraders: { subject: 'offers', names: 'exclude microentrepreneur|exclude micro entrepreneur|exclut les micro entrepreneurs|micro entrepreneurs exclus|excludes sole traders', fits: isYes },
  toVerify: { subject: 'offers', names: 'autres criteres d eligibilite|autres criteres|criteres d eligibilite|autres conditions|conditions|conditions d eligibilite|criteres|eligibility criteria', fits: looksLikeConditions },
  visibility: { names: 'visibilite|visibility', fits: byCell((cell) => typeof visibilityOfCell(cell) === 'string') },
  externalKey: { names: 'id|identifiant|identifier|uuid|uid|reference|ref|cle|key|external id|id externe|slug|code|numero|number', fits: looksLikeKey },
};

export function fieldsOf(subject: Subject): FieldName[] {
  return FIELDS.filter((name) => (FIELD_SPECS[name].subject ?? subject) === subject);
}

/** The columns that a file of these rows most likely means; pairs are taken from the surest down. */
export function proposeMapping(table: { readonly columns: readonly string[]; readonly rows: readonly { readonly cells: readonly CellValue[] }[] }, subject: Subject): Mapping {
  const samples = table.columns.map((_, place) => sampleOf(table.rows, place));
  const pairs = fieldsOf(subject).flatMap((field) =>
    table.columns.map((column, place) => ({ field, column, place, score: scoreOf(FIELD_SPECS[field], column, samples[place]) })),
  );
  const mapping: Partial<Record<FieldName, string[]>> = {};
  const taken = new Set<string>();
  for (const { field, column } of pairs.filter((pair) => pair.score >= 0.35).toSorted((a, b) => b.score - a.score || a.place - b.place)) {
    const columns = (mapping[field] ??= []);
    if (taken.has(column) || columns.length >= (FIELD_SPECS[field].columns ?? 1)) continue;
    taken.add(column);
    columns.push(column);
  }
  return inFileOrder(withFallbacks(mapping, table.columns, samples, taken), table.columns);
}

/** Name and cells together: a name that is exactly ours counts 1, the last step of a path nearly so, a part of it less. */
function scoreOf(spec: FieldSpec, column: string, sample: Sample | undefined): number {
  if (sample === undefined || sample.filled.length === 0) return 0;
  const fit = spec.fits(sample);
  if (fit === 0) return 0;
  const named = nameScore(spec.names.split('|'), column);
  if (named > 0) return named * (0.5 + fit / 2) * (0.97 + sample.share * 0.03);
  const { bySelf } = spec;
  return bySelf !== undefined && isTelling(sample) && share(sample.filled.flatMap((cell) => itemsOfCell(cell)), bySelf) > 0.95 ? 0.4 : 0;
}

function nameScore(names: readonly string[], column: string): number {
  const steps = column.split('.').map(wordsOf);
  const last = steps.at(-1) ?? '';
  const rank = (place: number) => 1 - place / (names.length * 5);
  // « provider.name » is the provider.
  const named = steps.length > 1 && /^(name|nom|label|libelle|titre|title)$/u.test(last) ? steps.slice(0, -1) : [];
  const ends = [...steps.map((_, place) => steps.slice(place).join(' ')), ...named.map((_, place) => named.slice(place).join(' '))];
  const found = ends.map((end) => names.indexOf(end));
  const at = found.findIndex((place) => place >= 0);
  if (at >= 0) return rank(found[at] ?? 0) * (at === 0 ? 1 : 0.9);
  const inside = names.filter((name) => name.length > 3 && ` ${last} `.includes(` ${name} `)).toSorted((a, b) => b.length - a.length)[0];
  const covered = inside === undefined ? 0 : inside.length / last.length;
  if (covered >= 0.4) return 0.4 + 0.3 * covered;
  // « Type d’accompagnement proposé » begins like « type ».
  return names.some((name) => name.length > 3 && last.startsWith(`${name} `)) ? 0.4 : 0;
}

/** A file whose title is not named: its first short, distinct texts; whose text is not named: its longest prose. */
function withFallbacks(mapping: Partial<Record<FieldName, string[]>>, columns: readonly string[], samples: readonly Sample[], taken: Set<string>) {
  const free = () => columns.map((column, place) => ({ column, sample: samples[place] })).filter(({ column, sample }) => !taken.has(column) && sample !== undefined && sample.filled.length > 0);
  if (mapping.title === undefined) {
    const isTitle = ({ sample }: { sample: Sample | undefined }) => sample !== undefined && looksLikeTitle(sample) > 0.8 && distinctShare(sample) > 0.8;
    const texts = columns.map((column, place) => ({ column, sample: samples[place] })).filter(({ column }) => mapping.body?.includes(column));
    const found = free().find(isTitle) ?? texts.find((each) => isTitle(each) && meanLength(each.sample) <= 160);
    if (found !== undefined) {
      mapping.title = [found.column];
      mapping.body = (mapping.body ?? []).filter((column) => column !== found.column);
      taken.add(found.column);
    }
  }
  if (mapping.body === undefined || mapping.body.length === 0) {
    const prose = free().filter(({ sample }) => sample !== undefined && looksLikeProse(sample) > 0 && meanLength(sample) > 60);
    const longest = prose.toSorted((a, b) => meanLength(b.sample) - meanLength(a.sample))[0];
    if (longest !== undefined) mapping.body = [longest.column];
  }
  return mapping;
}

function inFileOrder(mapping: Partial<Record<FieldName, string[]>>, columns: readonly string[]): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, list]) => list.length > 0).map(([field, list]) => [field, list.toSorted((a, b) => columns.indexOf(a) - columns.indexOf(b))]));
}

function sampleOf(rows: readonly { readonly cells: readonly CellValue[] }[], place: number): Sample {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE_ROWS));
  const cells = rows.filter((_, row) => row % step === 0).map((row) => row.cells[place]);
  const filled = cells.filter((cell) => textOfCell(cell) !== '');
  return { filled, texts: filled.map(textOfCell), share: cells.length === 0 ? 0 : filled.length / cells.length };
}

function looksLikeTitle(sample: Sample): number {
  if (sample.share < 0.5 || isAddress(sample)) return 0;
  const lengths = share(sample.texts, (text) => text.length >= 3 && text.length <= 300 && /\p{L}{2}/u.test(text));
  return lengths < 0.7 ? 0 : lengths * (0.4 + 0.6 * distinctShare(sample));
}

function looksLikeProse(sample: Sample): number {
  // Lists are steps, links or criteria: rarely what the thing is.
  if (isAddress(sample) || meanLength(sample) < 25 || share(sample.filled, (cell) => typeof cell === 'string') < 0.5) return 0;
  return share(sample.texts, (text) => /\s/u.test(text) && /\p{L}{3}/u.test(text)) > 0.7 ? Math.min(1, 0.5 + meanLength(sample) / 400) : 0;
}

function looksLikeName(sample: Sample): number {
  if (isAddress(sample)) return 0;
  return share(sample.texts, (text) => text.length >= 2 && text.length <= 160 && /\p{L}/u.test(text) && !/[.!?] \p{Lu}/u.test(text)) > 0.8 ? 1 - 0.2 * distinctShare(sample) : 0;
}

function looksLikeTags(sample: Sample): number {
  const items = sample.filled.flatMap((cell) => itemsOfCell(cell));
  if (isAddress(sample) || items.length === 0) return 0;
  const short = share(items, (item) => item.length >= 2 && item.length <= 80 && /\p{L}{2}/u.test(item));
  const distinct = new Set(items).size / items.length;
  return short > 0.9 && (distinct < 0.7 || items.length < 10) ? 1 : 0;
}

/** Lists or lines short enough to be read one by one. */
function looksLikeConditions(sample: Sample): number {
  const lines = sample.texts.flatMap((text) => text.split('\n'));
  return !isAddress(sample) && lines.length > 0 && lines.reduce((all, line) => all + line.length, 0) / lines.length < 200 ? share(sample.texts, (text) => /\p{L}{3}/u.test(text)) : 0;
}

/** Said of most rows, in few different words. */
function looksLikeKind(sample: Sample): number {
  if (sample.share < 0.5 || new Set(sample.texts).size > 60) return 0;
  return atLeastHalf(share(sample.filled, (cell) => kindOfCell(cell, DEFAULT_KINDS) instanceof Object));
}

function looksLikeKey(sample: Sample): number {
  const single = share(sample.texts, (text) => text.length <= 200 && !/\s/u.test(text));
  // A few repeats are faults of rows, told one by one; many mean that it is no key.
  return sample.share > 0.9 && (distinctShare(sample) >= 0.9 || new Set(sample.texts).size >= sample.texts.length - 1) ? single : 0;
}

function isUnits(sample: Sample): number {
  return share(sample.texts, (text) => /^\d{1,5}(\s*\p{L}[\p{L}\s-]*)?$/u.test(text) && Number.parseInt(text, 10) > 0);
}

function isTelling(sample: Sample): boolean {
  return sample.filled.length >= 3 && new Set(sample.texts).size > 1;
}

function isAddress(sample: Sample): boolean {
  return share(sample.texts, (text) => /^(https?:|www\.|\S+@\S+\.\S+$)/iu.test(text)) > 0.5;
}

function byCell(test: (cell: CellValue) => boolean): (sample: Sample) => number {
  return ({ filled }) => atLeastHalf(share(filled, test));
}

function byItem(test: (item: string) => boolean): (sample: Sample) => number {
  return ({ filled }) => atLeastHalf(share(filled.flatMap((cell) => itemsOfCell(cell)), test));
}

function atLeastHalf(value: number): number {
  return value >= 0.5 ? value : 0;
}

function share<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

function distinctShare(sample: Sample): number {
  return sample.texts.length === 0 ? 0 : new Set(sample.texts).size / sample.texts.length;
}

function meanLength(sample: Sample | undefined): number {
  return sample === undefined || sample.texts.length === 0 ? 0 : sample.texts.reduce((all, text) => all + text.length, 0) / sample.texts.length;
}

/** « allowedNafSections » is « allowed naf sections ». */
function wordsOf(name: string): string {
  return foldWords(name.replace(/([a-z0-9])([A-Z])/gu, '$1 $2'));
}
