/** A partner's page: what it promised and what came of it; what is asked of it now, with its answers at hand. */
import { ledgerAmount } from '../../../lib/quantity.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { allianceText } from '../../alliance/messages.ts';
import { matchAddress } from '../../matching/address.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { PromiseLine } from '../promise.ts';
import type { AskedMatch, PromiseScreen } from '../promise-screen.server.ts';
import type { SessionView } from '../session-queries.server.ts';
import { deliveryWords } from './words.tsx';

export function PromiseTable({ visit, lines }: { visit: TerritoryVisit; lines: readonly PromiseLine[] }) {
  const { t, amount } = deliveryWords(visit);
  const family = allianceText(visit.locale);
  const column = (key: 'promised' | 'asked' | 'delivered' | 'left') => ({
    key,
    title: t(`promise.${key}`),
    numeric: true,
    cell: (line: PromiseLine) => amount(line.unit, line[key]),
  });
  return (
    <DataTable<PromiseLine>
      caption={t('promise.caption')}
      hideCaption
      rows={lines}
      rowKey={(line) => line.family}
      empty={<p class="soft">{t('promise.nothing')}</p>}
      columns={[
        { key: 'family', title: t('promise.family'), heading: true, cell: (line) => family(`family.${line.family}`) },
        column('promised'),
        column('asked'),
        column('delivered'),
        column('left'),
      ]}
    />
  );
}

/** One press accepts; a refusal asks for its reason on the page of the match. */
export function AskedNow({
  visit,
  asked,
  carriers,
}: { visit: TerritoryVisit } & Pick<PromiseScreen, 'asked' | 'carriers'>) {
  const { t, amountOf } = deliveryWords(visit);
  return (
    <Section
      title={t('promise.now', { n: asked.length })}
      lead={asked.length === 0 ? t('promise.nowNothing') : undefined}
    >
      {asked.length === 0 ? null : (
        <DataTable<AskedMatch>
          caption={t('promise.nowCaption')}
          hideCaption
          rows={asked}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'need',
              title: t('promise.need'),
              heading: true,
              cell: ({ id, needTitle }) => <a href={matchAddress(pathIn(visit), id)}>{needTitle}</a>,
            },
            { key: 'who', title: t('promise.who'), cell: ({ needOrganisation }) => needOrganisation },
            {
              key: 'amount',
              title: t('promise.amount'),
              numeric: true,
              cell: (match) =>
                amountOf(match, ledgerAmount(match.unit, match.quantity, visit.territory.halfDayMinutes)),
            },
            { key: 'carrier', title: t('promise.carrier'), cell: ({ id }) => carriers.get(id) ?? '' },
            {
              key: 'answer',
              title: t('promise.answer'),
              cell: (match) => <Answers visit={visit} match={match} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

function Answers({ visit, match }: { visit: TerritoryVisit; match: AskedMatch }) {
  const { t } = deliveryWords(visit);
  const href = matchAddress(pathIn(visit), match.id);
  return (
    <div class="row">
      <Form
        action={href}
        name="answer"
        hidden={{ side: 'offer', answer: 'accepted' }}
        idempotencyKey={formKey(visit)}
        inline
      >
        <SubmitButton small>{t('promise.accept')}</SubmitButton>
      </Form>
      <ButtonLink small tone="plain" href={`${href}#reponse`}>
        {t('promise.decline')}
      </ButtonLink>
      <ButtonLink small tone="plain" href={`${href}#confier`}>
        {t('promise.hand')}
      </ButtonLink>
    </div>
  );
}

export function Upcoming({ visit, upcoming }: { visit: TerritoryVisit; upcoming: readonly SessionView[] }) {
  const words = deliveryWords(visit);
  const { t } = words;
  if (upcoming.length === 0) return null;
  return (
    <Section title={t('promise.upcoming')}>
      <DataTable<SessionView>
        caption={t('promise.upcoming')}
        hideCaption
        rows={upcoming}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'when',
            title: t('promise.when'),
            heading: true,
            cell: (session) => <a href={words.sessionHref(session.id)}>{words.when(session)}</a>,
          },
          { key: 'who', title: t('promise.who'), cell: ({ receiverName }) => receiverName },
          { key: 'need', title: t('promise.need'), cell: ({ needTitle }) => needTitle },
          {
            key: 'move',
            title: t('promise.move'),
            hideTitle: true,
            cell: ({ id }) => (
              <ButtonLink small tone="plain" href={`${words.sessionHref(id)}/deplacer`}>
                {t('promise.move')}
              </ButtonLink>
            ),
          },
        ]}
      />
    </Section>
  );
}

export function AgreementLinks({ visit, agreements }: { visit: TerritoryVisit } & Pick<PromiseScreen, 'agreements'>) {
  const { t, write } = deliveryWords(visit);
  if (agreements.length === 0) return <p class="soft">{t('promise.noAgreement')}</p>;
  return (
    <ul>
      {agreements.map(({ id, title, reference, startsOn, endsOn }) => (
        <li>
          <a href={pathIn(visit, 'conventions', id)}>{reference || title}</a>{' '}
          <span class="soft">
            {write.shortDate(startsOn)} – {write.shortDate(endsOn)}
          </span>
        </li>
      ))}
    </ul>
  );
}
