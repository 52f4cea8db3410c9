/** Who is this organisation, what does it ask, what does it bring? Its public page. */
import { NOT_FOUND, redirectTo } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import {
  identityFacts,
  organisationFacts,
  OrganisationLife,
  organisationLinks,
  OrganisationSources,
} from '../../territory/components/organisation-facts.tsx';
import { OwnProposals } from '../../territory/components/own-proposals.tsx';
import { LifeTag } from '../../territory/components/organisation-list.tsx';
import { directoryText, findingText } from '../../territory/messages.ts';
import { structuredDataOf } from '../../territory/organisation-profile.ts';
import { summaryIn } from '../../territory/organisation.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { AidLink } from '../components/aid-link.tsx';
import { Exchanged, Logo, Stated, Texts } from '../components/organisation-parts.tsx';
import { sinceTheStart } from '../period.ts';
import { organisationView, visibleProfile, type OrganisationView } from '../queries.server.ts';
import { organisationTwin } from '../twin-schema.ts';

export const organisationPage = territoryPage<OrganisationView>({
  path: '/:territory/organisations/:organisation',
  twin: { areas: ['directory', 'support', 'delivery'], response: organisationTwin },

  async load(visit, tx) {
    const profile = await visibleProfile(tx, visit.principal, visit.params['organisation'] ?? '');
    if (profile === undefined) return NOT_FOUND;
    // Two records of one organisation became one: old addresses lead to it.
    if (profile.mergedIntoSlug !== null) return redirectTo(pathIn(visit, 'organisations', profile.mergedIntoSlug));
    return organisationView(tx, visit.principal, profile, sinceTheStart(visit.today), visit.locale);
  },

  view(data, visit) {
    const { organisation, profile } = data;
    const directory = directoryText(visit.locale);
    const summary = summaryIn(visit.locale, organisation);
    const origin = visit.services.publicOrigin;
    const addressOf = (slug: string) => origin + pathIn(visit, 'organisations', slug);
    return {
      title: organisation.name,
      description: summary.slice(0, 160) || directory('description', { territory: visit.territory.name }),
      unlisted: !profile.isListed,
      ...(profile.isListed && {
        structuredData: structuredDataOf(profile, {
          locale: visit.locale,
          address: addressOf(organisation.slug),
          addressOf,
        }),
        shareImage: `${pathIn(visit, 'organisations', organisation.slug, 'carte.png')}?v=${organisation.version}`,
      }),
      body: <Body data={data} visit={visit} />,
    };
  },
});

function Body({ data, visit }: { data: OrganisationView; visit: TerritoryVisit }) {
  const { organisation, profile, themes } = data;
  const t = findingText(visit.locale);
  const directory = directoryText(visit.locale);
  const identity = identityFacts(profile, visit);
  return (
    <>
      <PageHead
        breadcrumb={[{ label: directory('title'), href: pathIn(visit, 'organisations') }, { label: organisation.name }]}
        title={organisation.name}
        tags={[
          ...organisation.parts.map((part) => <Tag>{directory(`part.${part}`)}</Tag>),
          <LifeTag organisation={profile} visit={visit} />,
        ]}
        actions={
          <>
            <AidLink organisation={organisation} visit={visit} />
            {organisationLinks(organisation, visit)}
          </>
        }
      />
      {profile.isListed ? null : <Notice tone="warn">{t('page.hidden')}</Notice>}
      <OwnProposals changes={data.waiting} themes={data.allThemes} visit={visit} />
      <div class="columns side">
        <div>
          <Texts organisation={organisation} visit={visit} />
          <Exchanged data={data} visit={visit} />
          <Stated data={data} visit={visit} />
          <OrganisationLife profile={profile} visit={visit} />
          <OrganisationSources profile={profile} visit={visit} />
        </div>
        <div class="stack">
          <Panel title={directory('facts')}>
            <Logo profile={profile} visit={visit} />
            <DescriptionList facts={organisationFacts(profile, themes, visit)} />
          </Panel>
          {identity.length > 0 ? (
            <Panel title={t('page.identity')}>
              <DescriptionList facts={identity} />
            </Panel>
          ) : null}
        </div>
      </div>
    </>
  );
}
