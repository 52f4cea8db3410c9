/** How agreements and money are written on a page: bound to one visit. */
import { formatter } from '../../../i18n/format.ts';
import { Tag, type TagTone } from '../../../ui/components/tag.tsx';
import { writeAmount } from '../../ledger/amount.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { COMMITMENT_UNITS, type CommitmentFamily } from '../agreement.ts';
import type { AgreementLine } from '../agreement-queries.server.ts';
import { standingOf, type InstalmentFacts, type Standing } from '../instalment.ts';
import { allianceText } from '../messages.ts';

export function allianceWords(visit: TerritoryVisit) {
  const t = allianceText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return {
    t,
    write,
    money: (cents: bigint) => write.money(cents, { round: true }),
    /** What was promised of a family, in its own unit. */
    promised: (family: CommitmentFamily, amount: bigint) =>
      writeAmount(write, (counted, n) => t(`amount.${counted}`, { n }), COMMITMENT_UNITS[family], amount),
    period: ({ startsOn, endsOn }: Pick<AgreementLine, 'startsOn' | 'endsOn'>) =>
      t('period', { from: write.date(startsOn), until: write.date(endsOn) }),
    textName: ({ number }: Pick<AgreementLine, 'number'>) =>
      number === 0 ? t('agreement.original') : t('agreement.amendment', { n: number }),
    agreementHref: (id: string) => pathIn(visit, 'conventions', id),
    instalmentHref: (id: string) => pathIn(visit, 'creances', id),
    expenseHref: (id: string) => pathIn(visit, 'depenses', id),
    entryHref: (id: string) => pathIn(visit, 'comptes', 'ecritures', id),
    organisationHref: (slug: string) => pathIn(visit, 'organisations', slug),
  };
}

export type AllianceWords = ReturnType<typeof allianceWords>;

const STANDING_TONES: Readonly<Record<Standing, TagTone>> = {
  planned: 'neutral',
  'to-call': 'info',
  due: 'info',
  overdue: 'warn',
  paid: 'good',
  withdrawn: 'neutral',
};

export function StandingTag({ instalment, visit }: { instalment: InstalmentFacts; visit: TerritoryVisit }) {
  const standing = standingOf(instalment, visit.today);
  return <Tag tone={STANDING_TONES[standing]}>{allianceText(visit.locale)(`standing.${standing}`)}</Tag>;
}

export function StateTag({ agreement, visit }: { agreement: AgreementLine; visit: TerritoryVisit }) {
  const t = allianceText(visit.locale);
  const { state, endsOn } = agreement;
  if (state === 'draft') return <Tag tone="warn">{t('state.draft')}</Tag>;
  if (state !== 'signed') return <Tag>{t(`state.${state}`)}</Tag>;
  const isOver = Temporal.PlainDate.compare(endsOn, visit.today) < 0;
  return isOver ? <Tag>{t('state.expired')}</Tag> : <Tag tone="good">{t('state.signed')}</Tag>;
}
