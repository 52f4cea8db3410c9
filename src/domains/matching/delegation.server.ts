/**
 * Handing a match over to a colleague: who may, to whom, and who carries it now.
 *
 * Must always hold: only people of a side hand over for that side, only to other people of it; the latest counts; who
 * was handed a match has the rights that they had, none more.
 */
import { sql } from 'kysely';
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { isMemberOf, personOf, type Principal } from '../territory/principal.ts';
import type { Side } from './match.ts';
import { matchById } from './match-queries.server.ts';
import type { MatchId } from './round.ts';
import type { DelegationInput } from './schema.ts';

export interface Colleague {
  readonly id: PersonId;
  readonly name: string;
}

export interface Delegation {
  readonly matchId: MatchId;
  readonly side: Side;
  readonly personId: PersonId;
  readonly name: string;
  readonly by: string | null;
  readonly note: string;
  readonly at: Temporal.Instant;
}

export type DelegationRefusal = 'not-found' | 'not-a-colleague' | 'already-closed';

export async function delegateMatch(
  tx: TerritoryTransaction,
  principal: Principal,
  matchId: MatchId,
  { person, note }: DelegationInput,
  at: Moment,
): Promise<Result<{ side: Side }, DelegationRefusal>> {
  const match = await matchById(tx, principal, matchId);
  const side = match && handingSide(principal, match);
  if (match === undefined || side === undefined) return refused('not-found');
  if (match.state !== 'proposed' && match.state !== 'accepted') return refused('already-closed');
  const organisationId = side === 'offer' ? match.offerOrganisationId : match.needOrganisationId;
  const colleague = (await colleaguesOf(tx, organisationId, principal)).find(({ id }) => id === person);
  if (colleague === undefined) return refused('not-a-colleague');
  await tx
    .insertInto('match_delegations')
    .values({
      territory_id: tx.territoryId,
      id: newId(at.now, at.fillRandom),
      match_id: matchId,
      side,
      person_id: colleague.id,
      note,
      delegated_by: personOf(principal),
      delegated_at: at.now,
    })
    .execute();
  const payload = { side };
  await appendEvent(tx, principal, { kind: 'match-delegated', subjectId: matchId, payload }, at);
  return done({ side });
}

/** The side for which this person hands over; of both, the one that gives. */
export function handingSide(
  principal: Principal,
  match: { readonly needOrganisationId: OrganisationId; readonly offerOrganisationId: OrganisationId },
): Side | undefined {
  if (isMemberOf(principal, match.offerOrganisationId)) return 'offer';
  return isMemberOf(principal, match.needOrganisationId) ? 'need' : undefined;
}

/** The other people of an organisation, by name. */
export async function colleaguesOf(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  principal: Principal,
): Promise<Colleague[]> {
  return tx
    .selectFrom('memberships as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'm.territory_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['p.id', 'p.name'])
    .distinct()
    .where('m.territory_id', '=', tx.territoryId)
    .where('m.organisation_id', '=', organisationId)
    .where(sql<boolean>`p.id is distinct from ${personOf(principal)}::uuid`)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute();
}

/** Who carries these matches now, side by side. */
export async function delegationsOf(tx: TerritoryTransaction, matchIds: readonly MatchId[]): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`
    select distinct on (d.match_id, d.side) d.match_id as "matchId", d.side, d.person_id as "personId", p.name, b.name as by, d.note,
      d.delegated_at as at
    from match_delegations d
    join people p on p.territory_id = d.territory_id and p.id = d.person_id
    left join people b on b.territory_id = d.territory_id and b.id = d.delegated_by
    where d.territory_id = ${tx.territoryId} and d.match_id = any(${[...matchIds]}::uuid[])
    order by d.match_id, d.side, d.delegated_at desc, d.id desc`.execute(tx);
  return rows;
}

/** Who hands over, to whom, and who carries the match of a page now. */
export interface Handing {
  readonly colleagues: readonly Colleague[];
  /** For one's own organisation alone: what the other side decides inside is its own. */
  readonly delegations: readonly Delegation[];
}

export async function handingOf(
  tx: TerritoryTransaction,
  principal: Principal,
  match: {
    readonly id: MatchId;
    readonly needOrganisationId: OrganisationId;
    readonly offerOrganisationId: OrganisationId;
  },
): Promise<Handing> {
  const side = handingSide(principal, match);
  if (side === undefined) return { colleagues: [], delegations: [] };
  const organisationId = side === 'offer' ? match.offerOrganisationId : match.needOrganisationId;
  return {
    colleagues: await colleaguesOf(tx, organisationId, principal),
    delegations: (await delegationsOf(tx, [match.id])).filter((one) => one.side === side),
  };
}
