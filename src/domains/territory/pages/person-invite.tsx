/** Whom do you want to invite, for which organisation, with which rights? */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { InvitationForm } from '../components/invitation-form.tsx';
import { invitationMail } from '../invitation-mail.server.ts';
import { directoryText } from '../messages.ts';
import { invitePerson } from '../people-commands.server.ts';
import { organisationsToManage, type OrganisationChoice } from '../people-queries.server.ts';
import { invitationForm } from '../people-schema.ts';
import { mayListPeople } from '../policy-people.ts';
import { pathIn, territoryPage } from '../visit.ts';

export const personInvitePage = territoryPage<readonly OrganisationChoice[]>({
  path: '/:territory/personnes/inviter',
  twin: { areas: ['people'], bodies: { default: invitationForm } },

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
      if (!invited.ok)
        return invalid(
          formError(input, t(`invite.refused.${invited.reason}`, invited.facts), FIELD_OF[invited.reason]),
        );
      const { personId, email, ...person } = invited.value;
      const signInAddress = visit.identity.signInAddress(pathIn(visit));
      const mail = invitationMail({
        ...person,
        to: email,
        inviterName: principal.name,
        territoryName: territory.name,
        signInAddress,
      });
      return doneAt(pathIn(visit, 'personnes', personId), t('invite.done', { name: person.name, email }), () =>
        visit.services.sendMail(mail),
      );
    },
  },

  view(organisations, visit, form) {
    const t = directoryText(visit.locale);
    return {
      title: t('invite.title'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('people.title'), href: pathIn(visit, 'personnes') }, { label: t('people.invite') }]}
            title={t('invite.title')}
            lead={t('invite.lead')}
          />
          <InvitationForm visit={visit} form={form} organisations={organisations} />
        </>
      ),
    };
  },
});

/** The field beside which a refusal is told; the others concern the whole form. */
const FIELD_OF = {
  'already-there': 'email',
  'nothing-given': 'organisation',
  'unknown-organisation': 'organisation',
  'not-allowed': undefined,
  'too-many-invitations': undefined,
} as const;
