/** One sentence for each rule that the checker finds broken. */
import type { Refusal } from '../../src/algorithms/flow/check-allocation.ts';
import { unreachable } from '../../src/lib/assert.ts';
import type { ReadDocument } from './document-reader.ts';
import type { CommandText } from './messages.ts';
import { printable } from './terminal.ts';

export function refusalSentence(t: CommandText, refusal: Refusal, { problem, names }: ReadDocument): string {
  const need = (place: number) => printable(names.needs[place] ?? String(place), 60);
  const offer = (place: number) => printable(names.offers[place] ?? String(place), 60);
  const pair = (place: number) => ({
    need: need(problem.pairs.need[place] ?? -1),
    offer: offer(problem.pairs.offer[place] ?? -1),
  });
  switch (refusal.rule) {
    case 'no-plan':
      return t('refusal.no-plan');
    case 'shape':
      return t('refusal.shape', { list: refusal.list });
    case 'whole-units':
      return t('refusal.whole-units', pair(refusal.pair));
    case 'pair-cap':
    case 'pair-minimum':
      return t(`refusal.${refusal.rule}`, { ...pair(refusal.pair), units: refusal.units, limit: refusal.limit });
    case 'need-wanted':
      return t('refusal.need-wanted', { need: need(refusal.need), units: refusal.units, limit: refusal.limit });
    case 'offer-capacity':
    case 'offer-minimum':
      return t(`refusal.${refusal.rule}`, { offer: offer(refusal.offer), units: refusal.units, limit: refusal.limit });
    case 'served':
      return t('refusal.served', { need: need(refusal.need), stated: refusal.stated, found: refusal.found });
    case 'given':
      return t('refusal.given', { offer: offer(refusal.offer), stated: refusal.stated, found: refusal.found });
    case 'total':
    case 'bound':
    case 'gap':
      return t(`refusal.${refusal.rule}`, { stated: refusal.stated, found: refusal.found });
    case 'levels':
      return t('refusal.levels', { place: refusal.place + 1 });
    case 'whole-price':
      return t('refusal.whole-price', { list: refusal.list, row: refusal.row });
    case 'need-price':
      return t('refusal.need-price', { need: need(refusal.need) });
    case 'offer-price':
      return t('refusal.offer-price', { offer: offer(refusal.offer) });
    case 'pair-price':
      return t('refusal.pair-price', pair(refusal.pair));
    default:
      return unreachable(refusal);
  }
}
