/**
 * Firms, ties and grants as the rules read them, and the locks under which they are read to be written.
 *
 * Whoever records a tie waits for all who decide, and the reverse; whoever decides for a firm waits for whoever decides for
 * any firm that was ever tied to it. Held until the end of the transaction; what is read after a lock is what others
 * committed.
 */
import { sql } from 'kysely';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { present } from '../../lib/assert.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import type { AidFacts, CountedGrant } from './aid.ts';
import { aidFacts, type Ties } from './aid-facts.ts';
import { everTiedTo, type Firm, type FirmId, type Succession } from './undertaking.ts';

/** For whoever records a tie. */
export async function holdTies(tx: TerritoryTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`aid ties of ${tx.territoryId}`}, 0))`.execute(tx);
}

/** For whoever writes what counts for a firm: its undertaking, present, past and to come, is theirs until they are done. */
export async function holdUndertaking(tx: TerritoryTransaction, firmId: FirmId): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`aid ties of ${tx.territoryId}`}, 0))`.execute(tx);
  const ties = await readTies(tx);
  const [first = firmId] = everTiedTo(firmId, ties.firms, ties.links, ties.successions);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`aid of ${tx.territoryId} ${first}`}, 0))`.execute(tx);
}

export interface KnownTies extends Ties {
  readonly firms: readonly KnownFirm[];
}

interface KnownFirm extends Firm {
  /** Where the firm is an organisation of the territory. */
  readonly organisationId: OrganisationId | null;
}

/** The firm of an organisation, made when it is asked for the first time; undefined when there is no such organisation. */
export async function ensureFirm(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  at: Moment,
): Promise<FirmId | undefined> {
  const organisation = await tx
    .selectFrom('organisations as o')
    .select(['o.name', 'o.siren'])
    .select((has) =>
      has
        .exists(
          has
            .selectFrom('organisation_parts as p')
            .select('p.part')
            .whereRef('p.territory_id', '=', 'o.territory_id')
            .whereRef('p.organisation_id', '=', 'o.id')
            .where('p.part', '=', 'public-body'),
        )
        .as('isPublic'),
    )
    .where('o.territory_id', '=', tx.territoryId)
    .where('o.id', '=', organisationId)
    .executeTakeFirst();
  if (organisation === undefined) return undefined;
  await tx
    .insertInto('aid_firms')
    .values({
      territory_id: tx.territoryId,
      id: newId<'firm'>(at.now, at.fillRandom),
      organisation_id: organisationId,
      name: organisation.name,
      siren: organisation.siren,
      kind: organisation.isPublic ? 'public-body' : 'firm',
      created_at: at.now,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'organisation_id']).doNothing())
    .execute();
  return present(await firmOf(tx, organisationId), 'the firm that was just made');
}

export async function firmOf(tx: TerritoryTransaction, organisationId: OrganisationId): Promise<FirmId | undefined> {
  const row = await tx
    .selectFrom('aid_firms')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row?.id;
}

export async function readTies(tx: TerritoryTransaction): Promise<KnownTies> {
  const firms = await tx
    .selectFrom('aid_firms')
    .select(['id', 'kind', 'member_state as memberState', 'organisation_id as organisationId'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('id')
    .execute();
  const links = await tx
    .selectFrom('firm_links')
    .select([
      'holder_id as holderId',
      'held_id as heldId',
      'ground',
      'votes_per_myriad as votesPerMyriad',
      'since',
      'until',
    ])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('id')
    .execute();
  return { firms, links, successions: await readSuccessions(tx) };
}

async function readSuccessions(tx: TerritoryTransaction): Promise<Succession[]> {
  const rows = await tx
    .selectFrom('firm_successions')
    .select(['from_id', 'heir_id', 'effective_on', 'equity_cents'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('id')
    .execute();
  const byEvent = Map.groupBy(rows, (row) => `${row.from_id} ${row.effective_on.toString()}`);
  return [...byEvent.values()].flatMap((heirs) => {
    const [first] = heirs;
    if (first === undefined) return [];
    return [
      {
        fromId: first.from_id,
        effectiveOn: first.effective_on,
        heirs: heirs.map((row) => ({ firmId: row.heir_id, equityCents: row.equity_cents })),
      },
    ];
  });
}

/** What counts for these firms: all that was not withdrawn, contested lines included. */
export async function readCounted(tx: TerritoryTransaction, firmIds: readonly FirmId[]): Promise<CountedGrant[]> {
  return tx
    .selectFrom('aid_grants')
    .select(['id', 'firm_id as firmId', 'basis', 'granted_on as grantedOn', 'cents'])
    .where('territory_id', '=', tx.territoryId)
    .where('state', '<>', 'withdrawn')
    .where(sql<boolean>`firm_id = any(${[...firmIds]}::uuid[])`)
    .orderBy('granted_on')
    .orderBy('id')
    .execute();
}

/** All that the rules ask about one firm. */
export async function readAidFacts(tx: TerritoryTransaction, firmId: FirmId): Promise<AidFacts> {
  const ties = await readTies(tx);
  return aidFacts(await readCounted(tx, everTiedTo(firmId, ties.firms, ties.links, ties.successions)), ties);
}
