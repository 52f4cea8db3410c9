/** Who is this organisation, and what does it do here? Its public page. */
import { formatter } from '../../../i18n/format.ts';
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DescriptionList, type Fact } from '../../../ui/components/description-list.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { directoryText } from '../messages.ts';
import { summaryIn, summaryLanguage, themeLabel, type Organisation, type Theme } from '../organisation.ts';
import { mayEditOrganisation } from '../policy.ts';
import { isMemberOf, isTeam } from '../principal.ts';
import { listThemes, organisationBySlug } from '../queries.server.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

interface Data {
  readonly organisation: Organisation;
  readonly themes: readonly Theme[];
}

export const organisationPage = territoryPage<Data>({
  path: '/:territory/organisations/:organisation',

  async load(visit, tx) {
    const organisation = await organisationBySlug(tx, visit.params['organisation'] ?? '');
    if (organisation === undefined) return NOT_FOUND;
    const themes = (await listThemes(tx)).filter(({ code }) => organisation.themes.includes(code));
    return { organisation, themes };
  },

  view({ organisation, themes }, visit) {
    const t = directoryText(visit.locale);
    const summary = summaryIn(visit.locale, organisation);
    return {
      title: organisation.name,
      description: summary.slice(0, 160) || t('description', { territory: visit.territory.name }),
      structuredData: structuredData(organisation, visit),
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('title'), href: pathIn(visit, 'organisations') }, { label: organisation.name }]}
            title={organisation.name}
            tags={organisation.parts.map((part) => <Tag>{t(`part.${part}`)}</Tag>)}
            actions={<Actions organisation={organisation} visit={visit} />}
          />
          <div class="columns side">
            <div class="prose" lang={summaryLanguage(visit.locale, organisation)}>
              {summary === '' ? <p class="soft">{t('noSummary')}</p> : summary.split(/\n{2,}/u).map((paragraph) => <p>{paragraph}</p>)}
            </div>
            <Panel title={t('facts')}>
              <DescriptionList facts={factsOf(organisation, themes, visit)} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});

function Actions({ organisation, visit }: { organisation: Organisation; visit: TerritoryVisit }) {
  const t = directoryText(visit.locale);
  const path = (word: string) => pathIn(visit, 'organisations', organisation.slug, word);
  const seesAccount = isTeam(visit.principal) || isMemberOf(visit.principal, organisation.id);
  return (
    <>
      {seesAccount ? <ButtonLink tone="quiet" href={path('compte')}>{t('account')}</ButtonLink> : null}
      {mayEditOrganisation(visit.principal, organisation.id) ? <ButtonLink tone="quiet" href={path('modifier')}>{t('edit')}</ButtonLink> : null}
    </>
  );
}

function factsOf(organisation: Organisation, themes: readonly Theme[], visit: TerritoryVisit): Fact[] {
  const t = directoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { commune, foundedOn, employees, website, siren } = organisation;
  const labels = themes.map((theme) => <a href={`${pathIn(visit, 'organisations')}?theme=${theme.code}`}>{themeLabel(visit.locale, theme)}</a>);
  return [
    ...(themes.length > 0 ? [{ term: t('themes'), details: <div class="tags">{labels}</div> }] : []),
    ...(commune ? [{ term: t('commune'), details: commune }] : []),
    ...(foundedOn ? [{ term: t('founded'), details: write.date(foundedOn) }] : []),
    ...(employees === null ? [] : [{ term: t('employees'), details: t('employeesValue', { n: employees }) }]),
    ...(website ? [{ term: t('website'), details: <a href={website} rel="nofollow noopener">{new URL(website).hostname.replace(/^www\./u, '')}</a> }] : []),
    ...(siren ? [{ term: t('siren'), details: siren.replace(/(\d{3})(?=\d)/gu, '$1\u202f') }] : []),
  ];
}

/** The organisation for machines, in the words of schema.org. */
function structuredData(organisation: Organisation, visit: TerritoryVisit): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: organisation.name,
    description: summaryIn(visit.locale, organisation) || undefined,
    url: organisation.website ?? undefined,
    foundingDate: organisation.foundedOn?.toString(),
    identifier: organisation.siren === null ? undefined : { '@type': 'PropertyValue', propertyID: 'SIREN', value: organisation.siren },
    location: organisation.commune === null ? undefined : { '@type': 'Place', name: organisation.commune },
  };
}
