/**
 * `bin/terreau plan NEEDS OFFERS [PAIRS]`: from files of one's own to a plan with its proof, without a database.
 *
 * Must always hold: what is written or shown was accepted by the independent checker; nothing is written of a plan that
 * was cancelled or cannot be; a file appears whole or not at all.
 */
import type { KeyObject } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { Infeasible, InvalidProblem } from '../../src/algorithms/flow/allocation.ts';
import { checkAllocation } from '../../src/algorithms/flow/check-allocation.ts';
import { isGrouped } from '../../src/algorithms/flow/group-pairs.ts';
import { memoryNeeded, sizesOf } from '../../src/algorithms/flow/memory-needed.ts';
import { formatList } from '../../src/i18n/format.ts';
import { OperatorError } from '../../src/lib/operator-error.ts';
import type { WrittenLimits } from '../../src/domains/matching/limits.ts';
import { readBudgets, type BudgetTables } from './budgets.ts';
import { readArguments } from './command-line.ts';
import { embedTexts, type EmbeddedTexts } from './embed-texts.ts';
import { readInputTable, type InputTable } from './input-table.ts';
import { readPairs } from './listed-pairs.ts';
import { makeDocument, type PlanParts, type WithPlan } from './make-document.ts';
import { megabytes } from './memory-limit.ts';
import { commandText } from './messages.ts';
import { problemOf, type PairList } from './pair-list.ts';
import { readNeeds, readOffers, type NeedEntry, type OfferEntry } from './parties.ts';
import { documentText, type PlanDocument } from './plan-document.ts';
import { PLAN_OPTIONS, readPlanOptions, type PlanOptions } from './plan-options.ts';
import { scorePairs } from './scored-pairs.ts';
import { digestOf, fingerprintOf, readKey, signDocument } from './signature.ts';
import { solveInThread, type Solved } from './solving.ts';
import { screenOf } from './summary.ts';
import { bytesOf, EXIT, printable, unreadableFile, type Command, type Terminal } from './terminal.ts';

const FILES = { least: 2, most: 3, named: 'the files of needs and of offers, and that of pairs if you have one' };

export const planCommand: Command = async (args, terminal) => {
  const { values, files } = readArguments(args, PLAN_OPTIONS, FILES);
  const options = readPlanOptions(values, terminal);
  if (files.filter((file) => file === '-').length > 1)
    throw new OperatorError('Only one file can be the standard input.');
  const key =
    options.sign === undefined
      ? undefined
      : readKey(await bytesOf(options.sign, terminal), 'private', printable(options.sign));
  const inputs = await readInputs(files, options, terminal);
  for (const note of inputs.notes) terminal.tell(note);
  const solved = await solve(inputs, options, terminal);
  const { answer } = solved;
  if (answer.status === 'none-known') {
    terminal.tell(
      'The time was up before any plan that keeps these limits was known: nothing was written. Give it more time.',
    );
    return EXIT.unproven;
  }
  if (answer.status === 'limits-contradict') {
    terminal.tell(`Impossible. ${limitsSentence(answer.needs, inputs, options)}`);
    return EXIT.infeasible;
  }
  if (answer.status === 'cancelled') {
    terminal.tell('Cancelled: nothing was written.');
    return EXIT.cancelled;
  }
  if (answer.status === 'infeasible') {
    terminal.tell(`Impossible. ${infeasibleSentence(answer.reason, inputs, options.language)}`);
    return EXIT.infeasible;
  }
  if (answer.status === 'invalid') throw new OperatorError(invalidSentence(answer.reason, inputs));
  const isLimited = answer.status === 'limited';
  const plan: WithPlan = isLimited ? { ...answer.plan, status: 'bounded' } : answer;
  const verdict = checkAllocation(inputs.problem, plan);
  if (!verdict.accepted) throw new Error(`the checker refuses the solver’s plan: ${JSON.stringify(verdict.refusal)}`);
  await give(
    documentOf(
      inputs,
      { answer: plan, limited: isLimited ? { limits: inputs.limits ?? {}, isProven: answer.isProven } : null },
      solved,
      key,
    ),
    options,
    terminal,
  );
  if (key !== undefined) terminal.tell(`Signed by ${fingerprintOf(key)}.`);
  const isProven = isLimited ? answer.isProven : answer.status === 'optimal';
  return isProven ? EXIT.done : EXIT.unproven;
};

