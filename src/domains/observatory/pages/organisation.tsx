/** Who is this organisation, what does it ask, what does it bring? Its public page. */
import { formatter } from '../../../i18n/format.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { Card, Cards } from '../../../ui/components/card.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import {
  organisationFacts,
  organisationLinks,
  organisationStructuredData,
} from '../../territory/components/organisation-facts.tsx';
import { directoryText } from '../../territory/messages.ts';
import { summaryIn, summaryLanguage } from '../../territory/organisation.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { observatoryText } from '../messages.ts';
import { sinceTheStart } from '../period.ts';
import { organisationView, type OrganisationView } from '../queries.server.ts';
import { organisationTwin } from '../twin-schema.ts';

export const organisationPage = territoryPage<OrganisationView>({
  path: '/:territory/organisations/:organisation',
  twin: { areas: ['directory', 'support', 'delivery'], response: organisationTwin },

  async load(visit, tx) {
    return (
      (await organisationView(
        tx,
        visit.principal,
        visit.params['organisation'] ?? '',
        sinceTheStart(visit.today),
        visit.locale,
      )) ?? NOT_FOUND
    );
  },

  view(data, visit) {
    const { organisation, themes } = data;
    const directory = directoryText(visit.locale);
    const summary = summaryIn(visit.locale, organisation);
    return {
      title: organisation.name,
      description: summary.slice(0, 160) || directory('description', { territory: visit.territory.name }),
      structuredData: organisationStructuredData(organisation, visit),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: directory('title'), href: pathIn(visit, 'organisations') },
              { label: organisation.name },
            ]}
            title={organisation.name}
            tags={organisation.parts.map((part) => (
              <Tag>{directory(`part.${part}`)}</Tag>
            ))}
            actions={organisationLinks(organisation, visit)}
          />
          <div class="columns side">
            <div>
              <div class="prose" lang={summaryLanguage(visit.locale, organisation)}>
                {summary === '' ? (
                  <p class="soft">{directory('noSummary')}</p>
                ) : (
                  summary.split(/\n{2,}/u).map((paragraph) => <p>{paragraph}</p>)
                )}
              </div>
              <Given data={data} visit={visit} />
              <Stated data={data} visit={visit} />
            </div>
            <Panel title={directory('facts')}>
              <DescriptionList facts={organisationFacts(organisation, themes, visit)} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});

/** What it gave, with the sessions behind the figure. */
function Given({ data: { minutesGiven, organisation }, visit }: { data: OrganisationView; visit: TerritoryVisit }) {
  const t = observatoryText(visit.locale);
  if (minutesGiven === 0) return null;
  return (
    <Figures>
      <Figure
        value={t('figure.hoursValue', { n: Math.floor(minutesGiven / 60) })}
        label={t('figure.hours')}
        href={`${pathIn(visit, 'heures')}?organisation=${organisation.slug}`}
      />
    </Figures>
  );
}

/** What it asks and what it brings, as far as the reader may see. */
function Stated({
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
