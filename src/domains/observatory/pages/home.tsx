/** What does this territory give to its startups, and what comes of it? The first page, for everyone. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Card, Cards } from '../../../ui/components/card.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import type { Part } from '../../territory/organisation.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { HoursPicture } from '../components/hours-picture.tsx';
import { WhoIsHere } from '../components/who-is-here.tsx';
import { observatoryText } from '../messages.ts';
import { sinceTheStart } from '../period.ts';
import { glanceAt, kindLabels, type Glance } from '../queries.server.ts';
import { homeTwin } from '../twin-schema.ts';

interface Data {
  readonly glance: Glance;
  readonly kinds: ReadonlyMap<string, string>;
}

export const homePage = territoryPage<Data>({
  path: '/:territory',
  twin: { areas: ['directory', 'support'], response: homeTwin, of: ({ glance }) => glance },

  async load(visit, tx) {
    return {
      glance: await glanceAt(tx, visit.principal, sinceTheStart(visit.today)),
      kinds: await kindLabels(tx, visit.locale),
    };
  },

  view({ glance, kinds }, visit) {
    const t = observatoryText(visit.locale);
    const count = (part: Part) => glance.parts.get(part) ?? 0;
    return {
      title: visit.territory.name,
      description: t('home.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            hero
            title={t('home.title', { n: count('startup') })}
            lead={t('home.lead', { partners: count('company-partner'), publicBodies: count('public-body') })}
            actions={
              <>
                <ButtonLink href={pathIn(visit, 'organisations')}>{t('home.find')}</ButtonLink>
                <ButtonLink tone="quiet" href={pathIn(visit, 'besoins', 'nouveau')}>
                  {t('home.ask')}
                </ButtonLink>
              </>
            }
          />
          <KeyFigures glance={glance} visit={visit} />
          <HoursPicture flow={glance.flow} visit={visit} />
          <LatestNeeds glance={glance} kinds={kinds} visit={visit} />
          <WhoIsHere glance={glance} visit={visit} />
        </>
      ),
    };
  },
});

function KeyFigures({ glance, visit }: { glance: Glance; visit: TerritoryVisit }) {
  const t = observatoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { minutesGiven, needsMet, medianDays, openNeeds } = glance;
  return (
    <Figures>
      <Figure
        value={t('figure.hoursValue', { n: Math.floor(minutesGiven / 60) })}
        label={t('figure.hours')}
        href={pathIn(visit, 'heures')}
      />
      <Figure
        value={write.number(needsMet)}
        label={t('figure.met', { n: needsMet })}
        href={pathIn(visit, 'besoins-servis')}
      />
      <Figure
        value={medianDays === null ? '–' : t('figure.daysValue', { n: medianDays })}
        label={medianDays === null ? t('figure.noDays') : t('figure.days')}
        href={pathIn(visit, 'besoins-servis')}
      />
      <Figure
        value={write.number(openNeeds)}
        label={t('figure.open', { n: openNeeds })}
        href={`${pathIn(visit, 'besoins')}`}
      />
    </Figures>
  );
}

function LatestNeeds({
  glance,
  kinds,
  visit,
}: {
  glance: Glance;
  kinds: ReadonlyMap<string, string>;
  visit: TerritoryVisit;
}) {
  const t = observatoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <Section title={t('needs.title')}>
      {glance.latestNeeds.length === 0 ? <p class="soft">{t('needs.empty')}</p> : null}
      <Cards>
        {glance.latestNeeds.map((need) => (
          <Card
            title={need.title}
            href={pathIn(visit, 'besoins', need.id)}
            meta={`${need.organisationName} · ${write.dayOf(need.createdAt)}`}
            tags={<Tag>{kinds.get(need.kindCode)}</Tag>}
          />
        ))}
      </Cards>
      <p>
        <a href={pathIn(visit, 'besoins')}>{t('needs.all')}</a>
      </p>
    </Section>
  );
}
