/** Reads of changes: the history of an organisation, and what waits for the team. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ChangeId } from './fact-storing.server.ts';
import type { WrittenFacts } from './facts.ts';
import type { ChangeSource } from './organisation-profile.ts';

export interface Change {
  readonly id: ChangeId;
  readonly organisation: { readonly id: OrganisationId; readonly name: string; readonly slug: string };
  readonly source: ChangeSource;
  readonly authorName: string | null;
  readonly at: Temporal.Instant;
  readonly before: WrittenFacts;
  readonly after: WrittenFacts;
  readonly state: 'applied' | 'proposed' | 'refused' | 'undone';
  readonly deciderName: string | null;
  readonly reason: string;
  readonly undoesId: ChangeId | null;
}

const LONGEST_HISTORY = 200;

/** Newest first, at most two hundred. */
export async function historyOfOrganisation(tx: TerritoryTransaction, id: OrganisationId): Promise<Change[]> {
  const rows = await changes(tx)
    .where('c.organisation_id', '=', id)
    .orderBy(sql`coalesce(c.decided_at, c.at)`, 'desc')
    .orderBy('c.id', 'desc')
    .limit(LONGEST_HISTORY)
    .execute();
  return rows.map(toChange);
}

/** What waits for the team, the oldest first, at most two hundred. */
export async function waitingChanges(tx: TerritoryTransaction): Promise<Change[]> {
  const rows = await changes(tx)
    .where('c.state', '=', 'proposed')
    .where('o.withdrawn_at', 'is', null)
    .where('o.merged_into_id', 'is', null)
    .orderBy('c.at')
    .orderBy('c.id')
    .limit(LONGEST_HISTORY)
    .execute();
  return rows.map(toChange);
}

/** What waits for the team of the facts of one organisation, the oldest first. */
export async function waitingChangesOf(tx: TerritoryTransaction, id: OrganisationId): Promise<Change[]> {
  const rows = await changes(tx)
    .where('c.state', '=', 'proposed')
    .where('c.organisation_id', '=', id)
    .orderBy('c.at')
    .orderBy('c.id')
    .limit(LONGEST_HISTORY)
    .execute();
  return rows.map(toChange);
}

/** An organisation that has a history: the one that holds the address, else the last that held it before it was withdrawn. */
export async function organisationOfHistory(tx: TerritoryTransaction, slug: string) {
  const row = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'slug', 'withdrawn_at as withdrawnAt', 'merged_into_id as mergedIntoId'])
    .where('territory_id', '=', tx.territoryId)
    .where('slug', '=', slug)
    .orderBy(sql`withdrawn_at desc nulls first`)
    .limit(1)
    .executeTakeFirst();
  return row;
}

function changes(tx: TerritoryTransaction) {
  return tx
    .selectFrom('organisation_changes as c')
    .innerJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'c.territory_id').onRef('o.id', '=', 'c.organisation_id'),
    )
    .leftJoin('people as author', (join) =>
      join.onRef('author.territory_id', '=', 'c.territory_id').onRef('author.id', '=', 'c.author_id'),
    )
    .leftJoin('people as decider', (join) =>
      join.onRef('decider.territory_id', '=', 'c.territory_id').onRef('decider.id', '=', 'c.decided_by'),
    )
    .select(['c.id', 'c.organisation_id', 'c.source', 'c.at', 'c.before', 'c.after', 'c.state', 'c.reason'])
    .select(['c.undoes_id', 'o.name', 'o.slug', 'author.name as author_name', 'decider.name as decider_name'])
    .where('c.territory_id', '=', tx.territoryId);
}

type ChangeQuery = Awaited<ReturnType<ReturnType<typeof changes>['execute']>>[number];

function toChange(row: ChangeQuery): Change {
  return {
    id: row.id,
    organisation: { id: row.organisation_id, name: row.name, slug: row.slug },
    source: row.source,
    authorName: row.author_name,
    at: row.at,
    before: row.before as WrittenFacts,
    after: row.after as WrittenFacts,
    state: row.state,
    deciderName: row.decider_name,
    reason: row.reason,
    undoesId: row.undoes_id,
  };
}
