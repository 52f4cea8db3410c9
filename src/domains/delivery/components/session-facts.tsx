/** What a session is: when, where, who for whom, about what, and what was booked. */
import { DescriptionList, type Fact } from '../../../ui/components/description-list.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { ledgerAmount } from '../../../lib/quantity.ts';
import type { SessionView } from '../session-queries.server.ts';
import { deliveryWords } from './words.tsx';

export function SessionFacts({ visit, session }: { visit: TerritoryVisit; session: SessionView }) {
  const words = deliveryWords(visit);
  const { t, write } = words;
  const matched = words.amountOf(session, ledgerAmount(session.unit, session.quantity, visit.territory.halfDayMinutes));
  const facts: Fact[] = [
    { term: t('session.when'), details: <time datetime={session.startsAt.toString()}>{words.when(session)}</time> },
    { term: t('session.duration'), details: write.hours(session.durationMinutes) },
    ...(session.place === '' ? [] : [{ term: t('session.place'), details: session.place }]),
    ...(session.link === ''
      ? []
      : [
          {
            term: t('session.link'),
            details: (
              <a href={session.link} rel="noopener noreferrer">
                {new URL(session.link).hostname}
              </a>
            ),
          },
        ]),
    { term: t('session.giver'), details: <a href={words.organisationHref(session.giverSlug)}>{session.giverName}</a> },
    {
      term: t('session.receiver'),
      details: <a href={words.organisationHref(session.receiverSlug)}>{session.receiverName}</a>,
    },
    { term: t('session.kind'), details: words.kind(session) },
    {
      term: t('session.match'),
      details: (
        <a href={pathIn(visit, 'mises-en-relation', session.matchId)}>{t('session.matchValue', { amount: matched })}</a>
      ),
    },
    ...booked(visit, session),
  ];
  return <DescriptionList facts={facts} />;
}

function booked(visit: TerritoryVisit, session: SessionView): Fact[] {
  const words = deliveryWords(visit);
  const { t } = words;
  if (session.state !== 'confirmed') return [];
  if (session.entryId === null) return [{ term: t('session.booked'), details: t('session.nothingBooked') }];
  const amount = words.amountOf(session, session.giver?.amount ?? 0n);
  return [
    {
      term: t('session.booked'),
      details: <a href={pathIn(visit, 'comptes', 'ecritures', session.entryId)}>{t('session.seeEntry', { amount })}</a>,
    },
  ];
}
