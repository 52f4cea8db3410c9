/** What the page of an organisation shows beside its text: facts, ways on, and the same for machines. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import type { Fact } from '../../../ui/components/description-list.tsx';
import { directoryText, factsText } from '../messages.ts';
import { summaryIn, themeLabel, type Organisation, type Theme } from '../organisation.ts';
import { mayEditOrganisation, maySeeHistory } from '../policy.ts';
import { isMemberOf, isTeam } from '../principal.ts';
import { pathIn, type TerritoryVisit } from '../visit.ts';

/** What a reader with rights may go to from here. */
export function organisationLinks(organisation: Organisation, visit: TerritoryVisit) {
  const t = directoryText(visit.locale);
  const path = (word: string) => pathIn(visit, 'organisations', organisation.slug, word);
  const seesAccount = isTeam(visit.principal) || isMemberOf(visit.principal, organisation.id);
  return (
    <>
      {seesAccount ? (
        <ButtonLink tone="quiet" href={path('compte')}>
          {t('account')}
        </ButtonLink>
      ) : null}
      {maySeeHistory(visit.principal, organisation.id) ? (
        <ButtonLink tone="quiet" href={path('historique')}>
          {factsText(visit.locale)('history.link')}
        </ButtonLink>
      ) : null}
      {mayEditOrganisation(visit.principal, organisation.id) ? (
        <ButtonLink tone="quiet" href={path('modifier')}>
          {t('edit')}
        </ButtonLink>
      ) : null}
    </>
  );
}

/** What is known of it, name and value. */
export function organisationFacts(organisation: Organisation, themes: readonly Theme[], visit: TerritoryVisit): Fact[] {
  const t = directoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { commune, foundedOn, employees, website, siren } = organisation;
  const labels = themes.map((theme) => (
    <a href={`${pathIn(visit, 'organisations')}?theme=${theme.code}`}>{themeLabel(visit.locale, theme)}</a>
  ));
  return [
    ...(themes.length > 0 ? [{ term: t('themes'), details: <div class="tags">{labels}</div> }] : []),
    ...(commune ? [{ term: t('commune'), details: commune }] : []),
    ...(foundedOn ? [{ term: t('founded'), details: write.date(foundedOn) }] : []),
    ...(employees === null ? [] : [{ term: t('employees'), details: t('employeesValue', { n: employees }) }]),
    ...(website
      ? [
          {
            term: t('website'),
            details: (
              <a href={website} rel="nofollow noopener">
                {new URL(website).hostname.replace(/^www\./u, '')}
              </a>
            ),
          },
        ]
      : []),
    ...(siren ? [{ term: t('siren'), details: siren.replace(/(\d{3})(?=\d)/gu, '$1\u202f') }] : []),
  ];
}

/** The organisation for machines, in the words of schema.org. */
export function organisationStructuredData(organisation: Organisation, visit: TerritoryVisit): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: organisation.name,
    description: summaryIn(visit.locale, organisation) || undefined,
    url: organisation.website ?? undefined,
    foundingDate: organisation.foundedOn?.toString(),
    identifier:
      organisation.siren === null
        ? undefined
        : { '@type': 'PropertyValue', propertyID: 'SIREN', value: organisation.siren },
    location: organisation.commune === null ? undefined : { '@type': 'Place', name: organisation.commune },
  };
}
