/**
 * What a plan tells in ids beside its figures: agreements, unmet needs, what frees them. Must say the same as the figures.
 *
 * Shares no code with any solver. Answers the first statement that does not hold, or undefined.
 */
import { DocumentFault, list, record, whole, type ReadDocument } from './document-reader.ts';

export function wrongStatement(file: unknown, read: ReadDocument): string | undefined {
  try {
    const { agreements, unmet, worth } = record(file, 'the file');
    return wrongAgreement(agreements, read) ?? wrongUnmet(unmet, read) ?? unknownIds(worth, read);
  } catch (error) {
    if (error instanceof DocumentFault) return error.message;
    throw error;
  }
}

/** What a plan states that it respects beside the limits of its problem, and does not. */
export function brokenLimits(file: unknown, read: ReadDocument): string | undefined {
  try {
    const { limits } = record(file, 'the file');
    if (limits === undefined) return undefined;
    const { mostPartners, budgets } = record(limits, 'limits');
    return brokenPartners(mostPartners, read) ?? brokenBudgets(budgets, read);
  } catch (error) {
    if (error instanceof DocumentFault) return error.message;
    throw error;
  }
}

/** At most so many offers serve a need. */
function brokenPartners(value: unknown, { problem, answer, ids }: ReadDocument): string | undefined {
  if (value === undefined || !('units' in answer)) return undefined;
  const most = whole(value, 'limits.mostPartners', 1, MOST);
  const partners = new Map<number, number>();
  for (const [a, need] of problem.pairs.need.entries()) {
    if ((answer.units[a] ?? 0) > 0) partners.set(need, (partners.get(need) ?? 0) + 1);
  }
  const [need] = [...partners].find(([, count]) => count > most) ?? [];
  return need === undefined
    ? undefined
    : `need ${ids.needs[need]} has more than ${most} offers, against limits.mostPartners`;
}

/** Cents of each budget, the budget of each need (−1 for none), cents that one unit of each pair uses. */
function brokenBudgets(value: unknown, { problem, answer }: ReadDocument): string | undefined {
  if (value === undefined || !('units' in answer)) return undefined;
  const budgets = record(value, 'limits.budgets');
  const numbers = (name: string, least: number, greatest: number, length: number | null) => {
    const items = list(budgets[name], `limits.budgets.${name}`);
    if (length !== null && items.length !== length)
      throw new DocumentFault(`limits.budgets.${name} must have ${length} numbers`);
    return items.map((item, place) => whole(item, `limits.budgets.${name}`, least, greatest, place));
  };
  const limit = numbers('limit', 0, MOST, null);
  const ofNeed = numbers('ofNeed', -1, limit.length - 1, problem.needs.wanted.length);
  // Added up exactly, whatever stands there.
  const values = numbers('value', 0, MOST, problem.pairs.need.length).map(BigInt);
  const used = limit.map(() => 0n);
  for (const [a, need] of problem.pairs.need.entries()) {
    const budget = ofNeed[need] ?? -1;
    if (budget >= 0) used[budget] = (used[budget] ?? 0n) + BigInt(answer.units[a] ?? 0) * (values[a] ?? 0n);
  }
  const over = used.findIndex((cents, budget) => cents > BigInt(limit[budget] ?? 0));
  return over < 0
    ? undefined
    : `budget ${over} is ${limit[over]} cents and ${used[over]} are used, against limits.budgets`;
}

const MOST = Number.MAX_SAFE_INTEGER;

function wrongAgreement(value: unknown, { problem, answer, ids }: ReadDocument): string | undefined {
  if (!('units' in answer)) return undefined;
  const { pairs } = problem;
  const given = answer.units
    .keys()
    .toArray()
    .filter((a) => (answer.units[a] ?? 0) > 0);
  const agreements = list(value, 'agreements');
  if (agreements.length !== given.length) return `agreements must be ${given.length}, as many as pairs with units`;
  for (const [place, a] of given.entries()) {
    const { need, offer, units, score } = record(agreements[place], `agreements[${place}]`);
    const isSame =
      need === ids.needs[pairs.need[a] ?? -1] &&
      offer === ids.offers[pairs.offer[a] ?? -1] &&
      units === answer.units[a] &&
      score === pairs.score[a];
    if (!isSame) return `agreements[${place}] does not say what pair ${a} says`;
  }
  return undefined;
}

function wrongUnmet(value: unknown, { problem, answer, ids }: ReadDocument): string | undefined {
  if (!('served' in answer)) return undefined;
  const missing = (i: number) => (problem.needs.wanted[i] ?? 0) - (answer.served[i] ?? 0);
  const waiting = ids.needs
    .keys()
    .toArray()
    .filter((i) => missing(i) > 0);
  const unmet = list(value, 'unmet');
  if (unmet.length !== waiting.length) return `unmet must name ${waiting.length} needs`;
  for (const [place, i] of waiting.entries()) {
    const one = record(unmet[place], `unmet[${place}]`);
    if (one['need'] !== ids.needs[i] || one['missing'] !== missing(i))
      return `unmet[${place}] must be need ${i}, with ${missing(i)} units missing`;
    if (one['frees'] === null) continue;
    const { offer, units } = record(one['frees'], `unmet[${place}].frees`);
    whole(units, `unmet[${place}].frees.units`, 1, MOST);
    if (!ids.offers.includes(String(offer))) return `unmet[${place}].frees names no known offer`;
  }
  return undefined;
}

function unknownIds(value: unknown, { ids }: ReadDocument): string | undefined {
  const known = { offers: new Set<unknown>(ids.offers), needs: new Set<unknown>([...ids.needs, null]) };
  const place = list(value, 'worth').findIndex((one, at) => {
    const { offer, serves } = record(one, `worth[${at}]`);
    return !known.offers.has(offer) || !known.needs.has(serves);
  });
  return place < 0 ? undefined : `worth[${place}] names no known need or offer`;
}
