/**
 * Sentences made of facts: why two are brought together, what keeps them apart, why a need goes without and what would
 * free it. Every decision of the program is said by one of these.
 */
import { formatList, formatMoney, formatPercent } from '../../../i18n/format.ts';
import type { Locale } from '../../../i18n/translator.ts';
import type { SupportUnit } from '../../../lib/quantity.ts';
import { eligibilitySentence } from '../../support/eligibility-words.ts';
import type { Staleness } from '../compare-plans.ts';
import type { MatchingText } from '../messages.ts';
import type { Obstacle } from '../pairing.ts';
import { hasLimits } from '../limits.ts';
import { isLimitedWhy, type Fact, type LightPlan, type Plan, type Unmet } from '../plan.ts';
import type { LightPool, PoolKind, PoolTheme } from '../pool.ts';
import { FREEING } from '../unmet.ts';

/** Names of codes, in the reader's language. */
export interface Names {
  readonly locale: Locale;
  kind(code: string): string;
  theme(code: string): string;
}

export function namesOf(
  locale: Locale,
  lists: { readonly kinds: readonly PoolKind[]; readonly themes: readonly PoolTheme[] },
): Names {
  const label = (one: { readonly labelFr: string; readonly labelEn: string }) =>
    locale === 'fr' ? one.labelFr : one.labelEn;
  const kinds = new Map(lists.kinds.map((kind) => [kind.code, label(kind)]));
  const themes = new Map(lists.themes.map((theme) => [theme.code, label(theme)]));
  return { locale, kind: (code) => kinds.get(code) ?? code, theme: (code) => themes.get(code) ?? code };
}

/** « 3 demi-journées ». */
export function amount(t: MatchingText, unit: SupportUnit, n: number): string {
  return t(`unit.${unit}`, { n });
}

/** The organisation that asks or gives, by the place of its need or offer. */
export function askerOf(pool: LightPool, need: number): { name: string; slug: string } {
  return organisationOf(pool, pool.needs[need]?.organisationId);
}

export function giverOf(pool: LightPool, offer: number): { name: string; slug: string } {
  return organisationOf(pool, pool.offers[offer]?.organisationId);
}

const FACTS_SAID = 2;

