/**
 * The document of a plan from its parts: figures, agreements, reasons and sentences in both languages.
 *
 * Must always hold: the same problem, answer and reasons give the same document, byte for byte; every sentence is said
 * of figures that stand in the document.
 */
import type { Allocation, AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import type { UnmetNeed } from '../../src/algorithms/flow/explain-allocation.ts';
import { formatList } from '../../src/i18n/format.ts';
import type { WrittenLimits } from '../../src/domains/matching/limits.ts';
import { eligibilitySentence } from '../../src/domains/support/eligibility-words.ts';
import { scoreText } from './cell-numbers.ts';
import { commandText } from './messages.ts';
import type { PairList } from './pair-list.ts';
import type { NeedEntry, OfferEntry } from './parties.ts';
import {
  PLAN_FORMAT,
  PLAN_VERSION,
  writeAnswer,
  writeProblem,
  type PlanDocument,
  type Sentence,
  type WrittenAgreement,
  type WrittenUnmet,
  type WrittenWorth,
} from './plan-document.ts';
import type { Explained } from './solving.ts';
import { summaryLines } from './summary.ts';

export type WithPlan = Extract<Allocation, { status: 'optimal' | 'bounded' }>;

export interface PlanParts {
  readonly needs: readonly NeedEntry[];
  readonly offers: readonly OfferEntry[];
  readonly list: PairList;
  readonly problem: AllocationProblem;
  readonly answer: WithPlan;
  readonly explained: Explained | null;
  /** A limit that was in the way of this plan, and whether the solver says that none is better. */
  readonly limited: { readonly limits: WrittenLimits; readonly isProven: boolean } | null;
  readonly sources: PlanDocument['sources'];
  readonly scores: PlanDocument['scores'];
}

export function makeDocument(parts: PlanParts): PlanDocument {
  const { needs, offers, problem, answer } = parts;
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
  return {
    format: PLAN_FORMAT,
    version: PLAN_VERSION,
    sources: parts.sources,
    scores: parts.scores,
    needs: needs.map(named),
    offers: offers.map(named),
    problem: writeProblem(problem),
    ...(parts.limited === null ? {} : { limits: parts.limited.limits }),
    answer: writeAnswer(answer, answer.status === 'optimal' ? answer.certificate : null),
    agreements: agreementsOf(parts),
    unmet: unmetOf(parts),
    worth: worthOf(parts),
    summary: bothLanguages((language) => summaryLines(language, parts)),
  };
}

function bothLanguages<Value>(say: (language: 'fr' | 'en') => Value): { readonly fr: Value; readonly en: Value } {
  return { fr: say('fr'), en: say('en') };
}

function agreementsOf(parts: PlanParts): WrittenAgreement[] {
  const { needs, offers, problem, answer, list } = parts;
  const { pairs } = problem;
  const choices = new Int32Array(needs.length);
  pairs.need.forEach((i, a) => (choices[i] = (choices[i] ?? 0) + Number((pairs.cap[a] ?? 0) > 0)));
  const given = answer.units
    .keys()
    .toArray()
    .filter((a) => (answer.units[a] ?? 0) > 0);
  return given.map((a) => {
    const [i = 0, j = 0, units = 0, score = 0] = [pairs.need[a], pairs.offer[a], answer.units[a], pairs.score[a]];
    const [need, offer] = [needs[i], offers[j]];
    const reasons = list.reasonsOf(a);
    const sentence = bothLanguages((language) => {
      const t = commandText(language);
      const themes = reasons?.themes ?? [];
      const why = [
        ...(choices[i] === 1 ? [t('why.only')] : []),
        ...(reasons !== null && reasons.words.length > 0
          ? [t('why.words', { words: formatList(language, reasons.words) })]
          : []),
        ...(themes.length > 0 ? [t('why.themes', { n: themes.length, themes: formatList(language, themes) })] : []),
        t('why.score', { score: scoreText(score, list) }),
      ].join(t('why.join'));
      return t('agreement', { need: need?.name ?? '', offer: offer?.name ?? '', units, why });
    });
    const toVerify = (reasons?.remarks ?? []).map((remark) =>
      bothLanguages((language) => eligibilitySentence(language, remark)),
    );
    return { need: need?.id ?? '', offer: offer?.id ?? '', units, score, sentence, toVerify };
  });
}

const OFFERS_KEPT = 12;
const OFFERS_NAMED = 3;

function unmetOf(parts: PlanParts): WrittenUnmet[] {
  const { needs, offers, problem, answer, explained } = parts;
  const nearest = nearestFirst(problem);
  const reasonOf = new Map(explained?.unmet.map((one) => [one.need, one]));
  const offerIds = (places: readonly number[]) => places.slice(0, OFFERS_KEPT).map((place) => offers[place]?.id ?? '');
  return needs.flatMap((need, i) => {
    const missing = need.wanted - (answer.served[i] ?? 0);
    if (missing === 0) return [];
    const reason = reasonOf.get(i);
    const cheapest = reason?.cheapest ?? null;
    return {
      need: need.id,
      missing,
      why: reason?.why ?? 'unknown',
      offers: offerIds(nearest(i, reason?.offers ?? [])),
      offersCount: reason?.offers.length ?? 0,
      frees: cheapest && { offer: offers[cheapest.offer]?.id ?? '', units: cheapest.units },
      sentence: bothLanguages((language) => unmetSentence(language, parts, i, missing, reason, nearest)),
    };
  });
}

function unmetSentence(
  language: 'fr' | 'en',
  parts: PlanParts,
  i: number,
  missing: number,
  reason: UnmetNeed | undefined,
  nearest: Nearest,
): string {
  const t = commandText(language);
  const { needs, offers, list } = parts;
  const { name, wanted } = needs[i] ?? { name: '', wanted: 0 };
  const offerName = (place: number) => offers[place]?.name ?? '';
  const lacks =
    missing === wanted ? t('unmet.none', { need: name, missing }) : t('unmet.part', { need: name, missing, wanted });
  if (reason === undefined) return `${lacks} ${t(parts.limited === null ? 'unmet.unknown' : 'unmet.limited')}`;
  if (reason.why === 'no-pair') {
    const kept = list.keptFrom(i);
    if (kept === null) return `${lacks} ${t('unmet.noPair')}`;
    const [note] = kept.nearest.notes;
    const sentence = note === undefined ? '' : eligibilitySentence(language, note);
    return `${lacks} ${t('unmet.kept', { n: kept.offers, offer: offerName(kept.nearest.offer), sentence })}`;
  }
  if (reason.why === 'capped') return `${lacks} ${t('unmet.capped')}`;
  const count = reason.offers.length;
  const more = count > OFFERS_NAMED ? [t('unmet.andMore', { n: count - OFFERS_NAMED })] : [];
  const named = [...nearest(i, reason.offers).slice(0, OFFERS_NAMED).map(offerName), ...more];
  const { cheapest } = reason;
  const used = t('unmet.exhausted', { n: count, offers: listed(language, named) });
  if (parts.explained?.isBrief) return `${lacks} ${used}`;
  const freed =
    cheapest === null
      ? t('unmet.crowd')
      : t('unmet.frees', { units: cheapest.units, offer: offerName(cheapest.offer) });
  return `${lacks} ${used} ${freed}`;
}

/** Most lists have one name. */
function listed(language: 'fr' | 'en', names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : formatList(language, names);
}

type Nearest = (need: number, offers: readonly number[]) => number[];

/** Offers that may serve the need themselves, the best score first; then those that others would have to make way at. */
function nearestFirst({ pairs }: AllocationProblem): Nearest {
  const scores = new Map<number, Map<number, number>>();
  pairs.need.forEach((i, a) => {
    const own = scores.get(i) ?? new Map<number, number>();
    scores.set(i, own.set(pairs.offer[a] ?? 0, pairs.score[a] ?? 0));
  });
  const score = (need: number, offer: number) => scores.get(need)?.get(offer) ?? -1;
  return (need, offers) => offers.toSorted((a, b) => score(need, b) - score(need, a));
}

/** What serves somebody first, then the greatest score. */
function worthOf({ needs, offers, list, explained }: PlanParts): WrittenWorth[] {
  const changing = (explained?.worth ?? []).filter(({ serves, scoreGain }) => serves !== null || scoreGain > 0);
  return changing
    .toSorted(
      (a, b) => Number(b.serves !== null) - Number(a.serves !== null) || b.scoreGain - a.scoreGain || a.offer - b.offer,
    )
    .map(({ offer: j, serves, scoreGain }) => {
      const offer = offers[j]?.name ?? '';
      const sentence: Sentence = bothLanguages((language) =>
        serves === null
          ? commandText(language)('worth.score', { offer, score: scoreText(scoreGain, list, 0) })
          : commandText(language)('worth.serves', { offer, need: needs[serves]?.name ?? '' }),
      );
      return {
        offer: offers[j]?.id ?? '',
        serves: serves === null ? null : (needs[serves]?.id ?? null),
        score: scoreGain,
        sentence,
      };
    });
}
