/** Reads of the ties between organisations, declared and answered. */
import { sql } from 'kysely';
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Part } from './organisation.ts';
import type { DeclaredConflict, ConflictAnswer, ConflictFacts } from './conflict.ts';

export type ConflictAnswerId = Id<'answer'>;

/** What the ties of these organisations are computed from. */
export async function conflictFacts(tx: TerritoryTransaction, ids: readonly OrganisationId[]): Promise<ConflictFacts> {
  const ties = await readConflicts(tx);
  const named = new Set([...ids, ...ties.flatMap(({ organisationId, otherId }) => [organisationId, otherId])]);
  const organisations = await tx
    .selectFrom('organisations')
    .select(['id', 'naf_section'])
    .select([
      sql<
        Part[]
      >`array(select part from organisation_parts p where p.territory_id = organisations.territory_id and p.organisation_id = organisations.id order by part)`.as(
        'parts',
      ),
      sql<
        string[]
      >`array(select theme_code from organisation_themes t where t.territory_id = organisations.territory_id and t.organisation_id = organisations.id order by theme_code)`.as(
        'themes',
      ),
    ])
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`id = any(${[...named]}::uuid[])`)
    .orderBy('id')
    .execute();
  return {
    ties,
    answers: await readAnswers(tx),
    organisations: organisations.map((row) => ({
      id: row.id,
      parts: row.parts,
      nafSection: row.naf_section,
      themeCodes: row.themes,
    })),
  };
}

async function readConflicts(tx: TerritoryTransaction): Promise<DeclaredConflict[]> {
  const rows = await tx
    .selectFrom('organisation_conflicts')
    .select(['organisation_id', 'other_id', 'tie', 'holder_id', 'share_per_mille'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('organisation_id')
    .orderBy('other_id')
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    otherId: row.other_id,
    tie: row.tie,
    holderId: row.holder_id,
    sharePerMille: row.share_per_mille,
  }));
}

async function readAnswers(tx: TerritoryTransaction): Promise<ConflictAnswer[]> {
  const rows = await tx
    .selectFrom('conflict_answers')
    .select(['organisation_id', 'other_id', 'ground', 'through_id', 'keeps_apart'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    otherId: row.other_id,
    ground: row.ground,
    throughId: row.through_id,
    keepsApart: row.keeps_apart,
  }));
}

interface Told {
  readonly by: string | null;
  readonly at: Temporal.Instant;
}

export interface ConflictLine extends DeclaredConflict, Told {}

export interface ConflictAnswerLine extends ConflictAnswer, Told {
  readonly id: ConflictAnswerId;
}

/** The declared ties and who declared them, newest first. */
export async function listConflicts(tx: TerritoryTransaction): Promise<ConflictLine[]> {
  return tx
    .selectFrom('organisation_conflicts as c')
    .leftJoin('people', (join) =>
      join.onRef('people.territory_id', '=', 'c.territory_id').onRef('people.id', '=', 'c.declared_by'),
    )
    .select([
      'c.organisation_id as organisationId',
      'c.other_id as otherId',
      'c.tie',
      'c.holder_id as holderId',
      'c.share_per_mille as sharePerMille',
      'people.name as by',
      'c.declared_at as at',
    ])
    .where('c.territory_id', '=', tx.territoryId)
    .orderBy('c.declared_at', 'desc')
    .orderBy('c.organisation_id')
    .orderBy('c.other_id')
    .limit(MOST_LISTED)
    .execute();
}

/** What was answered, newest first. */
export async function listConflictAnswers(tx: TerritoryTransaction): Promise<ConflictAnswerLine[]> {
  return tx
    .selectFrom('conflict_answers as a')
    .leftJoin('people', (join) =>
      join.onRef('people.territory_id', '=', 'a.territory_id').onRef('people.id', '=', 'a.answered_by'),
    )
    .select([
      'a.id',
      'a.organisation_id as organisationId',
      'a.other_id as otherId',
      'a.ground',
      'a.through_id as throughId',
      'a.keeps_apart as keepsApart',
      'people.name as by',
      'a.answered_at as at',
    ])
    .where('a.territory_id', '=', tx.territoryId)
    .orderBy('a.answered_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(MOST_LISTED)
    .execute();
}

const MOST_LISTED = 1000;

export interface NamedOrganisation {
  readonly id: OrganisationId;
  readonly name: string;
  readonly slug: string;
}

/** Every organisation by name, to choose from and to name. */
export async function namedOrganisations(tx: TerritoryTransaction): Promise<NamedOrganisation[]> {
  return tx
    .selectFrom('organisations')
    .select(['id', 'name', 'slug'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}
