/**
 * Reads an account's movements from the rows of a CSV, under the headings that French and English banks write: one
 * signed amount or a debit beside a credit, lines of title above, any decimal mark.
 *
 * Must always hold: without a day and an amount there is no heading; a row that says no day and no amount is none of
 * the account's (a total, a foot); what cannot be read is told with its row and its heading.
 */
import { done, refused, type Result } from '../../../lib/result.ts';
import { decimalMarkOf, readAmount, readDay, type DecimalMark } from './bank-amount.ts';
import { parseIban } from './iban.ts';
import {
  faultList,
  faulty,
  isTooLarge,
  type FaultList,
  type ReadMovement,
  type RefusedFile,
  type StatementFile,
} from './movement.ts';
import { plainWords } from './plain-text.ts';

export interface CsvLine {
  readonly number: number;
  readonly cells: readonly string[];
}

const HEADINGS = {
  bookedOn:
    /^(date|date (comptable|operation|de l operation|d operation|de comptabilisation|comptabilisation|ecriture|d ecriture)|booking date|booked on|transaction date)$/u,
  valueOn: /^(date (de )?valeur|valeur|value date)$/u,
  amount: /^(montant|amount|montant (en )?(euros?|eur)|montant (de l )?operation)$/u,
  debit: /^(montant )?(debit|debits)( (en )?(euros?|eur))?$/u,
  credit: /^(montant )?(credit|credits)( (en )?(euros?|eur))?$/u,
  currency: /^(devise|currency|monnaie)$/u,
  account: /^(iban|compte|account|numero de compte|iban (du )?compte)$/u,
  counterparty:
    /^(contrepartie|tiers|debiteur|emetteur|donneur d ordre|nom (de la )?contrepartie|nom (du )?tiers|counterparty|name)$/u,
  counterpartyIban: /^(iban (de la )?contrepartie|iban (du )?tiers|compte (de la )?contrepartie|counterparty iban)$/u,
  endToEndId: /^(reference de bout en bout|end to end id|reference donneur d ordre)$/u,
  bankReference: /^(reference|ref|numero d operation|reference operation|bank reference)$/u,
} as const;
type Field = keyof typeof HEADINGS;

/** Every column whose heading begins so is read as what was written. */
const WORDS = /^(libelle|description|communication|information|detail|motif|remittance|nature|type operation)/u;

interface Layout {
  readonly places: Readonly<Partial<Record<Field, number>>>;
  readonly words: readonly number[];
  readonly titles: readonly string[];
}

export function readStatementRows(lines: readonly CsvLine[]): Result<StatementFile, never> | RefusedFile {
  const headingAt = lines.slice(0, 40).findIndex(({ cells }) => isHeading(layoutOf(cells)));
  const heading = lines[headingAt];
  if (heading === undefined) return refused('no-columns');
  const layout = layoutOf(heading.cells);
  const rows = lines.slice(headingAt + 1);
  const mark = decimalMarkOf(
    rows.flatMap((row) => (['amount', 'debit', 'credit'] as const).map((field) => cellOf(row, layout, field))),
  );
  const list = faultList();
  const read = rows.flatMap((row) => {
    const movement = movementOf(row, layout, mark, list);
    return movement === undefined ? [] : [{ movement, iban: accountOf(row, layout, list) }];
  });
  if (list.faults.length > 0) return faulty(list.faults);
  const ibans = [...new Set(read.map(({ iban }) => iban))];
  const statements = ibans.map((iban) => {
    const movements = read.filter((each) => each.iban === iban).map(({ movement }) => movement);
    return { iban, row: movements[0]?.row ?? heading.number, movements };
  });
  return done({ format: 'csv', statements });
}

function layoutOf(cells: readonly string[]): Layout {
  const titles = cells.map((cell) => plainWords(cell));
  const places: Partial<Record<Field, number>> = {};
  for (const [field, pattern] of Object.entries(HEADINGS)) {
    const place = titles.findIndex((title) => pattern.test(title));
    if (place >= 0) places[field as Field] = place;
  }
  const words = titles.flatMap((title, place) => (WORDS.test(title) ? [place] : []));
  return { places, words, titles: cells.map((cell) => cell.trim()) };
}

function isHeading({ places: { bookedOn, amount, debit, credit } }: Layout): boolean {
  return bookedOn !== undefined && (amount !== undefined || (debit !== undefined && credit !== undefined));
}

