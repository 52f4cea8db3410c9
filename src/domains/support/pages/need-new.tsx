/** What do you need? For members of an organisation, and for the team on behalf of one. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { NeedForm } from '../components/need-form.tsx';
import { refusedForm, suggestionsIn } from '../form-refusal.server.ts';
import { supportText } from '../messages.ts';
import { stateNeed } from '../need-commands.server.ts';
import { mayStateAny } from '../policy.ts';
import { needForm } from '../schema.ts';
import { formChoices, type FormChoices } from '../stated-queries.server.ts';
import { DOCUMENTED_DAY } from '../twin-schema.ts';

export const needNewPage = territoryPage<FormChoices>({
  path: '/:territory/besoins/nouveau',
  twin: { areas: ['support'], bodies: { default: needForm(DOCUMENTED_DAY) } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return formChoices(tx, visit.principal, 'needs', visit.today);
  },

  actions: {
    async default(visit, input, tx) {
      if (!mayStateAny(visit.principal))
        return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
      const parsed = parseForm(needForm(visit.today), input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const stated = await stateNeed(tx, visit.principal, parsed.value, visit);
      if (!stated.ok) return invalid(refusedForm(visit.locale, input, stated, 'quantity'));
      return doneAt(pathIn(visit, 'besoins', stated.value.id), supportText(visit.locale)('done.need-stated'));
    },
  },

  view(choices, visit, form) {
    const t = supportText(visit.locale);
    const back = pathIn(visit, 'besoins');
    return {
      title: t('form.needTitle'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('needs.title'), href: back }, { label: t('needs.new') }]}
            title={t('form.needTitle')}
            lead={t('form.needLead')}
          />
          {choices.organisations.length === 0 ? (
            <EmptyState title={t('form.noOrganisation.title')}>{t('form.noOrganisation.body')}</EmptyState>
          ) : (
            <NeedForm
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
