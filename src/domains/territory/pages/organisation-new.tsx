/** Which organisation is joining the territory? For the team. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { createOrganisation } from '../commands.server.ts';
import { OrganisationForm } from '../components/organisation-form.tsx';
import { directoryText, factsText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import { mayCreateOrganisation } from '../policy.ts';
import { listThemes } from '../queries.server.ts';
import { refusedField } from '../refused-field.ts';
import { factsOfForm, organisationForm } from '../schema.ts';
import { pathIn, territoryPage } from '../visit.ts';

export const organisationNewPage = territoryPage<{ readonly themes: readonly Theme[] }>({
  path: '/:territory/organisations/nouvelle',

  async load(visit, tx) {
    if (!mayCreateOrganisation(visit.principal)) return SIGN_IN;
    return { themes: await listThemes(tx) };
  },

  actions: {
    async default(visit, input, tx) {
      const t = directoryText(visit.locale);
      if (!mayCreateOrganisation(visit.principal))
        return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
      const parsed = parseForm(organisationForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const created = await createOrganisation(tx, visit.principal, factsOfForm(parsed.value), visit);
      if (!created.ok)
        return invalid(
          formError(input, factsText(visit.locale)(`refused.${created.reason}`, created.facts), refusedField(created)),
        );
      return doneAt(pathIn(visit, 'organisations', created.value.slug), t('done.created', { name: parsed.value.name }));
    },
  },

  view({ themes }, visit, form) {
    const t = directoryText(visit.locale);
    const back = pathIn(visit, 'organisations');
    return {
      title: t('new'),
      width: 'reading',
      body: (
        <>
          <PageHead breadcrumb={[{ label: t('title'), href: back }]} title={t('new.title')} />
          <OrganisationForm visit={visit} form={form} themes={themes} cancelHref={back} />
        </>
      ),
    };
  },
});
