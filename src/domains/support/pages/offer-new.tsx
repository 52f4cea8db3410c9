/** What can you bring? For members of an organisation, and for the team on behalf of one. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { OfferForm } from '../components/offer-form.tsx';
import { refusedForm, suggestionsIn } from '../form-refusal.server.ts';
import { supportText } from '../messages.ts';
import { stateOffer } from '../offer-commands.server.ts';
import { mayStateAny } from '../policy.ts';
import { offerForm } from '../schema.ts';
import { formChoices, type FormChoices } from '../stated-queries.server.ts';
import { DOCUMENTED_DAY } from '../twin-schema.ts';

export const offerNewPage = territoryPage<FormChoices>({
  path: '/:territory/apports/nouveau',
  twin: { areas: ['support'], bodies: { default: offerForm(DOCUMENTED_DAY) } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return formChoices(tx, visit.principal, 'offers', visit.today);
  },

  actions: {
    async default(visit, input, tx) {
      if (!mayStateAny(visit.principal))
        return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
      const parsed = parseForm(offerForm(visit.today), input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const stated = await stateOffer(tx, visit.principal, parsed.value, visit);
      if (!stated.ok) return invalid(refusedForm(visit.locale, input, stated, 'capacity'));
      return doneAt(pathIn(visit, 'apports', stated.value.id), supportText(visit.locale)('done.offer-stated'));
    },
  },

  view(choices, visit, form) {
    const t = supportText(visit.locale);
    const back = pathIn(visit, 'apports');
    return {
      title: t('form.offerTitle'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('offers.title'), href: back }, { label: t('offers.new') }]}
            title={t('form.offerTitle')}
            lead={t('form.offerLead')}
          />
          {choices.organisations.length === 0 ? (
            <EmptyState title={t('form.noOrganisation.title')}>{t('form.noOrganisation.body')}</EmptyState>
          ) : (
            <OfferForm
              visit={visit}
              form={form}
              choices={choices}
              suggested={suggestionsIn(visit.url.searchParams, choices)}
              cancelHref={back}
            />
          )}
        </>
      ),
    };
  },
});