interface Inputs {
  readonly needs: readonly NeedEntry[];
  readonly offers: readonly OfferEntry[];
  readonly list: PairList;
  readonly problem: ReturnType<typeof problemOf>;
  readonly sources: PlanDocument['sources'];
  readonly scores: PlanDocument['scores'];
  /** Beside the limits of the problem. */
  readonly limits: WrittenLimits | null;
  readonly notes: readonly string[];
}

async function readInputs(files: readonly string[], options: PlanOptions, terminal: Terminal): Promise<Inputs> {
  const [needsFile = '', offersFile = '', pairsFile] = files;
  const read = (file: string) => {
    terminal.showProgress(`Reading ${printable(file)}`);
    return readInputTable(file, terminal);
  };
  const tables = [await read(needsFile), await read(offersFile)] as const;
  const { day, units } = options;
  const needs = readNeeds(tables[0], { told: options.needColumns, units, day });
  const offers = readOffers(tables[1], { told: options.offerColumns, units, day });
  const pairsTable: InputTable | undefined = pairsFile === undefined ? undefined : await read(pairsFile);
  const embedded = pairsTable === undefined ? await embed(needs.entries, offers.entries, options, terminal) : null;
  terminal.showProgress('Pairing needs and offers');
  const list =
    pairsTable === undefined
      ? scorePairs(needs.entries, offers.entries, options, embedded?.embeddings)
      : readPairs(pairsTable, needs.entries, offers.entries, options.mostOfPair);
  return {
    needs: needs.entries,
    offers: offers.entries,
    list,
    problem: problemOf(needs.entries, offers.entries, list.pairs),
    sources: { needs: tables[0].source, offers: tables[1].source, pairs: pairsTable?.source ?? null },
    scores: {
      from: pairsTable === undefined ? 'texts' : 'pairs',
      decimals: list.decimals,
      lift: list.lift,
      weights: pairsTable === undefined ? weightsOf(options) : null,
      day: pairsTable === undefined ? day.toString() : null,
      ...(embedded && { embeddings: embedded.status }),
    },
    limits: limitsOf({ needs: tables[0], offers: tables[1], pairs: pairsTable }, list, options),
    notes: [...needs.notes, ...offers.notes, ...(embedded ? [embedded.note] : []), ...list.notes],
  };
}

function limitsOf(
  tables: BudgetTables,
  list: PairList,
  { mostPartners, hasBudgets }: PlanOptions,
): WrittenLimits | null {
  if (mostPartners === undefined && !hasBudgets) return null;
  return {
    ...(mostPartners === undefined ? {} : { mostPartners }),
    ...(hasBudgets ? { budgets: readBudgets(tables, list) } : {}),
  };
}

async function embed(
  needs: readonly NeedEntry[],
  offers: readonly OfferEntry[],
  { embeddings }: PlanOptions,
  terminal: Terminal,
): Promise<EmbeddedTexts | null> {
  if (embeddings === undefined) return null;
  terminal.showProgress('Asking the embedding service');
  const items = (entries: readonly (NeedEntry | OfferEntry)[]) => entries.map(({ item }) => item);
  return embedTexts(items(needs), items(offers), embeddings);
}

function weightsOf({ weights }: PlanOptions): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(weights).map(([feature, { weight }]) => [feature, weight]));
}

