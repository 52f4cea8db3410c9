/** How the bank's movements are written on a page: bound to one visit. */
import { formatter } from '../../../../i18n/format.ts';
import { Tag, type TagTone } from '../../../../ui/components/tag.tsx';
import { pathIn, type TerritoryVisit } from '../../../territory/visit.ts';
import { bankText } from '../bank-messages.ts';
import type { MovementLine } from '../bank-queries.server.ts';
import { standingOfMovement, type MovementStanding } from '../movement.ts';

export function bankWords(visit: TerritoryVisit) {
  const t = bankText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return {
    t,
    write,
    money: (cents: bigint) => write.money(cents, { round: true }),
    nameOf: ({ counterparty }: Pick<MovementLine, 'counterparty'>) => counterparty || t('unnamed'),
    movementHref: (id: string) => pathIn(visit, 'banque', id),
  };
}

export type BankWords = ReturnType<typeof bankWords>;

const TONES: Readonly<Record<MovementStanding, TagTone>> = {
  open: 'warn',
  booked: 'good',
  'set-aside': 'neutral',
  outgoing: 'neutral',
};

export function MovementTag({ movement, words: { t } }: { movement: MovementLine; words: BankWords }) {
  const standing = standingOfMovement(movement);
  return <Tag tone={TONES[standing]}>{t(`standing.${standing}`)}</Tag>;
}