/** « Textes proches (santé, marché public) ; deux séances ensemble. » The strongest facts, in one sentence. */
export function whySentence(t: MatchingText, names: Names, facts: readonly Fact[], limit = FACTS_SAID): string {
  const said = facts.slice(0, limit).map((fact) => factWords(t, names, fact));
  if (said.length === 0) return t('why.none');
  const sentence = said.join(t('why.join'));
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

export function factWords(t: MatchingText, names: Names, fact: Fact): string {
  switch (fact.fact) {
    case 'pinned':
      return fact.reason === '' ? t('why.pinned') : t('why.pinnedBecause', { reason: fact.reason });
    case 'kind':
      return t('why.kind', { kind: names.kind(fact.kind) });
    case 'near-kind':
      return t('why.nearKind', { kind: names.kind(fact.kind), wanted: names.kind(fact.wanted) });
    case 'text':
      return t('why.text', { words: fact.words.join(', ') });
    case 'themes':
      return t('why.themes', { n: fact.codes.length, themes: formatList(names.locale, fact.codes.map(names.theme)) });
    case 'sector':
      return t('why.sector');
    case 'town':
      return t('why.town', { commune: fact.commune });
    case 'region':
      return t('why.region');
    case 'sessions':
      return t('why.sessions', { n: fact.count });
    case 'helped':
      return t('why.helped', { n: fact.count });
    case 'urgent':
      return t('why.urgent');
    case 'only-offer':
      return t('why.onlyOffer');
  }
}

/** Why an offer may not serve a need. */
export function obstacleSentence(t: MatchingText, locale: Locale, obstacle: Obstacle): string {
  switch (obstacle.rule) {
    case 'conditions':
      return obstacle.notes.map((note) => eligibilitySentence(locale, note)).join(' ');
    case 'conflict':
      return t('obstacle.conflict', { tie: obstacle.tie });
    case 'conflict-in-doubt':
      return t('obstacle.conflict-in-doubt', { ground: obstacle.ground });
    case 'refused':
      return t('obstacle.refused', { side: obstacle.side });
    case 'forbidden':
      return obstacle.reason === ''
        ? t('obstacle.forbidden')
        : t('obstacle.forbiddenBecause', { reason: obstacle.reason });
    case 'nothing-left':
      return t('obstacle.nothing-left', { side: obstacle.side });
    default:
      return t(`obstacle.${obstacle.rule}`);
  }
}

/** Why a need goes without, with the figures. */
export function unmetSentence(t: MatchingText, locale: Locale, pool: LightPool, need: number, unmet: Unmet): string {
  const unit = pool.needs[need]?.unit ?? 'half-day';
  if (unmet.why === 'no-offer') {
    const [first] = unmet.kept;
    return first === undefined
      ? t('unmet.noOffer')
      : t('unmet.keptAway', { n: unmet.kept.reduce((most, one) => Math.max(most, one.offers), 0), rule: first.rule });
  }
  if (unmet.why === 'capped') return t('unmet.capped');
  if (unmet.why === 'unknown') return t('unmet.unknown');
  if (unmet.why === 'headroom') {
    const left = formatMoney(locale, BigInt(unmet.headroomLeft ?? 0));
    return t('unmet.headroom', { organisation: askerOf(pool, need).name, left });
  }
  if (unmet.why === 'partners') return t('unmet.partners', { n: pool.mostPartners ?? 0 });
  if (unmet.why === 'taken') return t('unmet.taken', { n: unmet.blockedByCount });
  if (unmet.why === 'limits') return t('unmet.limits');
  const capacity = unmet.blockedBy.reduce((sum, offer) => sum + (pool.offers[offer]?.left ?? 0), 0);
  const isWhole = unmet.blockedByCount === unmet.blockedBy.length;
  return isWhole
    ? t('unmet.usedUp', { n: unmet.blockedByCount, amount: amount(t, unit, capacity) })
    : t('unmet.usedUpMany', { n: unmet.blockedByCount });
}

/** What would free a need, when something would. */
export function freeingSentence(t: MatchingText, locale: Locale, pool: LightPool, need: number, unmet: Unmet): string {
  const wanted = pool.needs[need];
  const unit = wanted?.unit ?? 'half-day';
  if (unmet.frees !== null) {
    const { offer, units } = unmet.frees;
    return t('frees.capacity', {
      amount: amount(t, unit, units),
      giver: giverOf(pool, offer).name,
      n: unmet.blockedByCount,
    });
  }
  if (isLimitedWhy(unmet.why)) return t(`frees.${unmet.why}`);
  if (unmet.why === 'used-up' && hasLimits(pool)) return t('frees.limits');
  if (unmet.why === 'used-up') return t('frees.crowd', { amount: amount(t, unit, FREEING.unitsAdded) });
  const [nearest] = unmet.nearest;
  if (nearest !== undefined) {
    const obstacles = nearest.obstacles.map((one) => obstacleSentence(t, locale, one)).join(' ');
    return t('frees.nearest', {
      giver: giverOf(pool, nearest.offer).name,
      title: pool.offers[nearest.offer]?.title ?? '',
      obstacles,
    });
  }
  const kind = pool.kinds.find(({ code }) => code === wanted?.kindCode);
  return t('frees.newOffer', {
    kind: kind === undefined ? '' : locale === 'fr' ? kind.labelFr : kind.labelEn,
    amount: amount(t, unit, unmet.missing),
  });
}

/** « 118 besoins servis sur 123, personne d’oublié ». */
export function planTitle(t: MatchingText, plan: Pick<LightPlan, 'outcome' | 'summary'>): string {
  const { needs, served, full, forgotten } = plan.summary;
  if (plan.outcome === 'impossible') return t('run.title.impossible');
  if (full === needs) return t('run.title.full', { n: needs });
  if (served === needs) return t('run.title.served', { needs, partly: needs - full });
  return t('run.title', { served, needs, forgotten });
}

/** What is known of a plan that no prices prove. */
export function boundedSentence(t: MatchingText, locale: Locale, { summary, limited }: LightPlan): string {
  const { gap, score, bound } = summary;
  if (limited === undefined) return t('outcome.gap', { gap, score });
  if (!limited.fairness) return t('outcome.limited.unproven');
  if (limited.total) return t('outcome.limited.proven');
  return t('outcome.limited.gap', {
    gap,
    score,
    share: formatPercent(locale, gap / Math.max(1, bound), { digits: 2 }),
  });
}

export function impossibleSentence(t: MatchingText, pool: LightPool, reason: NonNullable<Plan['impossible']>): string {
  if (!('kind' in reason)) return t('impossible.unreadable', { field: reason.field, row: reason.row + 1 });
  if (reason.kind === 'need-overfilled')
    return t('impossible.need', { title: pool.needs[reason.need]?.title ?? '', missing: reason.missing });
  if (reason.kind === 'offer-overfilled')
    return t('impossible.offer', { title: pool.offers[reason.offer]?.title ?? '', missing: reason.missing });
  if (reason.kind === 'side-constraints') {
    const needs = reason.constraints.flatMap((one) => ('need' in one ? [pool.needs[one.need]?.title ?? ''] : []));
    return t('impossible.limits', { n: needs.length, needs: needs.slice(0, 3).join(', ') });
  }
  const offers = reason.offers.map((offer) => pool.offers[offer]?.title ?? '');
  return t('impossible.minimums', { offers: offers.slice(0, 3).join(', '), missing: reason.missing });
}

export function stalenessSentence(t: MatchingText, stale: Staleness): string {
  if (stale.what === 'decisions-changed' || stale.what === 'limits-changed') return t(`stale.${stale.what}`);
  if (stale.what === 'conflict-declared' || stale.what === 'conflict-in-doubt')
    return t(`stale.${stale.what}`, { title: stale.title, other: stale.other });
  return t(`stale.${stale.what}`, { title: stale.title });
}

function organisationOf(pool: LightPool, id: string | undefined): { name: string; slug: string } {
  return pool.organisations.find((one) => one.id === id) ?? { name: '', slug: '' };
}
