/** The directory of the demonstration: territory, themes, organisations, people. */
import { demonstrationPersonas } from '../domains/identity/personas.ts';
import type { Part } from '../domains/territory/organisation.ts';
import type { PersonPrincipal } from '../domains/territory/principal.ts';
import { typesetFrench } from '../i18n/typography.ts';
import { present } from '../lib/assert.ts';
import { newId, type OrganisationId, type PersonId } from '../lib/ids.ts';
import { seededRandom, type SeededRandom } from '../lib/seeded-random.ts';
import { slugOf } from '../lib/slug.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, type DemonstrationCalendar } from './calendar.ts';
import { OTHERS, PARTNERS } from './content/organisations.ts';
import { FIRST_NAMES, LAST_NAMES } from './content/requests.ts';
import { STARTUPS } from './content/startups.ts';
import { THEMES, themeOf } from './content/themes.ts';
import { loadProfiles } from './profiles.ts';

export const REGION_CODE = '84';

export interface MadeOrganisation {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
  readonly parts: readonly Part[];
  readonly themes: readonly string[];
  /** Kinds of help that it offers. */
  readonly offers: readonly string[];
  /** Who acts for it. */
  readonly manager: PersonPrincipal;
}

export interface MadeDirectory {
  readonly organisations: readonly MadeOrganisation[];
  readonly startups: readonly MadeOrganisation[];
  readonly team: PersonPrincipal;
}

interface Draft extends Omit<MadeOrganisation, 'manager'> {
  readonly commune: string;
  readonly summaryFr: string;
  readonly summaryEn: string;
  readonly nafSection: string;
  readonly employees: number | null;
  readonly foundedOn: Temporal.PlainDate | null;
  readonly siren: string | null;
}

