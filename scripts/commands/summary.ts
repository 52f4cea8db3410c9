/** The figures of a plan in a few sentences, and what a person reads on the terminal: who gets what, who waits, what lacks. */
import type { AllocationProblem, Plan } from '../../src/algorithms/flow/allocation.ts';
import { formatList, formatNumber, formatPercent } from '../../src/i18n/format.ts';
import type { WrittenLimits } from '../../src/domains/matching/limits.ts';
import { scoreText, type ScoreScale } from './cell-numbers.ts';
import { commandText } from './messages.ts';
import type { PlanDocument } from './plan-document.ts';
import { printable } from './terminal.ts';

/** Written with the plan. */
export function summaryLines(
  language: 'fr' | 'en',
  {
    problem,
    answer,
    list,
    limited,
  }: {
    readonly problem: AllocationProblem;
    readonly answer: Plan & { readonly status: 'optimal' | 'bounded' };
    readonly list: ScoreScale;
    readonly limited: { readonly limits: WrittenLimits; readonly isProven: boolean } | null;
  },
): string[] {
  const t = commandText(language);
  const { wanted } = problem.needs;
  const sum = (values: Int32Array) => values.reduce((total, value) => total + value, 0);
  const full = wanted.filter((units, i) => answer.served[i] === units).length;
  const none = wanted.filter((units, i) => units > 0 && answer.served[i] === 0).length;
  const needs = wanted.length;
  const total = scoreText(answer.totalScore, list, sum(answer.served));
  return [
    limited === null
      ? t(`summary.${answer.status}`)
      : t(limited.isProven ? 'summary.limited' : 'summary.limitedUnproven', {
          most: limited.limits.mostPartners ?? 0,
          budgets: limited.limits.budgets === undefined ? 'no' : 'yes',
        }),
    t('summary.needs', { needs, full, part: needs - full - none, none }),
    t('summary.units', { given: sum(answer.served), wanted: sum(wanted), offered: sum(problem.offers.capacity) }),
    ...leastServed(language, problem, answer),
    t('summary.total', { total: formatNumber(language, Number(total), { digits: list.decimals }) }),
  ];
}

/** Lines shown of each list, unless all are asked for. */
const SHOWN = 30;
const NAME_WIDTH = 38;
const GIVERS_NAMED = 5;

/** What the person sees, from the document alone. */
export function screenOf(language: 'fr' | 'en', document: PlanDocument, showsAll: boolean): string {
  const t = commandText(language);
  const most = showsAll ? Infinity : SHOWN;
  const names = {
    needs: new Map(document.needs.map(({ id, name }) => [id, name])),
    offers: new Map(document.offers.map(({ id, name }) => [id, name])),
  };
  const agreements = document.agreements
    .toSorted((a, b) => orderOf(document, a.need) - orderOf(document, b.need))
    .map(({ need, offer, units, score }) =>
      [
        `  ${column(names.needs.get(need) ?? need)}`,
        formatNumber(language, units).padStart(5),
        ` ${column(names.offers.get(offer) ?? offer)}`,
        scoreText(score, document.scores).padStart(9),
      ].join(' '),
    );
  const section = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return [];
    const more = lines.length > most ? [`  ${t('summary.more', { n: lines.length - most })}`] : [];
    return ['', title, ...lines.slice(0, most), ...more];
  };
  const sentence = ({ sentence: both }: { readonly sentence: { readonly fr: string; readonly en: string } }) =>
    `  ${printable(both[language], 400)}`;
  const lines = [
    ...document.summary[language],
    ...(agreements.length === 0 ? [t('summary.nothing')] : []),
    ...section(t('summary.agreements'), agreements),
    ...section(t('summary.unmet'), document.unmet.map(sentence)),
    ...section(t('summary.worth'), worthLines(language, document, names)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Need by need: where one more unit would reach it. */
function worthLines(
  language: 'fr' | 'en',
  { worth }: PlanDocument,
  names: { readonly needs: ReadonlyMap<string, string>; readonly offers: ReadonlyMap<string, string> },
): string[] {
  const t = commandText(language);
  const givers = new Map<string, string[]>();
  for (const { offer, serves } of worth)
    if (serves !== null)
      givers.set(serves, [...(givers.get(serves) ?? []), printable(names.offers.get(offer) ?? offer, 60)]);
  return [...givers].map(([need, offers]) => {
    const more = offers.length > GIVERS_NAMED ? [t('unmet.andMore', { n: offers.length - GIVERS_NAMED })] : [];
    const listed = formatList(language, [...offers.slice(0, GIVERS_NAMED), ...more], 'or');
    return `  ${t('worth.group', { offers: listed, need: printable(names.needs.get(need) ?? need, 60) })}`;
  });
}

const orders = new WeakMap<PlanDocument, ReadonlyMap<string, number>>();

/** Agreements are told need by need, in the order of the file. */
function orderOf(document: PlanDocument, need: string): number {
  const known = orders.get(document) ?? new Map(document.needs.map(({ id }, place) => [id, place]));
  orders.set(document, known);
  return known.get(need) ?? 0;
}

function column(text: string): string {
  return printable(text, NAME_WIDTH).padEnd(NAME_WIDTH);
}

function leastServed(language: 'fr' | 'en', { needs }: AllocationProblem, { served }: Pick<Plan, 'served'>): string[] {
  const shares = [...needs.wanted].flatMap((wanted, i) => (wanted > 0 ? [(served[i] ?? 0) / wanted] : []));
  const least = shares.reduce((worst, share) => Math.min(worst, share), 1);
  if (shares.length === 0 || least === 1) return [];
  const n = shares.filter((share) => share === least).length;
  return [
    commandText(language)('summary.least', {
      share: formatPercent(language, Math.floor(least * 1000) / 1000, { digits: 1 }),
      n,
    }),
  ];
}
