/** What the page of an organisation shows beside its text: facts, ways on, places, phases, ties, sources. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import type { Fact } from '../../../ui/components/description-list.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { directoryText, factsText, findingText, lifeText, mergingText } from '../messages.ts';
import { nafLabel } from '../naf-sections.ts';
import type { OrganisationProfile, Period, Tie } from '../organisation-profile.ts';
import { themeLabel, type Organisation, type Theme } from '../organisation.ts';
import { mayEditOrganisation, maySeeHistory, mayTidyDirectory } from '../policy.ts';
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
      {mayTidyDirectory(visit.principal) ? (
        <ButtonLink tone="quiet" href={path('fusionner')}>
          {mergingText(visit.locale)('merge.link')}
        </ButtonLink>
      ) : null}
      {mayEditOrganisation(visit.principal, organisation.id) ? (
        <>
          <ButtonLink tone="quiet" href={path('parcours')}>
            {lifeText(visit.locale)('link')}
          </ButtonLink>
          <ButtonLink tone="quiet" href={path('changer-le-logo')}>
            {factsText(visit.locale)('logo.link')}
          </ButtonLink>
          <ButtonLink tone="quiet" href={path('modifier')}>
            {t('edit')}
          </ButtonLink>
        </>
      ) : null}
    </>
  );
}

/** What is known of it, name and value. */
export function organisationFacts(
  profile: OrganisationProfile,
  themes: readonly Theme[],
  visit: TerritoryVisit,
): Fact[] {
  const { organisation, closedOn, arrivedOn, leftOn } = profile;
  const t = directoryText(visit.locale);
  const finding = findingText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { commune, foundedOn, employees, website } = organisation;
  const fact = (term: string, details: Fact['details'] | null): Fact[] => (details ? [{ term, details }] : []);
  const day = (term: string, date: Temporal.PlainDate | null) => fact(term, date === null ? null : write.date(date));
  const labels = themes.map((theme) => (
    <a href={`${pathIn(visit, 'organisations')}?theme=${theme.code}`}>{themeLabel(visit.locale, theme)}</a>
  ));
  const street = [profile.address, [profile.postalCode, commune].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [
    ...fact(t('themes'), labels.length === 0 ? null : <div class="tags">{labels}</div>),
    ...fact(profile.address === null ? t('commune') : finding('page.address'), street),
    ...day(t('founded'), foundedOn),
    ...day(finding('page.arrived'), arrivedOn),
    ...day(finding('page.left'), leftOn),
    ...day(finding('page.closed'), closedOn),
    ...fact(t('employees'), employees === null ? null : t('employeesValue', { n: employees })),
    ...fact(t('website'), website === null ? null : <WebLink url={website} />),
    ...fact(
      finding('page.links'),
      profile.links.length === 0 ? null : (
        <div class="tags">
          {profile.links.map(({ label, url }) => (
            <WebLink url={url} label={label} />
          ))}
        </div>
      ),
    ),
    ...profile.fields.map(({ labelFr, labelEn, value }) => ({
      term: visit.locale === 'fr' ? labelFr : labelEn,
      details: value,
    })),
  ];
}

/** Who it is for the law. */
export function identityFacts(profile: OrganisationProfile, visit: TerritoryVisit): Fact[] {
  const { organisation, legalName, otherNames, siret, nafCode, registerState } = profile;
  const t = directoryText(visit.locale);
  const finding = findingText(visit.locale);
  const fact = (term: string, details: Fact['details'] | null): Fact[] => (details ? [{ term, details }] : []);
  const inThrees = (digits: string | null) =>
    digits?.replace(/^(\d{3})(\d{3})(\d{3})/u, '$1\u202f$2\u202f$3\u202f').trim() ?? null;
  const section = organisation.nafSection === null ? null : nafLabel(visit.locale, organisation.nafSection);
  const isTold = registerState !== 'none' && registerState !== 'not-diffusible';
  return [
    ...fact(finding('page.legalName'), legalName),
    ...fact(finding('page.otherNames'), otherNames.join(', ')),
    ...fact(
      t('siren'),
      organisation.siren === null ? null : (
        <>
          {inThrees(organisation.siren)}{' '}
          {isTold ? (
            <Tag tone={registerState === 'verified' ? 'good' : registerState === 'closed' ? 'warn' : 'info'}>
              {finding(`page.register.${registerState}`)}
            </Tag>
          ) : null}
        </>
      ),
    ),
    ...fact(finding('page.siret'), inThrees(siret)),
    ...fact(finding('page.naf'), [nafCode, section].filter(Boolean).join(' · ')),
  ];
}

function WebLink({ url, label }: { url: string; label?: string }) {
  const shown = label ?? (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : url);
  return (
    <a href={url} rel="nofollow noopener">
      {shown}
    </a>
  );
}

/** Where it is, the phases it went through, whom it is tied to: each only when there is something to say. */
export function OrganisationLife({ profile, visit }: { profile: OrganisationProfile; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  const { places, phases, ties, contacts } = profile;
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <>
      {places.length > 0 ? (
        <Section title={t('page.places')}>
          <ul>
            {places.map((place) => (
              <li>
                {[place.label, place.address, [place.postalCode, place.commune].filter(Boolean).join(' ')]
                  .filter(Boolean)
                  .join(', ')}{' '}
                <Span period={place} visit={visit} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {phases.length > 0 ? (
        <Section title={t('page.phases')}>
          <Timeline
            moments={phases.map(({ phase, since, until }) => ({
              when: since === null ? '' : write.date(since),
              dateTime: since?.toString(),
              title: phase,
              detail: until === null ? undefined : t('page.place.until', { day: write.date(until) }),
            }))}
          />
        </Section>
      ) : null}
      {contacts.length > 0 ? (
        <Section title={lifeText(visit.locale)('contacts')}>
          <ul>
            {contacts.map(({ name, title }) => (
              <li>{[name, title].filter(Boolean).join(', ')}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      {ties.length > 0 ? (
        <Section title={t('page.ties')}>
          <ul>
            {ties.map((tie) => (
              <li>
                {tieWord(tie, visit)} <a href={pathIn(visit, 'organisations', tie.slug)}>{tie.name}</a>{' '}
                <Span period={tie} visit={visit} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function tieWord({ kind, isFrom }: Tie, visit: TerritoryVisit): string {
  const t = findingText(visit.locale);
  return isFrom ? t(`page.tie.${kind}`) : t(`page.tied.${kind}`);
}

function Span({ period: { since, until }, visit }: { period: Period; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const said = [
    ...(since === null ? [] : [t('page.place.since', { day: write.date(since) })]),
    ...(until === null ? [] : [t('page.place.until', { day: write.date(until) })]),
  ];
  return said.length === 0 ? null : <span class="small soft">({said.join(', ')})</span>;
}

/** Which source said what, and when. */
export function OrganisationSources({
  profile: { changes },
  visit,
}: {
  profile: OrganisationProfile;
  visit: TerritoryVisit;
}) {
  const t = findingText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (changes.length === 0) return null;
  return (
    <More summary={t('page.sources')}>
      <p class="small soft">{t('page.sourcesCaption')}</p>
      <Timeline
        moments={changes.map(({ at, source, facts }) => ({
          when: write.dayOf(at),
          dateTime: at.toString(),
          title: t('page.source.facts', { source: t(`page.source.${source}`), n: facts }),
        }))}
      />
    </More>
  );
}