export async function loadDirectory(
  tx: TerritoryTransaction,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<MadeDirectory> {
  const at = momentOn(calendar, Temporal.PlainDate.from('2016-01-15'), 9);
  await tx
    .insertInto('themes')
    .values(
      THEMES.map((theme) => ({
        territory_id: tx.territoryId,
        code: theme.code,
        label_fr: theme.labelFr,
        label_en: theme.labelEn,
      })),
    )
    .execute();
  const drafts = [...partnerDrafts(at, random), ...startupDrafts(at, random)];
  await insertOrganisations(tx, drafts, at);
  const invented = new Set(STARTUPS.filter(({ summaryFr }) => summaryFr.includes('fictive')).map(({ name }) => name));
  // A randomness of its own: what the rest of the demonstration draws stays as it was.
  await loadProfiles(
    tx,
    drafts.map(({ id, name, commune }) => ({ id, name, commune, isInventedStartup: invented.has(name) })),
    calendar,
    seededRandom(63_113),
  );
  const people = peopleOf(drafts, at, random);
  await insertPeople(tx, people, at);
  const organisations = drafts.map((draft) => ({ ...draft, manager: managerOf(draft.id, people) }));
  return {
    organisations,
    startups: organisations.filter(({ parts }) => parts.includes('startup')),
    team: present(
      people.find(({ roles }) => roles.has('programme-team')),
      'the team of the demonstration',
    ),
  };
}

function partnerDrafts(at: Temporal.Instant, random: SeededRandom): Draft[] {
  return [...PARTNERS, ...OTHERS].map((content) => ({
    id: newId<'organisation'>(at, random.fill),
    slug: slugOf(content.name, 'organisation'),
    name: content.name,
    parts: content.parts,
    themes: content.themes,
    offers: content.offers,
    commune: content.commune,
    summaryFr: typesetFrench(content.summaryFr),
    summaryEn: content.summaryEn,
    nafSection: themeOf(content.themes[0] ?? 'numerique').nafSection,
    employees: null,
    foundedOn: null,
    siren: content.siren ?? null,
  }));
}

function startupDrafts(at: Temporal.Instant, random: SeededRandom): Draft[] {
  return STARTUPS.map((content) => ({
    id: newId<'organisation'>(at, random.fill),
    slug: slugOf(content.name, 'startup'),
    name: content.name,
    parts: ['startup'],
    themes: [content.theme],
    offers: [],
    commune: content.commune,
    summaryFr: typesetFrench(content.summaryFr),
    summaryEn: content.summaryEn,
    nafSection: themeOf(content.theme).nafSection,
    employees: content.employees,
    foundedOn: new Temporal.PlainDate(content.foundedYear, 1 + random.whole(12), 1 + random.whole(28)),
    siren: null,
  }));
}

async function insertOrganisations(
  tx: TerritoryTransaction,
  drafts: readonly Draft[],
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('organisations')
    .values(
      drafts.map((draft) => ({
        territory_id: tx.territoryId,
        id: draft.id,
        slug: draft.slug,
        name: draft.name,
        naf_section: draft.nafSection,
        siren: draft.siren,
        region_code: REGION_CODE,
        commune: draft.commune,
        employees: draft.employees,
        founded_on: draft.foundedOn,
        summary_fr: draft.summaryFr,
        summary_en: draft.summaryEn,
        created_at: at,
        updated_at: at,
      })),
    )
    .execute();
  await tx
    .insertInto('organisation_parts')
    .values(
      drafts.flatMap(({ id, parts }) =>
        parts.map((part) => ({ territory_id: tx.territoryId, organisation_id: id, part })),
      ),
    )
    .execute();
  await tx
    .insertInto('organisation_themes')
    .values(
      drafts.flatMap(({ id, themes }) =>
        themes.map((theme) => ({ territory_id: tx.territoryId, organisation_id: id, theme_code: theme })),
      ),
    )
    .execute();
}

/** The people one can sign in as, and an invented manager for every other organisation. */
function peopleOf(drafts: readonly Draft[], at: Temporal.Instant, random: SeededRandom): PersonPrincipal[] {
  const bySlug = new Map(drafts.map((draft) => [draft.slug, draft.id]));
  const personas = demonstrationPersonas.map((persona): PersonPrincipal => {
    const { membership } = persona;
    const organisationId = membership === undefined ? undefined : bySlug.get(membership.organisationSlug);
    if (membership !== undefined && organisationId === undefined)
      throw new Error(`The demonstration lacks ${membership.organisationSlug}`);
    const memberships = new Map(
      membership === undefined || organisationId === undefined ? [] : [[organisationId, membership.role]],
    );
    return {
      kind: 'person',
      personId: persona.personId,
      name: persona.name,
      email: persona.email,
      locale: 'fr',
      roles: new Set(persona.roles),
      memberships,
    };
  });
  const managed = new Set(
    personas.flatMap(({ memberships }) => [...memberships].filter(([, role]) => role === 'manager').map(([id]) => id)),
  );
  const invented = drafts
    .filter(({ id }) => !managed.has(id))
    .map(({ id, slug }, place): PersonPrincipal => ({
      kind: 'person',
      personId: newId<'person'>(at, random.fill) as PersonId,
      name: `${FIRST_NAMES[place % FIRST_NAMES.length]} ${LAST_NAMES[(place * 7 + Math.floor(place / 20)) % LAST_NAMES.length]}`,
      email: `${slug}@demonstration.terreau.example`,
      locale: 'fr',
      roles: new Set(),
      memberships: new Map([[id, 'manager']]),
    }));
  return [...personas, ...invented];
}

async function insertPeople(
  tx: TerritoryTransaction,
  people: readonly PersonPrincipal[],
  at: Temporal.Instant,
): Promise<void> {
  const { territoryId } = tx;
  const since = Temporal.PlainDate.from('2016-01-15');
  await tx
    .insertInto('people')
    .values(
      people.map(({ personId, email, name }) => ({
        territory_id: territoryId,
        id: personId,
        email,
        name,
        created_at: at,
      })),
    )
    .execute();
  await tx
    .insertInto('role_grants')
    .values(
      people.flatMap(({ personId, roles }) =>
        [...roles].map((role) => ({ territory_id: territoryId, person_id: personId, role, granted_at: at })),
      ),
    )
    .execute();
  await tx
    .insertInto('memberships')
    .values(
      people.flatMap(({ personId, memberships }) =>
        [...memberships].map(([organisationId, role]) => ({
          territory_id: territoryId,
          person_id: personId,
          organisation_id: organisationId,
          role,
          since,
        })),
      ),
    )
    .execute();
  await tx
    .insertInto('territory_addresses')
    .values(people.map(({ email }) => ({ email, territory_id: territoryId })))
    .execute();
}

function managerOf(organisationId: OrganisationId, people: readonly PersonPrincipal[]): PersonPrincipal {
  const manager = people.find(({ memberships }) => memberships.get(organisationId) === 'manager');
  if (manager === undefined) throw new Error(`Organisation ${organisationId} has no manager`);
  return manager;
}
