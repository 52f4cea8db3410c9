/** How State aid is told on a page: bound to one visit. */
import { formatter } from '../../../i18n/format.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { NamedRefusal } from '../aid-acts.server.ts';
import { aidErrors } from '../aid-errors.server.ts';
import { aidText } from '../aid-messages.ts';

export function aidWords(visit: TerritoryVisit) {
  const t = aidText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return {
    t,
    write,
    translate: aidErrors(visit.locale),
    money: (cents: bigint) => write.money(cents, { round: true }),
    firmHref: (slug: string) => pathIn(visit, 'organisations', slug, 'aides'),
    organisationHref: (slug: string) => pathIn(visit, 'organisations', slug),
  };
}

export type AidWords = ReturnType<typeof aidWords>;

const MOST_NAMED = 5;

/** DM-05 in sentences: what is full, what fills it, what could be decided instead, and when this could. */
export function refusalSentence(refusal: NamedRefusal, words: AidWords): string {
  const { t, write, money } = words;
  const { passed, roomCents, comesBackOn, named } = refusal;
  const lines = passed.filling.slice(0, MOST_NAMED).map(({ id, cents, grantedOn }) => {
    const line = named.find((each) => each.id === id);
    const day = write.date(grantedOn);
    return t('refused.line', {
      firm: line?.firmName ?? '',
      authority: line?.authority ?? '',
      amount: money(cents),
      day,
    });
  });
  return [
    t('refused.over', {
      ceiling: money(passed.ceilingCents),
      filled: money(passed.filledCents),
      from: write.date(passed.window.from),
      until: write.date(passed.window.until),
    }),
    lines.length > 0
      ? t('refused.filling', { lines: write.list(lines), more: passed.filling.length - lines.length })
      : '',
    roomCents > 0n ? t('refused.smaller', { room: money(roomCents) }) : t('refused.nothing'),
    comesBackOn === undefined ? t('refused.never') : t('refused.back', { day: write.date(comesBackOn) }),
  ]
    .filter(Boolean)
    .join(' ');
}
