/** What should the page of this organisation say? For its managers and the team. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { editOrganisation } from '../commands.server.ts';
import { OrganisationForm } from '../components/organisation-form.tsx';
import { standingBySlug } from '../fact-storing.server.ts';
import type { Facts } from '../facts.ts';
import { directoryText, factsText } from '../messages.ts';
import type { Organisation, Theme } from '../organisation.ts';
import { mayEditOrganisation } from '../policy.ts';
import { askRegister } from '../ask-register.server.ts';
import { listThemes, organisationBySlug } from '../queries.server.ts';
import { refusedField } from '../refused-field.ts';
import { factsOfForm, organisationForm } from '../schema.ts';
import { pathIn, territoryPage, sourceOf } from '../visit.ts';

interface Data {
  readonly organisation: Organisation;
  readonly facts: Facts;
  readonly themes: readonly Theme[];
}

export const organisationEditPage = territoryPage<Data>({
  path: '/:territory/organisations/:organisation/modifier',
  twin: { areas: ['directory'], bodies: { default: organisationForm } },

  async load(visit, tx) {
    const organisation = await organisationBySlug(tx, visit.params['organisation'] ?? '');
    const standing = await standingBySlug(tx, visit.params['organisation'] ?? '');
    if (organisation === undefined || standing === undefined) return NOT_FOUND;
    if (!mayEditOrganisation(visit.principal, organisation.id)) return SIGN_IN;
    return { organisation, facts: standing.facts, themes: await listThemes(tx) };
  },

  actions: {
    async default(visit, input, tx) {
      const t = directoryText(visit.locale);
      const organisation = await organisationBySlug(tx, visit.params['organisation'] ?? '');
      if (organisation === undefined) return { kind: 'not-found' };
      if (!mayEditOrganisation(visit.principal, organisation.id))
        return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
      const parsed = parseForm(organisationForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const edited = await editOrganisation(
        tx,
        visit.principal,
        organisation.id,
        { facts: factsOfForm(parsed.value), version: parsed.value.version },
        visit,
        sourceOf(visit),
      );
      if (!edited.ok)
        return invalid(
          formError(input, factsText(visit.locale)(`refused.${edited.reason}`, edited.facts), refusedField(edited)),
        );
      const { slug, names, proposed } = edited.value;
      const sentence =
        proposed.length > 0
          ? factsText(visit.locale)('edited.proposed', { name: organisation.name, n: proposed.length })
          : t('done.edited', { name: parsed.value.name });
      const outcome = doneAt(pathIn(visit, 'organisations', slug), sentence, askRegister(visit, names));
      return proposed.length > 0 ? { ...outcome, waiting: proposed } : outcome;
    },
  },

  view({ organisation, facts, themes }, visit, form) {
    const t = directoryText(visit.locale);
    const back = pathIn(visit, 'organisations', organisation.slug);
    return {
      title: t('edit.title', { name: organisation.name }),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('title'), href: pathIn(visit, 'organisations') },
              { label: organisation.name, href: back },
            ]}
            title={t('edit.title', { name: organisation.name })}
          />
          <OrganisationForm
            visit={visit}
            form={form}
            themes={themes}
            organisation={organisation}
            facts={facts}
            cancelHref={back}
          />
        </>
      ),
    };
  },
});
