/** Reads of places, phases, ties and people of an organisation, for whoever keeps them. */
import { sql } from 'kysely';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { historyOf, type HistoryLine } from './events.server.ts';
import type { LifeId } from './life.ts';
import type { TieKind } from './organisation-profile.ts';

/** Days as ISO text. */
interface Line {
  readonly id: LifeId;
  readonly since: string | null;
  readonly until: string | null;
}

export interface Life {
  readonly places: readonly (Line & {
    readonly label: string;
    readonly address: string;
    readonly postalCode: string | null;
    readonly commune: string | null;
  })[];
  readonly phases: readonly (Line & { readonly phase: string })[];
  readonly ties: readonly (Line & {
    readonly tie: TieKind;
    readonly isFrom: boolean;
    readonly name: string;
    readonly slug: string;
  })[];
  readonly affiliations: readonly (Line & {
    readonly name: string;
    readonly title: string;
    readonly isPublicContact: boolean;
  })[];
}

const PERIOD = sql.raw(`'id', x.id, 'since', x.since, 'until', x.until`);

export async function lifeOf(tx: TerritoryTransaction, id: OrganisationId): Promise<Life> {
  const own = sql`x.territory_id = ${tx.territoryId} and x.organisation_id = ${id}`;
  const list = (fields: string) =>
    sql`coalesce(jsonb_agg(jsonb_build_object(${PERIOD}, ${sql.raw(fields)}) order by x.since, x.id), '[]')`;
  const { rows } = await sql<Life>`select
    (select ${list(`'label', x.label, 'address', x.address, 'postalCode', x.postal_code, 'commune', x.commune`)}
      from organisation_places x where ${own}) as places,
    (select ${list(`'phase', x.phase`)} from organisation_phases x where ${own}) as phases,
    (select ${list(`'tie', x.kind, 'isFrom', x.organisation_id = x.from_id, 'name', x.name, 'slug', x.slug`)} from (
      select t.*, ${id}::uuid as organisation_id, o.name, o.slug from organisation_ties t
      join organisations o on o.territory_id = t.territory_id and o.withdrawn_at is null
        and o.id = case when t.from_id = ${id} then t.to_id else t.from_id end
      where t.territory_id = ${tx.territoryId} and ${id}::uuid in (t.from_id, t.to_id)) x) as ties,
    (select ${list(`'name', p.name, 'title', x.title, 'isPublicContact', x.is_public_contact`)} from affiliations x
      join people p on p.territory_id = x.territory_id and p.id = x.person_id where ${own}) as affiliations`.execute(
    tx,
  );
  return rows[0] ?? { places: [], phases: [], ties: [], affiliations: [] };
}

/** Who may be said to work there: those who belong to it here, and those of whom it was said before. */
export async function peopleAround(
  tx: TerritoryTransaction,
  id: OrganisationId,
): Promise<readonly { readonly id: PersonId; readonly name: string }[]> {
  const { rows } = await sql<{ id: PersonId; name: string }>`
    select p.id, p.name from people p where p.territory_id = ${tx.territoryId} and p.id in (
      select m.person_id from memberships m where m.territory_id = ${tx.territoryId} and m.organisation_id = ${id}
      union select a.person_id from affiliations a where a.territory_id = ${tx.territoryId} and a.organisation_id = ${id})
    order by p.name, p.id`.execute(tx);
  return rows;
}

/** What was stated, ended, removed and put back, the newest first. */
export async function lifeHistory(tx: TerritoryTransaction, id: OrganisationId): Promise<readonly HistoryLine[]> {
  const lines = await historyOf(tx, id, 200);
  return lines.filter(({ kind }) => kind.startsWith('life-'));
}
