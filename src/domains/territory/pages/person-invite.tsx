/** Whom do you want to invite, for which organisation, with which rights? */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormState } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Checkboxes, ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { invitationMail } from '../invitation-mail.ts';
import { directoryText } from '../messages.ts';
import { invitePerson } from '../people-commands.server.ts';
import { organisationsToManage, type OrganisationChoice } from '../people-queries.server.ts';
import { invitationForm } from '../people-schema.ts';
import { mayGrantRoles, mayListPeople } from '../policy-people.ts';
import { isTeam, MEMBERSHIP_ROLES, ROLES } from '../principal.ts';
import { formKey, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

export const personInvitePage = territoryPage<readonly OrganisationChoice[]>({
  path: '/:territory/personnes/inviter',

  async load({ principal }, tx) {
    if (!mayListPeople(principal)) return principal.kind === 'anonymous' ? SIGN_IN : NOT_FOUND;
    return organisationsToManage(tx, principal);
  },

  actions: {
    async default(visit, input, tx) {
      const { principal, territory } = visit;
      const t = directoryText(visit.locale);
      if (principal.kind !== 'person') return { kind: 'signed-out' };
      if (!mayListPeople(principal)) return { kind: 'not-found' };
      const parsed = parseForm(invitationForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const invited = await invitePerson(tx, principal, parsed.value, visit);
      if (!invited.ok) return invalid(formError(input, t(`invite.refused.${invited.reason}`, invited.facts), FIELD_OF[invited.reason]));
      const { personId, email, ...person } = invited.value;
      const signInAddress = visit.identity.signInAddress(pathIn(visit));
      const mail = invitationMail({ ...person, to: email, inviterName: principal.name, territoryName: territory.name, signInAddress });
      return doneAt(pathIn(visit, 'personnes', personId), t('invite.done', { name: person.name, email }), () => visit.services.sendMail(mail));
    },
  },

  view(organisations, visit, form) {
    const t = directoryText(visit.locale);
    return {
      title: t('invite.title'),
      width: 'reading',
      body: (
        <>
          <PageHead breadcrumb={[{ label: t('people.title'), href: pathIn(visit, 'personnes') }, { label: t('people.invite') }]} title={t('invite.title')} lead={t('invite.lead')} />
          <InvitationForm visit={visit} form={form} organisations={organisations} />
        </>
      ),
    };
  },
});

/** The field beside which a refusal is told; the others concern the whole form. */
const FIELD_OF = { 'already-there': 'email', 'nothing-given': 'organisation', 'unknown-organisation': 'organisation', 'not-allowed': undefined, 'too-many-invitations': undefined } as const;

function InvitationForm({ visit, form, organisations }: { visit: TerritoryVisit; form: FormState; organisations: readonly OrganisationChoice[] }) {
  const t = directoryText(visit.locale);
  const field = fieldsOf(form);
  const only = organisations.length === 1 && !isTeam(visit.principal) ? organisations[0]?.id : '';
  const asked = organisations.find(({ slug }) => slug === visit.url.searchParams.get('organisation'))?.id;
  return (
    <Form form={form} idempotencyKey={formKey(visit)}>
      <TextField {...field('name')} label={t('invite.name')} maxlength={120} autocomplete="off" />
      <TextField {...field('email')} label={t('invite.email')} type="email" inputmode="email" maxlength={254} autocomplete="off" />
      <ChoiceCards {...field('locale', visit.locale)} label={t('invite.locale')} choices={[{ value: 'fr', label: <span lang="fr">{t('locale.fr')}</span> }, { value: 'en', label: <span lang="en">{t('locale.en')}</span> }]} />
      <Select {...field('organisation', asked ?? only)} label={t('invite.organisation')} help={t('invite.organisationHelp')} blank={t('invite.noOrganisation')} options={organisations.map(({ id, name }) => ({ value: id, label: name }))} optional={mayGrantRoles(visit.principal)} />
      <ChoiceCards {...field('membershipRole', 'member')} label={t('invite.membershipRole')} list choices={MEMBERSHIP_ROLES.toReversed().map((role) => ({ value: role, label: t(`membership.${role}`), help: t(`membership.${role}.help`) }))} />
      {mayGrantRoles(visit.principal) ? (
        <Checkboxes {...field('roles')} label={t('invite.roles')} help={t('invite.rolesHelp')} choices={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))} optional />
      ) : null}
      <div class="row">
        <SubmitButton>{t('invite.send')}</SubmitButton>
        <ButtonLink tone="plain" href={pathIn(visit, 'personnes')}>{t('form.cancel')}</ButtonLink>
      </div>
    </Form>
  );
}
