/** How sessions are named and written on a page: bound to one visit. */
import { formatter } from '../../../i18n/format.ts';
import { ledgerUnitOf, type LedgerUnit } from '../../../lib/quantity.ts';
import { Tag } from '../../../ui/components/tag.tsx';
import { writeAmount } from '../../ledger/amount.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { deliveryText } from '../messages.ts';
import type { EngagementView, SessionView } from '../session-queries.server.ts';
import { phaseOf } from '../session.ts';

export function deliveryWords(visit: TerritoryVisit) {
  const t = deliveryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const amount = (unit: LedgerUnit, value: bigint) =>
    writeAmount(write, (counted, n) => t(`amount.${counted}`, { n }), unit, value);
  return {
    t,
    write,
    amount,
    amountOf: ({ unit }: Pick<EngagementView, 'unit'>, value: bigint) => amount(ledgerUnitOf(unit), value),
    kind: (row: { readonly kindLabelFr: string; readonly kindLabelEn: string }) =>
      visit.locale === 'fr' ? row.kindLabelFr : row.kindLabelEn,
    when: (session: Pick<SessionView, 'startsAt'>) =>
      write.dateTime(session.startsAt, {
        year: session.startsAt.toZonedDateTimeISO(visit.territory.zone).year !== visit.today.year,
      }),
    sessionHref: (id: string) => pathIn(visit, 'seances', id),
    organisationHref: (slug: string) => pathIn(visit, 'organisations', slug),
  };
}

export type DeliveryWords = ReturnType<typeof deliveryWords>;

/** Where a session stands, and whose turn it is. */
export function PhaseTag({ session, visit }: { session: SessionView; visit: TerritoryVisit }) {
  const { t } = deliveryWords(visit);
  const phase = phaseOf(session, visit.now);
  if (phase === 'confirmed') return <Tag tone="good">{t('phase.confirmed')}</Tag>;
  if (phase === 'cancelled') return <Tag>{t('phase.cancelled')}</Tag>;
  if (phase === 'upcoming') return <Tag tone="info">{t('phase.upcoming')}</Tag>;
  const { giver, receiver, giverName, receiverName } = session;
  if (giver !== null && receiver !== null) return <Tag tone="warn">{t('phase.differs')}</Tag>;
  if (giver !== null) return <Tag tone="warn">{t('phase.waits-receiver', { receiver: receiverName })}</Tag>;
  if (receiver !== null) return <Tag tone="warn">{t('phase.waits-giver', { giver: giverName })}</Tag>;
  return <Tag tone="warn">{t('phase.to-confirm')}</Tag>;
}
