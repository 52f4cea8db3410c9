/** One builder per entity of the directory: what a test does not say has a plain, lawful value. */
import type { Insertable } from 'kysely';
import pg from 'pg';
import type { Part } from '../../src/domains/territory/organisation.ts';
import type { MembershipRole, PersonPrincipal, Role } from '../../src/domains/territory/principal.ts';
import type { Territory } from '../../src/domains/territory/visit.ts';
import { newId, type OrganisationId, type PersonId } from '../../src/lib/ids.ts';
import { slugOf } from '../../src/lib/slug.ts';
import { withTerritory, type Database } from '../../src/platform/postgres/database.ts';
import type { Tables } from '../../src/platform/postgres/tables.ts';

/** The moment at which tests happen, unless they say otherwise: Monday 23 November 2026, 9 h in Paris. */
export const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');

let made = 0;

/** A territory, written by the owner since the application may not. */
export async function makeTerritory(ownerUrl: string, given: Partial<Omit<Territory, 'id'>> = {}): Promise<Territory> {
  made += 1;
  const territory: Territory = {
    id: newId<'territory'>(NOW),
    slug: `territoire-${made}`,
    name: `Territoire ${made}`,
    regionCode: '84',
    zone: 'Europe/Paris',
    halfDayMinutes: 210,
    isDemonstration: false,
    ...given,
  };
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      'insert into territories (id, slug, name, region_code, zone, half_day_minutes, is_demonstration, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        territory.id,
        territory.slug,
        territory.name,
        territory.regionCode,
        territory.zone,
        territory.halfDayMinutes,
        territory.isDemonstration,
        NOW.toString(),
      ],
    );
  } finally {
    await client.end();
  }
  return territory;
}

export interface MadeOrganisation {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
}

export async function makeOrganisation(
  database: Database,
  territory: Territory,
  given: {
    name?: string;
    parts?: readonly Part[];
    nafSection?: string;
    regionCode?: string;
    employees?: number;
    summaryFr?: string;
    /** Any other column, as the table has it. */
    columns?: Partial<Insertable<Tables['organisations']>>;
    themes?: readonly string[];
  } = {},
): Promise<MadeOrganisation> {
  made += 1;
  const name = given.name ?? `Organisation ${made}`;
  const id = newId<'organisation'>(NOW);
  const slug = `${slugOf(name, 'organisation')}-${made}`;
  await withTerritory(database, territory.id, async (tx) => {
    await tx
      .insertInto('organisations')
      .values({
        territory_id: tx.territoryId,
        id,
        slug,
        name,
        naf_section: given.nafSection ?? null,
        region_code: given.regionCode ?? null,
        employees: given.employees ?? null,
        summary_fr: given.summaryFr ?? '',
        created_at: NOW,
        updated_at: NOW,
        ...given.columns,
      })
      .execute();
    for (const code of given.themes ?? []) {
      const theme = { territory_id: tx.territoryId, code, label_fr: code, label_en: code };
      await tx
        .insertInto('themes')
        .values(theme)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx
        .insertInto('organisation_themes')
        .values({ territory_id: tx.territoryId, organisation_id: id, theme_code: code })
        .execute();
    }
    await tx
      .insertInto('organisation_parts')
      .values(
        (given.parts ?? ['startup']).map((part) => ({
          territory_id: tx.territoryId,
          organisation_id: id,
          part,
        })),
      )
      .execute();
  });
  return { id, slug, name };
}

/** A person with roles and memberships, as the principal that commands receive. */
export async function makePerson(
  database: Database,
  territory: Territory,
  given: {
    name?: string;
    email?: string;
    roles?: readonly Role[];
    memberOf?: readonly (readonly [OrganisationId, MembershipRole])[];
  } = {},
): Promise<PersonPrincipal> {
  made += 1;
  const personId: PersonId = newId<'person'>(NOW);
  const name = given.name ?? `Personne ${made}`;
  const email = given.email ?? `personne-${made}@exemple.invalid`;
  const roles = given.roles ?? [];
  const memberships = given.memberOf ?? [];
  await withTerritory(database, territory.id, async (tx) => {
    await tx
      .insertInto('people')
      .values({ territory_id: tx.territoryId, id: personId, email, name, created_at: NOW })
      .execute();
    for (const role of roles) {
      await tx
        .insertInto('role_grants')
        .values({ territory_id: tx.territoryId, person_id: personId, role, granted_at: NOW })
        .execute();
    }
    for (const [organisationId, role] of memberships) {
      await tx
        .insertInto('memberships')
        .values({
          territory_id: tx.territoryId,
          person_id: personId,
          organisation_id: organisationId,
          role,
          since: Temporal.PlainDate.from('2026-01-01'),
        })
        .execute();
    }
    await tx.insertInto('territory_addresses').values({ email, territory_id: tx.territoryId }).execute();
  });
  return {
    kind: 'person',
    personId,
    name,
    email,
    locale: 'fr',
    roles: new Set(roles),
    memberships: new Map(memberships),
  };
}
