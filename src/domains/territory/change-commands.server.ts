/** What people do with changes: take one back, agree to one that waits, or refuse it with a reason. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import { lockStanding, updateStored, type ChangeId, type Standing } from './fact-storing.server.ts';
import { undoChanges, type UndoAnswer } from './fact-undoing.server.ts';
import { momentAfter } from './fact-writing.server.ts';
import {
  differenceOf,
  faultsOf,
  fromJson,
  withFacts,
  type FactFault,
  type FactName,
  type WrittenFacts,
} from './facts.ts';
import { mayApproveFacts, mayUndo } from './policy.ts';
import { personOf, type Principal } from './principal.ts';
import { survivingThemes } from './theme-labels.server.ts';

/** Takes one change of an organisation back. After a refusal nothing was written. */
export async function undoChange(
  tx: TerritoryTransaction,
  principal: Principal,
  { organisationId, changeId }: { readonly organisationId: OrganisationId; readonly changeId: ChangeId },
  at: Moment,
): Promise<UndoAnswer | { readonly ok: false; readonly reason: 'not-allowed' | 'not-found' }> {
  const change = await changeById(tx, changeId);
  if (change?.organisation_id !== organisationId) return { ok: false, reason: 'not-found' };
  if (!mayUndo(principal, organisationId, namesIn(change))) return { ok: false, reason: 'not-allowed' };
  const answer = await undoChanges(tx, principal, { changeIds: [changeId] }, at);
  if (answer.ok)
    await appendEvent(tx, principal, { kind: 'organisation-change-undone', subjectId: organisationId }, at);
  return answer;
}

export type DecisionRefusal = 'not-allowed' | 'not-found' | 'outdated' | 'siren-taken' | FactFault;

/** What waited becomes true, unless the facts have changed since it was proposed. */
export async function approveChange(
  tx: TerritoryTransaction,
  principal: Principal,
  changeId: ChangeId,
  at: Moment,
): Promise<Result<{ organisationId: OrganisationId }, DecisionRefusal>> {
  if (!mayApproveFacts(principal)) return refused('not-allowed');
  const change = await waitingChange(tx, changeId);
  if (change === undefined) return refused('not-found');
  const standing = (await lockStanding(tx, [change.organisation_id])).get(change.organisation_id);
  if (standing === undefined || standing.isWithdrawn || standing.isMerged) return refused('not-found');
  const before = withFacts(standing.facts, fromJson(change.before as WrittenFacts));
  if (differenceOf(standing.facts, before).names.length > 0) return refused('outdated');
  const given = fromJson(change.after as WrittenFacts);
  const themes = await survivingThemes(tx, given.themes !== undefined);
  const facts = withFacts(standing.facts, {
    ...given,
    ...(given.themes === undefined ? {} : { themes: given.themes.map((code) => themes.get(code) ?? code) }),
  });
  const [fault] = faultsOf(facts);
  if (fault !== undefined) return refused(fault.fault, { field: fault.field });
  const holder = await otherHolder(tx, standing, facts.siren);
  if (holder !== undefined) return refused('siren-taken', { name: holder });
  const since = momentAfter(at, standing.updatedAt);
  await updateStored(tx, [{ id: standing.id, slug: standing.slug, facts, at: since, change: undefined }]);
  await decide(tx, principal, changeId, { state: 'applied', at: since, reason: '' });
  const subjectId = standing.id;
  await appendEvent(tx, principal, { kind: 'organisation-change-approved', subjectId }, at);
  return done({ organisationId: standing.id });
}

export async function refuseChange(
  tx: TerritoryTransaction,
  principal: Principal,
  { changeId, reason }: { readonly changeId: ChangeId; readonly reason: string },
  at: Moment,
): Promise<Result<{ organisationId: OrganisationId }, 'not-allowed' | 'not-found'>> {
  if (!mayApproveFacts(principal)) return refused('not-allowed');
  const change = await waitingChange(tx, changeId);
  if (change === undefined) return refused('not-found');
  await decide(tx, principal, changeId, { state: 'refused', at: at.now, reason });
  const subjectId = change.organisation_id;
  await appendEvent(tx, principal, { kind: 'organisation-change-refused', subjectId }, at);
  return done({ organisationId: subjectId });
}

/** The facts that a change speaks of; for an addition or a removal, all that it had. */
export function namesIn(change: { readonly before: unknown; readonly after: unknown }): FactName[] {
  const names = [...Object.keys(change.before as WrittenFacts), ...Object.keys(change.after as WrittenFacts)];
  return [...new Set(names)] as FactName[];
}

function changeById(tx: TerritoryTransaction, changeId: ChangeId) {
  return tx
    .selectFrom('organisation_changes')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', changeId)
    .executeTakeFirst();
}

/** Locked, so that two of the team who decide at once decide once. */
function waitingChange(tx: TerritoryTransaction, changeId: ChangeId) {
  return tx
    .selectFrom('organisation_changes')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', changeId)
    .where('state', '=', 'proposed')
    .forUpdate()
    .executeTakeFirst();
}

async function decide(
  tx: TerritoryTransaction,
  principal: Principal,
  changeId: ChangeId,
  decision: { readonly state: 'applied' | 'refused'; readonly at: Temporal.Instant; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('organisation_changes')
    .set({
      state: decision.state,
      decided_by: personOf(principal),
      decided_at: decision.at,
      reason: decision.reason,
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', changeId)
    .execute();
}

async function otherHolder(tx: TerritoryTransaction, { id, facts }: Standing, siren: string | null) {
  if (siren === null || siren === facts.siren) return undefined;
  const { rows } = await sql<{ name: string }>`
    select name from organisations
    where territory_id = ${tx.territoryId} and siren = ${siren} and id <> ${id}
      and withdrawn_at is null and merged_into_id is null`.execute(tx);
  return rows[0]?.name;
}
