/** The form that invites somebody: the team chooses among all organisations, a manager among their own. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Checkboxes, ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { directoryText } from '../messages.ts';
import type { OrganisationChoice } from '../people-queries.server.ts';
import { mayGrantRoles } from '../policy-people.ts';
import { isTeam, MEMBERSHIP_ROLES, ROLES } from '../principal.ts';
import { formKey, pathIn, type TerritoryVisit } from '../visit.ts';

export function InvitationForm({
  visit,
  form,
  organisations,
}: {
  visit: TerritoryVisit;
  form: FormState;
  organisations: readonly OrganisationChoice[];
}) {
  const t = directoryText(visit.locale);
  const field = fieldsOf(form);
  const only = organisations.length === 1 && !isTeam(visit.principal) ? organisations[0]?.id : '';
  const asked = organisations.find(({ slug }) => slug === visit.url.searchParams.get('organisation'))?.id;
  return (
    <Form form={form} idempotencyKey={formKey(visit)}>
      <TextField {...field('name')} label={t('invite.name')} maxlength={120} autocomplete="off" />
      <TextField
        {...field('email')}
        label={t('invite.email')}
        type="email"
        inputmode="email"
        maxlength={254}
        autocomplete="off"
      />
      <ChoiceCards
        {...field('locale', visit.locale)}
        label={t('invite.locale')}
        choices={[
          { value: 'fr', label: <span lang="fr">{t('locale.fr')}</span> },
          { value: 'en', label: <span lang="en">{t('locale.en')}</span> },
        ]}
      />
      <Select
        {...field('organisation', asked ?? only)}
        label={t('invite.organisation')}
        help={t('invite.organisationHelp')}
        blank={t('invite.noOrganisation')}
        options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        optional={mayGrantRoles(visit.principal)}
      />
      <ChoiceCards
        {...field('membershipRole', 'member')}
        label={t('invite.membershipRole')}
        list
        choices={MEMBERSHIP_ROLES.toReversed().map((role) => ({
          value: role,
          label: t(`membership.${role}`),
          help: t(`membership.${role}.help`),
        }))}
      />
      {mayGrantRoles(visit.principal) ? (
        <Checkboxes
          {...field('roles')}
          label={t('invite.roles')}
          help={t('invite.rolesHelp')}
          choices={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          optional
        />
      ) : null}
      <div class="row">
        <SubmitButton>{t('invite.send')}</SubmitButton>
        <ButtonLink tone="plain" href={pathIn(visit, 'personnes')}>
          {t('form.cancel')}
        </ButtonLink>
      </div>
    </Form>
  );
}
