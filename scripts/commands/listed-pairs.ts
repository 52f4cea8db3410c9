/**
 * The pairs of a PAIRS file: need, offer, score, cap, minimum.
 *
 * Must always hold: a pair names a need and an offer of the other files and stands once; scores become whole ones of 0 or
 * more by one power of ten and one lift for all, exactly where that fits; a rounding or a lift is said.
 */
import { GREATEST_QUANTITY, GREATEST_SCORE } from '../../src/algorithms/flow/allocation.ts';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { textOfCell, type CellValue } from '../../src/domains/support/cells.ts';
import { cleanLine } from '../../src/domains/support/plain-text.ts';
import { decimalOf, scoreText, wholeOf } from './cell-numbers.ts';
import { collectFaults, type Faults, type InputTable } from './input-table.ts';
import type { PairList } from './pair-list.ts';
import type { NeedEntry, OfferEntry, Party } from './parties.ts';
import { namesOf } from './party-columns.ts';
import { printable } from './terminal.ts';

const NAMES = {
  need: 'need|besoin|demande|need id|id need|paper|objet',
  offer: 'offer|offre|apport|aide|offer id|id offer|reviewer|evaluateur',
  score: 'score|affinity|affinite|weight|poids|value|valeur',
  cap: 'cap|maximum|max|plafond|limit|limite',
  minimum: 'minimum|min|pin|at least|au moins',
} as const;
type PairField = keyof typeof NAMES;

/** The place of a need or an offer that no file names: told as a fault of its own. */
const UNKNOWN = -1;

export function readPairs(
  table: InputTable,
  needs: readonly NeedEntry[],
  offers: readonly OfferEntry[],
  mostOfPair: number,
): PairList {
  const columns = pairColumns(table);
  const faults = collectFaults();
  const count = table.rows.length;
  const pairs = {
    need: new Int32Array(count),
    offer: new Int32Array(count),
    score: new Int32Array(count),
    cap: new Int32Array(count),
    minimum: new Int32Array(count),
  };
  const scores = new Float64Array(count);
  let mostDecimals = 0;
  const needAt = placesOf(needs);
  const offerAt = placesOf(offers);
  table.rows.forEach((row, a) => {
    const cell = cellReader(table, columns, row, faults);
    pairs.need[a] = cell.party('need', needAt);
    pairs.offer[a] = cell.party('offer', offerAt);
    const most = Math.min(needs[pairs.need[a]]?.wanted ?? 0, offers[pairs.offer[a]]?.capacity ?? 0, mostOfPair);
    pairs.cap[a] = cell.whole('cap') ?? most;
    pairs.minimum[a] = cell.whole('minimum') ?? 0;
    const areKnown = pairs.need[a] !== UNKNOWN && pairs.offer[a] !== UNKNOWN;
    if (areKnown && pairs.minimum[a] > pairs.cap[a])
      cell.fault('minimum', `${pairs.minimum[a]} is above the cap, ${pairs.cap[a]}`);
    const { value, decimals } = cell.score();
    scores[a] = value;
    mostDecimals = Math.max(mostDecimals, decimals);
  });
  refuseRepeats(table, pairs.need, pairs.offer, faults);
  faults.throwAny();
  const { decimals, lift, notes } = wholeScores(table, scores, mostDecimals, pairs.score);
  const noted =
    columns.score === undefined ? [`${table.file}: no column holds a score: all pairs count alike.`] : notes;
  const found = `${table.file}: ${count} pairs.`;
  return { pairs, decimals, lift, notes: [found, ...noted], reasonsOf: () => null, keptFrom: () => null };
}

function pairColumns(table: InputTable): Readonly<Partial<Record<PairField, number>>> {
  const entries = (Object.entries(NAMES) as [PairField, string][]).map(
    ([field, names]) => [field, namesOf(names, table)[0]] as const,
  );
  const columns: Partial<Record<PairField, number>> = Object.fromEntries(
    entries.filter(([, place]) => place !== undefined),
  );
  const missing = (['need', 'offer'] as const).find((field) => columns[field] === undefined);
  if (missing !== undefined && table.rows.length > 0) {
    const there = table.columns.slice(0, 20).map((name) => `“${printable(name, 40)}”`);
    throw new OperatorError(`${table.file}: no column is named “${missing}”. There are ${there.join(', ')}.`);
  }
  return columns;
}

