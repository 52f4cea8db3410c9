/** Takes a whole import back, as one act, while nothing depends on it. */
import { sql } from 'kysely';
import { constraintOf, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { undoChanges } from '../territory/fact-undoing.server.ts';
import type { Principal } from '../territory/principal.ts';
import { removeLinks } from './apply-links.server.ts';
import type { ImportId } from './import.ts';

/** Thrown, so that what was taken back so far stands again. */
export class DependedOn {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    this.names = names;
  }
}

/** Links first, since they lean on what the import added; then facts; then people. */
export async function undoEntries(
  tx: TerritoryTransaction,
  principal: Principal,
  importId: ImportId,
  at: Moment,
): Promise<void> {
  await sql`set local statement_timeout = '15min'`.execute(tx);
  await removeLinks(tx, importId);
  const undone = await undoChanges(tx, principal, { sourceId: importId }, at);
  if (!undone.ok && undone.reason === 'depended-on')
    throw new DependedOn(
      await namesOf(
        tx,
        undone.obstacles.map(({ organisationId }) => organisationId),
      ),
    );
  await removePeople(tx, importId);
  await appendEvent(tx, principal, { kind: 'import-undone', subjectId: importId }, at);
}

async function removePeople(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  const added = sql`
    select target_id from import_entries where territory_id = ${tx.territoryId} and import_id = ${importId}
      and subject = 'person' and outcome = 'create' and is_chosen and target_id is not null`;
  try {
    await sql`delete from person_keys where territory_id = ${tx.territoryId} and person_id in (${added})`.execute(tx);
    await sql`delete from people where territory_id = ${tx.territoryId} and id in (${added})`.execute(tx);
  } catch (error) {
    // Somebody among them has since got a role, a need, a word in the accounts.
    if (constraintOf(error) === undefined) throw error;
    throw new DependedOn([]);
  }
}

async function namesOf(tx: TerritoryTransaction, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from organisations where territory_id = ${tx.territoryId} and id = any(${ids}::uuid[]) order by name limit 5`.execute(
    tx,
  );
  return rows.map(({ name }) => name);
}