function movementOf(
  row: CsvLine,
  layout: Layout,
  mark: DecimalMark | undefined,
  list: FaultList,
): ReadMovement | undefined {
  const day = cellOf(row, layout, 'bookedOn');
  const amounts = (['amount', 'debit', 'credit'] as const).map((field) => cellOf(row, layout, field));
  if (amounts.every((cell) => cell === '') && !/\d/u.test(day)) return undefined;
  const currency = cellOf(row, layout, 'currency');
  if (currency !== '' && !/^(eur|euros?|€)$/iu.test(currency)) return fault(list, row, layout, 'currency', 'not-euro');
  const bookedOn = dayOf(row, layout, 'bookedOn', list);
  const valueOn = cellOf(row, layout, 'valueOn') === '' ? null : dayOf(row, layout, 'valueOn', list);
  const cents = centsOf(row, layout, mark, list);
  if (bookedOn === undefined || valueOn === undefined || cents === undefined || cents === 0n) return undefined;
  return {
    row: row.number,
    bookedOn,
    valueOn,
    cents,
    counterparty: cellOf(row, layout, 'counterparty').slice(0, 200),
    counterpartyIban: parseIban(cellOf(row, layout, 'counterpartyIban')) ?? '',
    endToEndId: cellOf(row, layout, 'endToEndId').slice(0, 100),
    remittance: wordsOf(row, layout),
    bankReference: cellOf(row, layout, 'bankReference').slice(0, 100),
    isReversal: false,
  };
}

function dayOf(row: CsvLine, layout: Layout, field: 'bookedOn' | 'valueOn', list: FaultList) {
  const text = cellOf(row, layout, field);
  if (text === '') return fault(list, row, layout, field, 'missing');
  const read = readDay(text);
  return read.ok ? read.value : fault(list, row, layout, field, read.reason);
}

/** One signed amount, or the side that is filled: what left the account is below zero whatever its sign there. */
function centsOf(row: CsvLine, layout: Layout, mark: DecimalMark | undefined, list: FaultList): bigint | undefined {
  const filled = (['amount', 'debit', 'credit'] as const).flatMap((field) => {
    const text = cellOf(row, layout, field);
    return text === '' ? [] : [{ field, text }];
  });
  const [first] = filled;
  if (first === undefined) return fault(list, row, layout, 'amount' in layout.places ? 'amount' : 'credit', 'missing');
  const read = filled.map(({ field, text }) => ({ field, answer: readAmount(text, mark) }));
  const bad = read.find(({ answer }) => !answer.ok);
  if (bad !== undefined && !bad.answer.ok) return fault(list, row, layout, bad.field, bad.answer.reason);
  const amounts = read.flatMap(({ field, answer }) =>
    answer.ok && answer.value !== 0n ? [{ field, cents: answer.value }] : [],
  );
  const sides = amounts.filter(({ field }) => field !== 'amount');
  if (sides.length > 1) return fault(list, row, layout, 'debit', 'both-sides');
  const [chosen] = sides.length === 1 ? sides : amounts;
  if (chosen === undefined) return 0n;
  if (isTooLarge(chosen.cents)) return fault(list, row, layout, chosen.field, 'too-large');
  if (chosen.field !== 'debit') return chosen.cents;
  return chosen.cents > 0n ? -chosen.cents : chosen.cents;
}

function accountOf(row: CsvLine, layout: Layout, list: FaultList): string | null {
  const text = cellOf(row, layout, 'account');
  // A number that is no IBAN says nothing that we know: the person has told whose account it is.
  if (text === '' || !/^[a-z]{2}\d{2}/iu.test(text.replaceAll(' ', ''))) return null;
  return parseIban(text) ?? fault(list, row, layout, 'account', 'not-an-iban') ?? null;
}

function wordsOf({ cells }: CsvLine, { words }: Layout): string {
  const texts = words.map((place) => (cells[place] ?? '').replace(/\s+/gu, ' ').trim()).filter((text) => text !== '');
  return [...new Set(texts)].join(' / ').slice(0, 1000);
}

function cellOf({ cells }: CsvLine, { places }: Layout, field: Field): string {
  const place = places[field];
  return place === undefined ? '' : (cells[place] ?? '').replace(/\s+/gu, ' ').trim();
}

function fault(
  list: FaultList,
  row: CsvLine,
  { places, titles }: Layout,
  field: Field,
  reason: Parameters<FaultList['add']>[2],
) {
  return list.add(row.number, titles[places[field] ?? -1] ?? field, reason);
}