interface CellReader {
  readonly party: (field: 'need' | 'offer', places: ReadonlyMap<string, number>) => number;
  /** Undefined where the file says nothing. */
  readonly whole: (field: 'cap' | 'minimum') => number | undefined;
  readonly score: () => { readonly value: number; readonly decimals: number };
  readonly fault: (field: string, reason: string) => void;
}

function cellReader(
  table: InputTable,
  columns: Readonly<Partial<Record<PairField, number>>>,
  row: { readonly number: number; readonly cells: readonly CellValue[] },
  faults: Faults,
): CellReader {
  const text = (field: PairField) => {
    const cell = row.cells[columns[field] ?? -1];
    return typeof cell === 'string' ? cell.trim() : textOfCell(cell);
  };
  const fault = (field: string, reason: string) =>
    faults.add(`${table.file}, ${table.placeOf(row.number)}, ${field}: ${reason}.`);
  const shown = (field: PairField) => (text(field) === '' ? 'an empty cell' : `“${printable(text(field), 40)}”`);
  return {
    fault,
    party(field, places) {
      const place = places.get(text(field)) ?? places.get(cleanLine(text(field)).text);
      if (place === undefined)
        fault(field, `${shown(field)} is not the id of ${field === 'need' ? 'a need' : 'an offer'}`);
      return place ?? UNKNOWN;
    },
    whole(field) {
      if (text(field) === '') return undefined;
      const number = wholeOf(text(field));
      if (number === undefined) fault(field, `${shown(field)} is not a whole number of 0 or more`);
      else if (number > GREATEST_QUANTITY) fault(field, `${number} is above ${GREATEST_QUANTITY}`);
      else return number;
      return undefined;
    },
    score() {
      if (columns.score === undefined) return { value: 0, decimals: 0 };
      const number = decimalOf(text('score'));
      if (number === undefined) fault('score', `${shown('score')} is not a number`);
      else if (Math.abs(number.value) > GREATEST_SCORE / 2)
        fault('score', `${shown('score')} is beyond ${GREATEST_SCORE / 2}`);
      else return number;
      return { value: 0, decimals: 0 };
    },
  };
}

function placesOf(parties: readonly Party[]): ReadonlyMap<string, number> {
  return new Map(parties.map(({ id }, place) => [id, place]));
}

function refuseRepeats(table: InputTable, need: Int32Array, offer: Int32Array, faults: Faults): void {
  const seen = new Map<number, Map<number, number>>();
  need.forEach((i, a) => {
    const [j = 0, row = 0] = [offer[a], table.rows[a]?.number];
    if (i === UNKNOWN || j === UNKNOWN) return;
    const offersOf = seen.get(i) ?? new Map<number, number>();
    const first = offersOf.get(j);
    if (first === undefined) seen.set(i, offersOf.set(j, row));
    else faults.add(`${table.file}, ${table.placeOf(row)}: this pair stands already in ${table.placeOf(first)}.`);
  });
}

/**
 * All scores times one power of ten, the smallest that loses nothing, or the greatest that fits; lifted so that the
 * least is 0 where some are below. A lift makes each unit given worth that much more: it changes no choice between
 * plans that give as many units.
 */
function wholeScores(table: InputTable, scores: Float64Array, mostDecimals: number, whole: Int32Array) {
  const greatest = scores.reduce((most, score) => Math.max(most, score), 0);
  const least = scores.reduce((low, score) => Math.min(low, score), 0);
  const range = greatest - least;
  const fitting = range > 0 ? Math.floor(Math.log10((GREATEST_SCORE - 1) / range)) : 0;
  const decimals = Math.max(0, Math.min(mostDecimals, fitting));
  const lift = Math.round(-least * 10 ** decimals);
  scores.forEach((score, a) => (whole[a] = Math.round(score * 10 ** decimals) + lift));
  const rounded = `${table.file}: scores are rounded to ${decimals} decimals, the finest that is added up exactly.`;
  const lifted = `${table.file}: some scores are below 0: all are lifted by ${scoreText(lift, { decimals, lift: 0 })} while planning, so a unit more counts as a gain.`;
  return { decimals, lift, notes: [...(mostDecimals > decimals ? [rounded] : []), ...(lift > 0 ? [lifted] : [])] };
}
