/**
 * Reads the file of a plan for checking: what `bin/terreau plan` writes, or the certificate that an instance gives of
 * its own plans.
 *
 * Must always hold: a number that the checker sees is the number that the file states. Lists of 32-bit numbers wrap
 * larger ones around silently, so each number is looked at before it is packed. Shares no code with any solver.
 */
import { GREATEST_QUANTITY, GREATEST_SCORE } from '../../src/algorithms/flow/allocation.ts';
import type { Allocation, AllocationProblem, Certificate, Level } from '../../src/algorithms/flow/allocation.ts';

export interface ReadDocument {
  readonly format: 'terreau-plan' | 'terreau-plan-certificate';
  readonly problem: AllocationProblem;
  readonly answer: Allocation;
  /** How needs and offers are called, for sentences. */
  readonly names: { readonly needs: readonly string[]; readonly offers: readonly string[] };
  readonly ids: { readonly needs: readonly string[]; readonly offers: readonly string[] };
}

/** What makes a file no plan: where, as `answer.units[3]`, and what is wanted there. */
export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';
}

export function readDocument(value: unknown): ReadDocument {
  const file = record(value, 'the file');
  const { format, version } = file;
  if (format !== 'terreau-plan' && format !== 'terreau-plan-certificate')
    throw new DocumentFault('“format” must be terreau-plan or terreau-plan-certificate');
  if (version !== 1) throw new DocumentFault('“version” must be 1');
  const [needs, offers] = [readParties(file['needs'], 'needs'), readParties(file['offers'], 'offers')];
  const problem = readProblem(file['problem'], needs.ids.length, offers.ids.length);
  return {
    format,
    problem,
    answer: readAnswer(file['answer']),
    names: { needs: needs.names, offers: offers.names },
    ids: { needs: needs.ids, offers: offers.ids },
  };
}

export function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DocumentFault(`${where} must be an object`);
  return value as Readonly<Record<string, unknown>>;
}

export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new DocumentFault(`${where} must be a list`);
  return value;
}

/** `place` is the place in a list: a name is made of it only for a fault. */
export function whole(value: unknown, where: string, least: number, greatest: number, place?: number): number {
  if (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= least &&
    value <= greatest &&
    !Object.is(value, -0)
  )
    return value;
  const at = place === undefined ? where : `${where}[${place}]`;
  throw new DocumentFault(`${at} must be a whole number from ${least} to ${greatest}`);
}

export function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new DocumentFault(`${where} must be a text`);
  return value;
}

function readParties(value: unknown, where: string): { ids: string[]; names: string[] } {
  const parties = list(value, where).map((one, place) => {
    const { id, name, title } = record(one, `${where}[${place}]`);
    const known = text(id, `${where}[${place}].id`);
    return { id: known, name: typeof name === 'string' ? name : typeof title === 'string' ? title : known };
  });
  const ids = parties.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new DocumentFault(`an id stands twice in ${where}`);
  return { ids, names: parties.map(({ name }) => name) };
}

function readProblem(value: unknown, needCount: number, offerCount: number): AllocationProblem {
  const { needs, offers, pairs } = record(value, 'problem');
  const column = (table: unknown, of: string, name: string, least: number, greatest: number, length: number | null) =>
    wholeNumbers(record(table, `problem.${of}`)[name], `problem.${of}.${name}`, least, greatest, length);
  const need = column(pairs, 'pairs', 'need', 0, needCount - 1, null);
  const ofPairs = (name: string, greatest: number) => column(pairs, 'pairs', name, 0, greatest, need.length);
  const problem: AllocationProblem = {
    needs: {
      wanted: column(needs, 'needs', 'wanted', 0, GREATEST_QUANTITY, needCount),
      weight: column(needs, 'needs', 'weight', 1, GREATEST_QUANTITY, needCount),
    },
    offers: {
      capacity: column(offers, 'offers', 'capacity', 0, GREATEST_QUANTITY, offerCount),
      minimum: column(offers, 'offers', 'minimum', 0, GREATEST_QUANTITY, offerCount),
    },
    pairs: {
      need,
      offer: ofPairs('offer', offerCount - 1),
      score: ofPairs('score', GREATEST_SCORE),
      cap: ofPairs('cap', GREATEST_QUANTITY),
      minimum: ofPairs('minimum', GREATEST_QUANTITY),
    },
  };
  problem.needs.wanted.forEach((wanted, i) =>
    whole(wanted * (problem.needs.weight[i] ?? 0), 'problem.needs, wanted × weight', 0, GREATEST_QUANTITY, i),
  );
  refuseRepeats(problem.pairs, offerCount);
  return problem;
}

/** A pair that stands twice would be allowed twice its cap. */
function refuseRepeats({ need, offer }: AllocationProblem['pairs'], offers: number): void {
  const keys = Float64Array.from(need, (i, a) => i * offers + (offer[a] ?? 0)).toSorted();
  const repeated = keys.findIndex((key, place) => place > 0 && key === keys[place - 1]);
  if (repeated < 0) return;
  const key = keys[repeated] ?? 0;
  throw new DocumentFault(
    `the pair of need ${Math.floor(key / offers)} and offer ${key % offers} stands twice in problem.pairs`,
  );
}

function readAnswer(value: unknown): Allocation {
  if (value === null) return { status: 'cancelled' };
  const answer = record(value, 'answer');
  const numbers = (name: string) => wholeNumbers(answer[name], `answer.${name}`, 0, GREATEST_QUANTITY, null);
  const total = (name: string) => whole(answer[name], `answer.${name}`, 0, Number.MAX_SAFE_INTEGER);
  const plan = {
    units: numbers('units'),
    served: numbers('served'),
    given: numbers('given'),
    totalScore: total('totalScore'),
    bound: total('bound'),
    gap: total('gap'),
    levels: list(answer['levels'], 'answer.levels').map(readLevel),
  };
  const { status, certificate } = answer;
  if (status === 'optimal') return { status, ...plan, certificate: readCertificate(certificate) };
  if (status !== 'bounded') throw new DocumentFault('answer.status must be optimal or bounded');
  if (certificate !== null) throw new DocumentFault('answer.certificate must be null when answer.status is bounded');
  return { status, ...plan };
}

function readLevel(value: unknown, place: number): Level {
  const where = `answer.levels[${place}]`;
  const { numerator, denominator, needs } = record(value, where);
  return {
    numerator: whole(numerator, `${where}.numerator`, 0, GREATEST_QUANTITY),
    denominator: whole(denominator, `${where}.denominator`, 1, GREATEST_QUANTITY),
    needs: whole(needs, `${where}.needs`, 1, GREATEST_QUANTITY),
  };
}

function readCertificate(value: unknown): Certificate {
  const prices = record(value, 'answer.certificate');
  const column = (name: string) =>
    Float64Array.from(list(prices[name], `answer.certificate.${name}`), (price, row) =>
      whole(price, `answer.certificate.${name}`, -(2 ** 52), 2 ** 52, row),
    );
  return {
    needFairness: column('needFairness'),
    needScore: column('needScore'),
    offerFairness: column('offerFairness'),
    offerScore: column('offerScore'),
  };
}

function wholeNumbers(
  value: unknown,
  where: string,
  least: number,
  greatest: number,
  length: number | null,
): Int32Array {
  const items = list(value, where);
  if (length !== null && items.length !== length) throw new DocumentFault(`${where} must have ${length} numbers`);
  return Int32Array.from(items, (item, place) => whole(item, where, least, greatest, place));
}
