/** The only place that writes ties between organisations, and the answers about those in doubt. */
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import { mayKeepConflicts } from './policy.ts';
import { personOf, type Principal } from './principal.ts';
import { inOrder, type PairOfOrganisations, type ConflictInput, type ConflictQuestion } from './conflict.ts';
import type { ConflictAnswerId } from './conflict-queries.server.ts';
import { isInDirectory } from './queries.server.ts';

export type ConflictRefusal = 'not-allowed' | 'same-organisation' | 'not-found';

/** Declares how two organisations are tied; declared again, the last word counts. */
export async function declareConflict(
  tx: TerritoryTransaction,
  principal: Principal,
  input: ConflictInput,
  at: Moment,
): Promise<Result<PairOfOrganisations, ConflictRefusal>> {
  if (!mayKeepConflicts(principal)) return refused('not-allowed');
  if (input.organisation === input.other) return refused('same-organisation');
  if (!(await areHere(tx, [input.organisation, input.other]))) return refused('not-found');
  const pair = inOrder(input.organisation, input.other);
  const isHolding = input.tie === 'shareholder';
  const values = {
    tie: input.tie,
    // The first one chosen holds the second.
    holder_id: isHolding ? input.organisation : null,
    share_per_mille: isHolding ? (input.sharePerMille ?? null) : null,
    declared_by: personOf(principal),
    declared_at: at.now,
  };
  await tx
    .insertInto('organisation_conflicts')
    .values({ territory_id: tx.territoryId, organisation_id: pair.organisationId, other_id: pair.otherId, ...values })
    .onConflict((conflict) => conflict.columns(['territory_id', 'organisation_id', 'other_id']).doUpdateSet(values))
    .execute();
  await appendEvent(
    tx,
    principal,
    {
      kind: 'conflict-declared',
      subjectId: pair.organisationId,
      payload: { other: pair.otherId, tie: input.tie, share: values.share_per_mille },
    },
    at,
  );
  return done(pair);
}

/** Takes a declared tie back. */
export async function removeConflict(
  tx: TerritoryTransaction,
  principal: Principal,
  { organisationId, otherId }: PairOfOrganisations,
  at: Moment,
): Promise<Result<PairOfOrganisations, 'not-allowed' | 'not-found'>> {
  if (!mayKeepConflicts(principal)) return refused('not-allowed');
  const pair = inOrder(organisationId, otherId);
  const removed = await tx
    .deleteFrom('organisation_conflicts')
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', pair.organisationId)
    .where('other_id', '=', pair.otherId)
    .returning('tie')
    .executeTakeFirst();
  if (removed === undefined) return refused('not-found');
  await appendEvent(
    tx,
    principal,
    { kind: 'conflict-removed', subjectId: pair.organisationId, payload: { other: pair.otherId, tie: removed.tie } },
    at,
  );
  return done(pair);
}

/** Remembers what the team says about a tie in doubt; said again, the last word counts. */
export async function answerConflict(
  tx: TerritoryTransaction,
  principal: Principal,
  question: ConflictQuestion,
  keepsApart: boolean,
  at: Moment,
): Promise<Result<ConflictAnswerId, ConflictRefusal>> {
  if (!mayKeepConflicts(principal)) return refused('not-allowed');
  if (question.organisationId === question.otherId) return refused('same-organisation');
  const pair = inOrder(question.organisationId, question.otherId);
  const third = question.throughId === null ? [] : [question.throughId];
  if (!(await areHere(tx, [pair.organisationId, pair.otherId, ...third]))) return refused('not-found');
  const id = newId<'answer'>(at.now, at.fillRandom);
  const values = { keeps_apart: keepsApart, answered_by: personOf(principal), answered_at: at.now };
  const written = await tx
    .insertInto('conflict_answers')
    .values({
      territory_id: tx.territoryId,
      id,
      organisation_id: pair.organisationId,
      other_id: pair.otherId,
      ground: question.ground,
      through_id: question.throughId,
      ...values,
    })
    .onConflict((conflict) =>
      conflict.columns(['territory_id', 'organisation_id', 'other_id', 'ground', 'through_id']).doUpdateSet(values),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendEvent(
    tx,
    principal,
    {
      kind: 'conflict-answered',
      subjectId: pair.organisationId,
      payload: { other: pair.otherId, ground: question.ground, through: question.throughId, apart: keepsApart },
    },
    at,
  );
  return done(written.id);
}

/** Takes an answer back: where the doubt still stands it is asked again. */
export async function withdrawConflictAnswer(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ConflictAnswerId,
  at: Moment,
): Promise<Result<ConflictAnswerId, 'not-allowed' | 'not-found'>> {
  if (!mayKeepConflicts(principal)) return refused('not-allowed');
  const removed = await tx
    .deleteFrom('conflict_answers')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .returning(['organisation_id', 'other_id', 'keeps_apart'])
    .executeTakeFirst();
  if (removed === undefined) return refused('not-found');
  await appendEvent(
    tx,
    principal,
    {
      kind: 'conflict-answer-withdrawn',
      subjectId: removed.organisation_id,
      payload: { other: removed.other_id, apart: removed.keeps_apart },
    },
    at,
  );
  return done(id);
}

async function areHere(tx: TerritoryTransaction, ids: readonly OrganisationId[]): Promise<boolean> {
  const rows = await tx
    .selectFrom('organisations')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', 'in', ids)
    .where(isInDirectory())
    .execute();
  return rows.length === new Set(ids).size;
}
