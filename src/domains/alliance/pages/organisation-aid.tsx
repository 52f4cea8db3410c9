/** Which State aid did this organisation receive, how much room is left, when does more come back? For itself and the team. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { mayDecideAid, mayDeclareAid } from '../aid-policy.ts';
import { AidLines } from '../components/aid-lines.tsx';
import { AidRoom } from '../components/aid-room.tsx';
import { aidWords } from '../components/aid-words.ts';
import { DeclarationForm } from '../components/declaration-form.tsx';
import { organisationAidActs } from '../organisation-aid-acts.server.ts';
import { visibleOrganisationAid, type OrganisationAid } from '../organisation-aid.server.ts';

export const organisationAidPage = territoryPage<OrganisationAid>({
  path: '/:territory/organisations/:organisation/aides',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return (await visibleOrganisationAid(visit, tx)) ?? NOT_FOUND;
  },

  actions: organisationAidActs,

  view(aid, visit, form) {
    const words = aidWords(visit);
    const { t, money } = words;
    const { organisation, lines, declarations, steps } = aid;
    return {
      title: t('own.title', { organisation: organisation.name }),
      width: 'wide',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: organisation.name, href: words.organisationHref(organisation.slug) },
              { label: t('aid.title') },
            ]}
            title={t('own.heading', { room: money(steps[0]?.cents ?? 0n), organisation: organisation.name })}
            lead={t('own.lead')}
            actions={
              <>
                <ButtonLink tone="quiet" href={`${words.firmHref(organisation.slug)}/attestation`}>
                  {t('certificate.open')}
                </ButtonLink>
                {mayDecideAid(visit.principal) ? (
                  <ButtonLink href={`${pathIn(visit, 'aides', 'nouvelle')}?pour=${organisation.slug}`}>
                    {t('grant.new')}
                  </ButtonLink>
                ) : null}
              </>
            }
          />
          <ErrorSummary form={form} />
          <AidRoom aid={aid} words={words} />
          <Section title={t('lines.title')}>
            <AidLines lines={lines} organisationId={organisation.id} visit={visit} words={words} form={form} />
          </Section>
          {mayDeclareAid(visit.principal, organisation.id) ? (
            <DeclarationForm declarations={declarations} visit={visit} words={words} form={form} />
          ) : null}
        </>
      ),
    };
  },
});
