/** Somebody's roles and organisations, with the buttons that the visitor may press. */
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { directoryText } from '../messages.ts';
import type { OrganisationChoice } from '../people-queries.server.ts';
import type { Membership, Person } from '../person.ts';
import { mayAddMember, mayGrantRoles, mayManageMembers } from '../policy-people.ts';
import { MEMBERSHIP_ROLES, ROLES } from '../principal.ts';
import { formKey, pathIn, type TerritoryVisit } from '../visit.ts';

interface RightsProps {
  readonly visit: TerritoryVisit;
  readonly person: Person;
}

export function RolesPanel({ visit, person }: RightsProps) {
  const t = directoryText(visit.locale);
  const mayGrant = mayGrantRoles(visit.principal);
  const others = ROLES.filter((role) => !person.roles.includes(role));
  return (
    <Panel title={t('person.roles')}>
      {person.roles.length === 0 ? <p class="soft">{t('person.noRoles')}</p> : null}
      {person.roles.map((role) => (
        <div class="row between">
          <span>{t(`role.${role}`)}</span>
          {mayGrant ? (
            <Form name="revoke" hidden={{ role }} idempotencyKey={formKey(visit)} inline>
              <SubmitButton tone="quiet" small>
                {t('person.revoke')}
                <span class="hidden"> {t(`role.${role}`)}</span>
              </SubmitButton>
            </Form>
          ) : null}
        </div>
      ))}
      {mayGrant && others.length > 0 ? (
        <Form name="grant" idempotencyKey={formKey(visit)}>
          <Select
            name="role"
            label={t('person.grantRole')}
            options={others.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
          <SubmitButton tone="quiet">{t('person.grant')}</SubmitButton>
        </Form>
      ) : null}
    </Panel>
  );
}

export function MembershipsPanel({
  visit,
  person,
  organisations,
}: RightsProps & { readonly organisations: readonly OrganisationChoice[] }) {
  const t = directoryText(visit.locale);
  const known = new Set(person.memberships.map(({ organisationId }) => organisationId));
  const others = mayAddMember(visit.principal) ? organisations.filter(({ id }) => !known.has(id)) : [];
  return (
    <Panel title={t('person.organisations')}>
      {person.memberships.length === 0 ? <p class="soft">{t('person.noOrganisations')}</p> : null}
      {person.memberships.map((membership) => (
        <MembershipRow visit={visit} membership={membership} />
      ))}
      {others.length > 0 ? (
        <Form name="set-membership" idempotencyKey={formKey(visit)}>
          <Select
            name="organisation"
            label={t('person.addTo')}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Select
            name="membershipRole"
            label={t('person.as')}
            blank={false}
            value="member"
            options={MEMBERSHIP_ROLES.map((role) => ({ value: role, label: t(`membership.${role}`) }))}
          />
          <SubmitButton tone="quiet">{t('person.add')}</SubmitButton>
        </Form>
      ) : null}
    </Panel>
  );
}

function MembershipRow({ visit, membership }: { visit: TerritoryVisit; membership: Membership }) {
  const t = directoryText(visit.locale);
  const { organisationId, organisationName, organisationSlug, role } = membership;
  const next = role === 'manager' ? 'member' : 'manager';
  const named = <span class="hidden"> {organisationName}</span>;
  return (
    <div class="row between">
      <a href={pathIn(visit, 'organisations', organisationSlug)}>
        {t('people.memberOf', { organisation: organisationName, role })}
      </a>
      {mayManageMembers(visit.principal, organisationId) ? (
        <div class="row">
          <Form
            name="set-membership"
            hidden={{ organisation: organisationId, membershipRole: next }}
            idempotencyKey={formKey(visit)}
            inline
          >
            <SubmitButton tone="quiet" small>
              {t(next === 'manager' ? 'person.makeManager' : 'person.makeMember')}
              {named}
            </SubmitButton>
          </Form>
          <Form name="end-membership" hidden={{ organisation: organisationId }} idempotencyKey={formKey(visit)} inline>
            <SubmitButton tone="quiet" small>
              {t('person.end')}
              {named}
            </SubmitButton>
          </Form>
        </div>
      ) : null}
    </div>
  );
}
