/**
 * The file of accounting entries (« fichier des écritures comptables ») of a fiscal year, as the French tax code wants it
 * (Livre des procédures fiscales, art. L47 A-I and A47 A-1, VII and VIII): 18 fields in their order, one line per debit or
 * credit, tab-separated, days as AAAAMMJJ, amounts with a comma and two decimals, numbers of entries without a gap.
 *
 * Must always hold: each entry balances; an entry's number is its place in the order of the days and of the posting;
 * amounts are those of the cash book, in cents, nothing else. Balance-sheet accounts open with one entry « à nouveau » on
 * the first day when the earlier years left something on them.
 */
import { familyOf, type AccountFamily } from './account.ts';

export const FEC_FIELDS = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const;

/** Numbers and names of the plan comptable général (ANC 2014-03; associations: ANC 2018-06). */
export const PCG: Readonly<Partial<Record<AccountFamily, { readonly number: string; readonly label: string }>>> = {
  'cash-bank': { number: '512000', label: 'Banques' },
  'cash-fee-due': { number: '411000', label: 'Adhérents et partenaires' },
  'cash-grant-due': { number: '441000', label: 'État et autres collectivités publiques, subventions à recevoir' },
  'cash-fee': { number: '756000', label: 'Cotisations' },
  'cash-grant': { number: '740000', label: 'Subventions d’exploitation' },
  'cash-spent': { number: '658000', label: 'Charges diverses de gestion courante' },
  'cash-spent-staff': { number: '641000', label: 'Rémunérations du personnel' },
  'cash-spent-premises': { number: '613000', label: 'Locations' },
  'cash-spent-services': { number: '622000', label: 'Rémunérations d’intermédiaires et honoraires' },
  'cash-spent-events': { number: '623000', label: 'Publicité, publications, relations publiques' },
  'cash-spent-travel': { number: '625000', label: 'Déplacements, missions et réceptions' },
  'cash-spent-purchases': { number: '606000', label: 'Achats non stockés de matières et fournitures' },
};
const RETAINED = { number: '110000', label: 'Report à nouveau' };

const JOURNALS = {
  BQ: 'Banque',
  AD: 'Appels de cotisations et de subventions',
  OD: 'Opérations diverses',
  AN: 'À nouveaux',
} as const;

/** One entry of the cash book. */
export interface FecEntry {
  /** What the file calls the document behind it: its number, at most 40 characters. */
  readonly reference: string;
  readonly day: Temporal.PlainDate;
  readonly documentDay: Temporal.PlainDate;
  readonly postedOn: Temporal.PlainDate;
  readonly label: string;
  readonly lines: readonly FecLine[];
}

export interface FecLine {
  readonly code: string;
  /** Who owns the account, for the auxiliary fields. */
  readonly owner: { readonly number: string; readonly name: string } | null;
  readonly debit: bigint;
  readonly credit: bigint;
}

/** What an account of the balance sheet held before the year: debits minus credits. */
export interface OpeningBalance {
  readonly code: string;
  readonly owner: FecLine['owner'];
  readonly balance: bigint;
}

export interface FecYear {
  readonly startsOn: Temporal.PlainDate;
  readonly openings: readonly OpeningBalance[];
  /** In the order of the days, then of the posting. */
  readonly entries: AsyncIterable<FecEntry> | Iterable<FecEntry>;
}

/** `SIRENFECAAAAMMJJ.txt`, the day on which the year ends (art. A47 A-1, IX). */
export function fecFileName(siren: string, endsOn: Temporal.PlainDate): string {
  return `${siren}FEC${compact(endsOn)}.txt`;
}

/** The lines of the file, heading first, each with its end of line. Throws on an account that is not cash. */
export async function* fecLines({ startsOn, openings, entries }: FecYear): AsyncGenerator<string> {
  yield line(FEC_FIELDS);
  let number = 0;
  const opening = openingEntry(startsOn, openings);
  if (opening !== null) yield* entryLines(opening, (number += 1), 'AN');
  for await (const entry of entries) yield* entryLines(entry, (number += 1), journalOf(entry));
}

function* entryLines(entry: FecEntry, number: number, journal: keyof typeof JOURNALS): Generator<string> {
  for (const { code, owner, debit, credit } of entry.lines) {
    const account = code === RETAINED.number ? RETAINED : accountOf(code);
    yield line([
      journal,
      JOURNALS[journal],
      String(number),
      compact(entry.day),
      account.number,
      account.label,
      owner?.number ?? '',
      owner?.name ?? '',
      entry.reference,
      compact(entry.documentDay),
      entry.label,
      amount(debit),
      amount(credit),
      '',
      '',
      compact(entry.postedOn),
      '',
      '',
    ]);
  }
}

function openingEntry(startsOn: Temporal.PlainDate, openings: readonly OpeningBalance[]): FecEntry | null {
  const held = openings.filter(({ balance }) => balance !== 0n);
  if (held.length === 0) return null;
  const lines = held.map(({ code, owner, balance }) => side(code, owner, balance));
  const total = held.reduce((sum, { balance }) => sum + balance, 0n);
  return {
    reference: 'A-NOUVEAUX',
    day: startsOn,
    documentDay: startsOn,
    postedOn: startsOn,
    label: 'À nouveaux',
    lines: total === 0n ? lines : [...lines, side(RETAINED.number, null, -total)],
  };
}

function side(code: string, owner: FecLine['owner'], balance: bigint): FecLine {
  return { code, owner, debit: balance > 0n ? balance : 0n, credit: balance < 0n ? -balance : 0n };
}

function journalOf({ lines }: FecEntry): 'BQ' | 'AD' | 'OD' {
  const families = new Set(lines.map(({ code }) => familyOf(code)));
  if (families.has('cash-bank')) return 'BQ';
  return families.has('cash-fee-due') || families.has('cash-grant-due') ? 'AD' : 'OD';
}

function accountOf(code: string): { number: string; label: string } {
  const family = familyOf(code);
  const account = family === undefined ? undefined : PCG[family];
  if (account === undefined) throw new RangeError(`${code} is no account of the cash book.`);
  return account;
}

function compact(day: Temporal.PlainDate): string {
  return day.toString().replaceAll('-', '');
}

function amount(cents: bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** A field holds no tab and no line end. */
function line(fields: readonly string[]): string {
  return `${fields.map((field) => field.replace(/[\t\r\n\v\f\u0085\u2028\u2029]+/gu, ' ').trim()).join('\t')}\r\n`;
}