async function solve({ problem, limits }: Inputs, options: PlanOptions, terminal: Terminal): Promise<Solved> {
  const { timeLimitMs, bytesAllowed = Infinity } = options;
  const unitArcs = problem.needs.wanted.reduce((sum, units) => sum + units, 0);
  const needed = memoryNeeded({ ...sizesOf(problem, isGrouped(problem.pairs.need)), unitArcs });
  if (needed > bytesAllowed)
    throw new OperatorError(
      `Planning this takes up to ${megabytes(needed)} MB of memory, more than --memory allows: allow more, or plan in parts.`,
    );
  terminal.showProgress(`Solving: up to ${megabytes(needed)} MB of memory`);
  let release = () => {};
  try {
    return await solveInThread(problem, {
      timeLimitMs,
      limits,
      onStart: (cancel) => (release = terminal.onInterrupt(cancel)),
      onProgress: (step, share) =>
        terminal.showProgress(step === 'solving' ? `Solving: ${Math.round(100 * share)} %` : 'Explaining'),
    });
  } finally {
    release();
    terminal.showProgress('');
  }
}

function documentOf(
  inputs: Inputs,
  found: Pick<PlanParts, 'answer' | 'limited'>,
  { explained }: Solved,
  key: KeyObject | undefined,
): PlanDocument {
  const document = makeDocument({ ...inputs, ...found, explained });
  const digest = digestOf(document);
  const sealed = { ...document, digest };
  return key === undefined ? sealed : { ...sealed, signature: signDocument(document, digest, key) };
}

async function give(
  document: PlanDocument,
  { out, language, showsAll }: PlanOptions,
  terminal: Terminal,
): Promise<void> {
  const screen = screenOf(language, document, showsAll);
  if (out === '-') {
    for (const line of screen.trimEnd().split('\n')) terminal.tell(line);
    await terminal.write(documentText(document));
    return;
  }
  if (out !== undefined) await writeWhole(out, documentText(document));
  await terminal.write(screen);
  terminal.tell(
    out === undefined
      ? 'Nothing was written: --out plan.json keeps the plan and its proof.'
      : `Written to ${printable(out)}: bin/terreau check ${printable(out)} checks it anywhere.`,
  );
}

async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw unreadableFile(file, error);
  }
}

const NAMED = 5;

function limitsSentence(
  places: readonly number[],
  { needs }: Inputs,
  { language, mostPartners = 0 }: PlanOptions,
): string {
  const names = places.slice(0, NAMED).map((place) => printable(needs[place]?.name ?? '', 60));
  const list = formatList(language, places.length > NAMED ? [...names, `… (${places.length})`] : names);
  const t = commandText(language);
  return places.length === 0 ? t('infeasible.budgets') : t('infeasible.partners', { most: mostPartners, needs: list });
}

function infeasibleSentence(reason: Infeasible, { needs, offers }: Inputs, language: 'fr' | 'en'): string {
  const t = commandText(language);
  const { missing } = reason;
  const need = (place: number) => printable(needs[place]?.name ?? '', 60);
  const offer = (place: number) => printable(offers[place]?.name ?? '', 60);
  const list = (names: readonly string[]) =>
    formatList(language, names.length > NAMED ? [...names.slice(0, NAMED), `… (${names.length})`] : names);
  switch (reason.kind) {
    case 'need-overfilled':
      return t('infeasible.need', { need: need(reason.need), missing });
    case 'offer-overfilled':
      return t('infeasible.offer', { offer: offer(reason.offer), missing });
    case 'minimums-unreachable': {
      const [givers, receivers] = [list(reason.offers.map(offer)), list(reason.needs.map(need))];
      return receivers === ''
        ? t('infeasible.pairs', { n: reason.offers.length, offers: givers, missing })
        : t('infeasible.minimums', { n: reason.offers.length, offers: givers, needs: receivers, missing });
    }
  }
}

function invalidSentence({ field, row, fault }: InvalidProblem, { needs, offers }: Inputs): string {
  if (fault === 'too-large')
    return 'All units together are too many to be planned exactly: plan in parts, or in larger units.';
  const [table = '', column = ''] = field.split('.');
  const party = table === 'needs' ? needs[row] : table === 'offers' ? offers[row] : undefined;
  return `${table} ${party === undefined ? row + 1 : `“${printable(party.id)}”`}, ${column}: ${fault.replaceAll('-', ' ')}.`;
}
