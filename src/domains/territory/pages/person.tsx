/** What may this person do here, and who may change it? */
import type { z } from 'zod';
import { parseId, type PersonId } from '../../../lib/ids.ts';
import type { Result } from '../../../lib/result.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { PersonHistory } from '../components/person-history.tsx';
import { MembershipsPanel, RolesPanel } from '../components/person-rights.tsx';
import { historyOf, type HistoryLine } from '../events.server.ts';
import { directoryText, type DirectoryText } from '../messages.ts';
import { endMembership, grantRole, revokeRole, setMembership, type RightsRefusal } from '../people-commands.server.ts';
import { organisationsToManage, personById, type OrganisationChoice } from '../people-queries.server.ts';
import { endMembershipForm, membershipForm, roleForm } from '../people-schema.ts';
import type { Person } from '../person.ts';
import { mayListPeople } from '../policy-people.ts';
import { isTeam, personOf } from '../principal.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';
import { personTwin } from '../twin-schema.ts';

interface Data {
  readonly person: Person;
  readonly organisations: readonly OrganisationChoice[];
  readonly history: readonly HistoryLine[];
}

type Transaction = Parameters<typeof personById>[0];
type Act<Input> = (
  input: Input,
  person: Person,
  visit: TerritoryVisit,
  tx: Transaction,
) => Promise<{ result: Result<undefined, RightsRefusal>; notice: (t: DirectoryText) => string }>;

export const personPage = territoryPage<Data>({
  path: '/:territory/personnes/:person',
  twin: {
    areas: ['people'],
    response: personTwin,
    bodies: {
      grant: roleForm,
      revoke: roleForm,
      'set-membership': membershipForm,
      'end-membership': endMembershipForm,
    },
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const person = await personOfVisit(visit, tx);
    if (person === undefined) return NOT_FOUND;
    const history = isTeam(visit.principal) ? await historyOf(tx, person.id) : [];
    return { person, history, organisations: await organisationsToManage(tx, visit.principal) };
  },

  actions: {
    grant: acting(roleForm, async ({ role }, person, visit, tx) => {
      const granted = await grantRole(tx, visit.principal, person.id, role, visit);
      return {
        result: granted,
        notice: (t) => t('person.done.granted', { name: person.name, role: t(`role.${role}`) }),
      };
    }),
    revoke: acting(roleForm, async ({ role }, person, visit, tx) => {
      const revoked = await revokeRole(tx, visit.principal, person.id, role, visit);
      return {
        result: revoked,
        notice: (t) => t('person.done.revoked', { name: person.name, role: t(`role.${role}`) }),
      };
    }),
    'set-membership': acting(
      membershipForm,
      async ({ organisation: organisationId, membershipRole: role }, person, visit, tx) => {
        const set = await setMembership(tx, visit.principal, { personId: person.id, organisationId, role }, visit);
        const organisation =
          (await organisationsToManage(tx, visit.principal)).find(({ id }) => id === organisationId)?.name ?? '';
        return { result: set, notice: (t) => t(`person.done.${role}`, { name: person.name, organisation }) };
      },
    ),
    'end-membership': acting(endMembershipForm, async ({ organisation: organisationId }, person, visit, tx) => {
      const ended = await endMembership(tx, visit.principal, person.id, organisationId, visit);
      const organisation =
        person.memberships.find((one) => one.organisationId === organisationId)?.organisationName ?? '';
      return { result: ended, notice: (t) => t('person.done.ended', { name: person.name, organisation }) };
    }),
  },

  view({ person, organisations, history }, visit, form) {
    const t = directoryText(visit.locale);
    const crumbs = mayListPeople(visit.principal)
      ? [{ label: t('people.title'), href: pathIn(visit, 'personnes') }, { label: person.name }]
      : undefined;
    const names = new Map(organisations.map((organisation) => [organisation.id as string, organisation]));
    return {
      title: person.name,
      width: 'reading',
      body: (
        <>
          <PageHead breadcrumb={crumbs} title={person.name} />
          <ErrorSummary form={form} />
          <div class="stack">
            <DescriptionList
              facts={[
                { term: t('person.email'), details: person.email ?? '—' },
                { term: t('person.locale'), details: <span lang={person.locale}>{t(`locale.${person.locale}`)}</span> },
              ]}
            />
            <MembershipsPanel visit={visit} person={person} organisations={organisations} />
            <RolesPanel visit={visit} person={person} />
            <PersonHistory visit={visit} history={history} organisationNames={names} />
          </div>
        </>
      ),
    };
  },
});

async function personOfVisit(visit: TerritoryVisit, tx: Transaction): Promise<Person | undefined> {
  const personId = parseId<'person'>(visit.params['person'] ?? '');
  return personId === undefined ? undefined : personById(tx, visit.principal, personId);
}

/** An act on the person of the address, whom the visitor must be allowed to see. */
function acting<Schema extends z.ZodType>(schema: Schema, act: Act<z.output<Schema>>) {
  return async (visit: TerritoryVisit, input: FormInput, tx: Transaction): Promise<ActionOutcome> => {
    if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
    const person = await personOfVisit(visit, tx);
    if (person === undefined) return { kind: 'not-found' };
    const parsed = parseForm(schema, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const t = directoryText(visit.locale);
    const { result, notice } = await act(parsed.value, person, visit, tx);
    if (!result.ok) return invalid(formError(input, t(`person.refused.${result.reason}`, result.facts)));
    return doneAt(pageAfter(visit, person.id), notice(t));
  };
}

/** A page that is still in sight: one's own rights, or a person whom one managed, may just have gone. */
function pageAfter(visit: TerritoryVisit, personId: PersonId): string {
  if (personOf(visit.principal) === personId) return pathIn(visit, 'moi');
  return isTeam(visit.principal) ? pathIn(visit, 'personnes', personId) : pathIn(visit, 'personnes');
}
