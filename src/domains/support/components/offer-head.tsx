/** The head of an offer's page: who brings what, its marks, what a reader may do, where it stands. */
import type { ComponentChildren } from 'preact';
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { isAvailable } from '../conditions.ts';
import { kindLabel, type SupportKind } from '../kind.ts';
import { supportText } from '../messages.ts';
import type { WholeOffer } from '../offer-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { periodIn } from './offer-facts.tsx';
import { ActButton } from './stated-page.tsx';
import { amount, isOver, OfferStateTag } from './words.tsx';

interface OfferHeadProps {
  readonly offer: WholeOffer;
  readonly visit: TerritoryVisit;
}

export function OfferLead({ offer, visit }: OfferHeadProps) {
  const t = supportText(visit.locale);
  const organisation = (inside: ComponentChildren) => (
    <a href={pathIn(visit, 'organisations', offer.organisationSlug)}>{inside}</a>
  );
  return (
    <>
      {t.rich<ComponentChildren>('offer.lead', {
        name: offer.organisationName,
        amount: amount(t, offer.unit, offer.capacity),
        period: periodIn(offer.conditions, visit) ?? 'none',
        organisation,
      })}
    </>
  );
}

export function OfferMarks({ offer, kinds, visit }: OfferHeadProps & { kinds: readonly SupportKind[] }) {
  const kind = kinds.find(({ code }) => code === offer.kindCode);
  return (
    <>
      <OfferStateTag offer={offer} today={visit.today} t={supportText(visit.locale)} />
      {kind === undefined ? null : <Tag>{kindLabel(visit.locale, kind)}</Tag>}
    </>
  );
}

export function OfferActs({ offer, visit }: OfferHeadProps) {
  const t = supportText(visit.locale);
  if (!mayEdit(visit.principal, offer)) return null;
  const button = (move: 'pause' | 'resume' | 'withdraw' | 'reopen') => (
    <ActButton visit={visit} name={move} version={offer.version} label={t(`act.${move}`)} />
  );
  if (offer.state === 'withdrawn') return button('reopen');
  return (
    <>
      {button('withdraw')}
      {button(offer.state === 'paused' ? 'resume' : 'pause')}
      <ButtonLink href={pathIn(visit, 'apports', offer.id, 'modifier')}>{t('act.edit')}</ButtonLink>
    </>
  );
}

/** Where the offer stands, in a sentence, when there is something to say or to do. */
export function OfferStanding({ offer, openNeeds, visit }: OfferHeadProps & { openNeeds: number }) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { availableFrom, availableUntil } = offer.conditions;
  if (offer.state === 'withdrawn') return <Notice tone="plain">{t('offer.isWithdrawn')}</Notice>;
  if (offer.state === 'paused') return <Notice tone="plain">{t('offer.isPaused')}</Notice>;
  if (availableUntil !== null && isOver(offer.conditions, visit.today))
    return (
      <Notice tone="plain">{t('offer.isOver', { date: write.date(availableUntil.subtract({ days: 1 })) })}</Notice>
    );
  if (availableFrom !== null && !isAvailable(offer.conditions, visit.today))
    return <Notice tone="info">{t('offer.isSoon', { date: write.date(availableFrom) })}</Notice>;
  return (
    <p class="soft">
      {t('offer.needsOpen', { n: openNeeds })}{' '}
      {openNeeds > 0 ? (
        <a href={`${pathIn(visit, 'besoins')}?nature=${offer.kindCode}`}>{t('need.offersLink')}</a>
      ) : null}
    </p>
  );
}
