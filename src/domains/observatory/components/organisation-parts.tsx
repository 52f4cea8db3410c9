/** Pieces of the page of an organisation: its words, what it gave and received, what it asks and brings. */
import { formatter } from '../../../i18n/format.ts';
import { Card, Cards } from '../../../ui/components/card.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { directoryText, findingText } from '../../territory/messages.ts';
import type { OrganisationProfile } from '../../territory/organisation-profile.ts';
import { summaryIn, summaryLanguage, type Organisation } from '../../territory/organisation.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { observatoryText } from '../messages.ts';
import type { OrganisationView } from '../queries.server.ts';

/** Its text in the reader's language; the other one, where both are written, one click away. */
export function Texts({ organisation, visit }: { organisation: Organisation; visit: TerritoryVisit }) {
  const { summaryFr, summaryEn } = organisation;
  const other = visit.locale === 'fr' ? { lang: 'en', text: summaryEn } : { lang: 'fr', text: summaryFr };
  const summary = summaryIn(visit.locale, organisation);
  if (summary === '') return <p class="soft">{directoryText(visit.locale)('noSummary')}</p>;
  return (
    <>
      <div class="prose" lang={summaryLanguage(visit.locale, organisation)}>
        {paragraphs(summary)}
      </div>
      {other.text === '' || other.text === summary ? null : (
        <More summary={findingText(visit.locale)('page.otherLanguage')}>
          <div class="prose" lang={other.lang}>
            {paragraphs(other.text)}
          </div>
        </More>
      )}
    </>
  );
}

function paragraphs(text: string) {
  return text.split(/\n{2,}/u).map((paragraph) => <p>{paragraph}</p>);
}

export function Logo({ profile, visit }: { profile: OrganisationProfile; visit: TerritoryVisit }) {
  const { name, slug, version } = profile.organisation;
  if (!profile.hasLogo || !profile.isListed) return null;
  const src = `${pathIn(visit, 'organisations', slug, 'logo')}?v=${version}`;
  return <img class="logo" src={src} alt={findingText(visit.locale)('logo', { name })} />;
}

/** What it gave and received, with the sessions behind what it gave. */
export function Exchanged({
  data: { minutesGiven, minutesReceived, organisation },
  visit,
}: {
  data: OrganisationView;
  visit: TerritoryVisit;
}) {
  const t = observatoryText(visit.locale);
  if (minutesGiven === 0 && minutesReceived === 0) return null;
  const hours = (minutes: number) => t('figure.hoursValue', { n: Math.floor(minutes / 60) });
  return (
    <Figures>
      {minutesGiven > 0 ? (
        <Figure
          value={hours(minutesGiven)}
          label={t('figure.hours')}
          href={`${pathIn(visit, 'heures')}?organisation=${organisation.slug}`}
        />
      ) : null}
      {minutesReceived > 0 ? <Figure value={hours(minutesReceived)} label={t('figure.received')} /> : null}
    </Figures>
  );
}

/** What it asks and what it brings, as far as the reader may see. */
export function Stated({
  data: { needs, offers, kinds, organisation },
  visit,
}: {
  data: OrganisationView;
  visit: TerritoryVisit;
}) {
  const t = observatoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const asks = needs.length > 0 || organisation.parts.includes('startup');
  const card = (word: string, item: { id: string; title: string; kindCode: string; createdAt: Temporal.Instant }) => (
    <Card
      title={item.title}
      href={pathIn(visit, word, item.id)}
      meta={write.dayOf(item.createdAt)}
      tags={<Tag>{kinds.get(item.kindCode)}</Tag>}
    />
  );
  return (
    <>
      {asks ? (
        <Section title={t('organisation.needs')}>
          {needs.length === 0 ? (
            <p class="soft">{t('organisation.nothing')}</p>
          ) : (
            <Cards>{needs.map((need) => card('besoins', need))}</Cards>
          )}
        </Section>
      ) : null}
      {offers.length > 0 ? (
        <Section title={t('organisation.offers')}>
          <Cards>{offers.map((offer) => card('apports', offer))}</Cards>
        </Section>
      ) : null}
    </>
  );
}
