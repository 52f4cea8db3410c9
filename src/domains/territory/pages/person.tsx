/** What may this person do here, and who may change it? */
import type { PersonId } from '../../../lib/ids.ts';
import { parseId } from '../../../lib/ids.ts';
import type { Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { PersonHistory } from '../components/person-history.tsx';
import { MembershipsPanel, RolesPanel } from '../components/person-rights.tsx';
import { historyOf, type HistoryLine } from '../events.server.ts';
import { directoryText } from '../messages.ts';
import { endMembership, grantRole, revokeRole, setMembership, type RightsRefusal } from '../people-commands.server.ts';
import { organisationsToManage, personById, type OrganisationChoice } from '../people-queries.server.ts';
import { endMembershipForm, membershipForm, roleForm } from '../people-schema.ts';
import type { Person } from '../person.ts';
import { mayListPeople } from '../policy-people.ts';
import { isTeam } from '../principal.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

interface Data {
  readonly person: Person;
  readonly organisations: readonly OrganisationChoice[];
  readonly history: readonly HistoryLine[];
}

type Change = (person: Person, visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction) => Promise<ActionOutcome>;

export const personPage = territoryPage<Data>({
  path: '/:territory/personnes/:person',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const person = await personOfVisit(visit, tx);
    if (person === undefined) return NOT_FOUND;
    const history = isTeam(visit.principal) ? await historyOf(tx, person.id) : [];
    return { person, history, organisations: await organisationsToManage(tx, visit.principal) };
  },

  actions: {
    grant: changing(async (person, visit, input, tx) => {
      const parsed = parseForm(roleForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const t = directoryText(visit.locale);
      const granted = await grantRole(tx, visit.principal, person.id, parsed.value.role, visit);
      return outcomeOf(granted, person.id, visit, input, t('person.done.granted', { name: person.name, role: t(`role.${parsed.value.role}`) }));
    }),
    revoke: changing(async (person, visit, input, tx) => {
      const parsed = parseForm(roleForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const t = directoryText(visit.locale);
      const revoked = await revokeRole(tx, visit.principal, person.id, parsed.value.role, visit);
      return outcomeOf(revoked, person.id, visit, input, t('person.done.revoked', { name: person.name, role: t(`role.${parsed.value.role}`) }));
    }),
    'set-membership': changing(async (person, visit, input, tx) => {
      const parsed = parseForm(membershipForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const { organisation, membershipRole: role } = parsed.value;
      const set = await setMembership(tx, visit.principal, { personId: person.id, organisationId: organisation, role }, visit);
      const name = (await organisationsToManage(tx, visit.principal)).find(({ id }) => id === organisation)?.name ?? '';
      return outcomeOf(set, person.id, visit, input, directoryText(visit.locale)(`person.done.${role}`, { name: person.name, organisation: name }));
    }),
    'end-membership': changing(async (person, visit, input, tx) => {
      const parsed = parseForm(endMembershipForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const { organisation } = parsed.value;
      const ended = await endMembership(tx, visit.principal, person.id, organisation, visit);
      const name = person.memberships.find(({ organisationId }) => organisationId === organisation)?.organisationName ?? '';
      return outcomeOf(ended, person.id, visit, input, directoryText(visit.locale)('person.done.ended', { name: person.name, organisation: name }));
    }),
  },

  view({ person, organisations, history }, visit, form) {
    const t = directoryText(visit.locale);
    const crumbs = mayListPeople(visit.principal) ? [{ label: t('people.title'), href: pathIn(visit, 'personnes') }, { label: person.name }] : undefined;
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

async function personOfVisit(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<Person | undefined> {
  const personId = parseId<'person'>(visit.params['person'] ?? '');
  return personId === undefined ? undefined : personById(tx, visit.principal, personId);
}

/** An act on the person of the address, whom the visitor must be allowed to see. */
function changing(change: Change) {
  return async (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction): Promise<ActionOutcome> => {
    if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
    const person = await personOfVisit(visit, tx);
    return person === undefined ? { kind: 'not-found' } : change(person, visit, input, tx);
  };
}

/** Goes on to a page that is still in sight: one's own rights, or a person one manages, may just have gone. */
function outcomeOf(result: Result<undefined, RightsRefusal>, personId: PersonId, visit: TerritoryVisit, input: FormInput, notice: string): ActionOutcome {
  if (!result.ok) return invalid(formError(input, directoryText(visit.locale)(`person.refused.${result.reason}`, result.facts)));
  const isSelf = visit.principal.kind === 'person' && visit.principal.personId === personId;
  if (isSelf) return doneAt(pathIn(visit, 'moi'), notice);
  return doneAt(isTeam(visit.principal) ? pathIn(visit, 'personnes', personId) : pathIn(visit, 'personnes'), notice);
}
