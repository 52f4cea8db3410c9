/** Reads of State aid: one firm's lines, every undertaking, what must be filed, and the room of organisations on a day. */
import { sql } from 'kysely';
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { namedOrganisations } from '../territory/conflict-queries.server.ts';
import { aidFacts, membersOn, type Ties } from './aid-facts.ts';
import {
  generalCeiling,
  roomFor,
  windowOf,
  type AidState,
  type CountedGrant,
  type GrantId,
  type Instrument,
  type LegalBasis,
} from './aid.ts';
import { readCounted, readTies } from './undertaking-facts.server.ts';
import type { FirmId, FirmKind, LinkGround } from './undertaking.ts';

export interface AidLine {
  readonly id: GrantId;
  readonly firmId: FirmId;
  readonly firmName: string;
  readonly siren: string | null;
  readonly organisationSlug: string | null;
  readonly organisationId: OrganisationId | null;
  readonly origin: 'decided' | 'declared';
  readonly grantedOn: Temporal.PlainDate;
  readonly authority: string;
  readonly instrument: Instrument;
  readonly basis: LegalBasis;
  readonly cents: bigint;
  readonly nace: string | null;
  readonly title: string;
  readonly state: AidState;
  readonly withdrawnReason: string | null;
  readonly filedOn: Temporal.PlainDate | null;
  readonly filingReference: string | null;
  readonly noticeOn: Temporal.PlainDate | null;
  /** The contest that waits. */
  readonly contestReason: string | null;
}

export interface AidFilter {
  readonly firmIds?: readonly FirmId[];
  readonly grantId?: GrantId;
  readonly origin?: 'decided';
}

/** Lines of aid, newest first. */
export async function listAid(tx: TerritoryTransaction, filter: AidFilter = {}): Promise<AidLine[]> {
  const { firmIds, grantId, origin } = filter;
  let query = tx
    .selectFrom('aid_grants as g')
    .innerJoin('aid_firms as f', (join) =>
      join.onRef('f.territory_id', '=', 'g.territory_id').onRef('f.id', '=', 'g.firm_id'),
    )
    .leftJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'f.territory_id').onRef('o.id', '=', 'f.organisation_id'),
    )
    .leftJoin('aid_filings as r', (join) =>
      join.onRef('r.territory_id', '=', 'g.territory_id').onRef('r.grant_id', '=', 'g.id'),
    )
    .leftJoin('aid_notices as n', (join) =>
      join.onRef('n.territory_id', '=', 'g.territory_id').onRef('n.grant_id', '=', 'g.id'),
    )
    .leftJoin('aid_contests as c', (join) =>
      join
        .onRef('c.territory_id', '=', 'g.territory_id')
        .onRef('c.grant_id', '=', 'g.id')
        .on('c.answered_at', 'is', null),
    )
    .select([
      'g.id',
      'g.firm_id as firmId',
      'f.name as firmName',
      'f.siren',
      'o.slug as organisationSlug',
      'f.organisation_id as organisationId',
      'g.origin',
      'g.granted_on as grantedOn',
      'g.authority',
      'g.instrument',
      'g.basis',
      'g.cents',
      'g.nace',
      'g.title',
      'g.state',
      'g.withdrawn_reason as withdrawnReason',
      'r.filed_on as filedOn',
      'r.reference as filingReference',
      'n.issued_on as noticeOn',
      'c.reason as contestReason',
    ])
    .where('g.territory_id', '=', tx.territoryId);
  if (firmIds !== undefined) query = query.where(sql<boolean>`g.firm_id = any(${[...firmIds]}::uuid[])`);
  if (grantId !== undefined) query = query.where('g.id', '=', grantId);
  if (origin !== undefined) query = query.where('g.origin', '=', origin);
  return query.orderBy('g.granted_on', 'desc').orderBy('g.id', 'desc').limit(MOST_LISTED).execute();
}

const MOST_LISTED = 2000;

export interface FirmLine {
  readonly id: FirmId;
  readonly name: string;
  readonly kind: FirmKind;
  readonly organisationId: OrganisationId | null;
  readonly organisationSlug: string | null;
}

export async function listFirms(tx: TerritoryTransaction): Promise<FirmLine[]> {
  return tx
    .selectFrom('aid_firms as f')
    .leftJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'f.territory_id').onRef('o.id', '=', 'f.organisation_id'),
    )
    .select(['f.id', 'f.name', 'f.kind', 'f.organisation_id as organisationId', 'o.slug as organisationSlug'])
    .where('f.territory_id', '=', tx.territoryId)
    .orderBy('f.name')
    .orderBy('f.id')
    .execute();
}

export interface UndertakingLine {
  readonly members: readonly FirmLine[];
  readonly usedCents: bigint;
  readonly ceilingCents: bigint;
  readonly roomCents: bigint;
  /** What fills the window of the day. */
  readonly lines: number;
}

/** Every undertaking that received de minimis aid or has ties, fullest first, on a day. */
export async function listUndertakings(tx: TerritoryTransaction, day: Temporal.PlainDate): Promise<UndertakingLine[]> {
  const ties = await readTies(tx);
  const firms = await listFirms(tx);
  const grants = await readCounted(
    tx,
    firms.map(({ id }) => id),
  );
  const facts = aidFacts(grants, ties);
  const ceilingCents = generalCeiling(day);
  const window = windowOf(day);
  const seen = new Map<string, UndertakingLine>();
  for (const { id, kind } of firms) {
    const ids = membersOn(id, ties, day);
    const key = ids.join();
    if (kind !== 'firm' || seen.has(key)) continue;
    const compare = Temporal.PlainDate.compare;
    const filling = facts
      .carriedBy(id, day)
      .filter(({ grantedOn, basis }) => basis.startsWith('de-minimis') && compare(grantedOn, window.from) >= 0)
      .filter(({ grantedOn }) => compare(grantedOn, day) <= 0);
    seen.set(key, {
      members: firms.filter((firm) => ids.includes(firm.id)),
      usedCents: filling.reduce((sum, { cents }) => sum + cents, 0n),
      ceilingCents,
      roomCents: generalRoom(id, grants, ties, day),
      lines: filling.length,
    });
  }
  return [...seen.values()].toSorted((a, b) => (a.usedCents === b.usedCents ? 0 : a.usedCents > b.usedCents ? -1 : 1));
}

export interface Room {
  readonly cents: bigint;
  /** The same for organisations of one undertaking: they share the room. */
  readonly undertaking: string;
}

/** The general de minimis room of organisations on a day, for rounds; an organisation without aid has all of it. */
export async function roomsOf(
  tx: TerritoryTransaction,
  organisationIds: readonly OrganisationId[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<OrganisationId, Room>> {
  const ceiling = generalCeiling(day);
  const ties = await readTies(tx);
  const grants = await readCounted(
    tx,
    ties.firms.map(({ id }) => id),
  );
  const byOrganisation = new Map(ties.firms.map((firm) => [firm.organisationId, firm.id]));
  const rooms = new Map<string, bigint>();
  return new Map(
    organisationIds.map((organisationId) => {
      const firmId = byOrganisation.get(organisationId);
      if (firmId === undefined) return [organisationId, { cents: ceiling, undertaking: organisationId }];
      const undertaking = membersOn(firmId, ties, day).join();
      const cents = rooms.get(undertaking) ?? generalRoom(firmId, grants, ties, day);
      rooms.set(undertaking, cents);
      return [organisationId, { cents, undertaking }];
    }),
  );
}

/** What is left to each organisation, whoever shares it. */
export async function headroomOf(
  tx: TerritoryTransaction,
  organisationIds: readonly OrganisationId[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<OrganisationId, bigint>> {
  const rooms = await roomsOf(tx, organisationIds, day);
  return new Map([...rooms].map(([id, { cents }]) => [id, cents]));
}

/** The same for one organisation. */
export async function headroomCents(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  day: Temporal.PlainDate,
): Promise<bigint> {
  return (await headroomOf(tx, [organisationId], day)).get(organisationId) ?? 0n;
}

function generalRoom(firmId: FirmId, grants: readonly CountedGrant[], ties: Ties, day: Temporal.PlainDate): bigint {
  return roomFor({ id: '', firmId, basis: GENERAL, grantedOn: day }, aidFacts(grants, ties)) ?? 0n;
}

/** The basis of whatever is granted from now on under the general regulation. */
export const GENERAL: LegalBasis = 'de-minimis-2023';

export interface DeclarationLine {
  readonly declaredOn: Temporal.PlainDate;
  readonly by: string | null;
}

/** When a firm declared its aid, newest first. */
export async function listDeclarations(tx: TerritoryTransaction, firmId: FirmId): Promise<DeclarationLine[]> {
  return tx
    .selectFrom('aid_declarations as d')
    .leftJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'd.territory_id').onRef('p.id', '=', 'd.declared_by'),
    )
    .select(['d.declared_on as declaredOn', 'p.name as by'])
    .where('d.territory_id', '=', tx.territoryId)
    .where('d.firm_id', '=', firmId)
    .orderBy('d.declared_on', 'desc')
    .orderBy('d.id', 'desc')
    .execute();
}

export interface LinkLine {
  readonly id: Id<'link'>;
  readonly holder: string;
  readonly held: string;
  readonly ground: LinkGround;
  readonly votesPerMyriad: number | null;
  readonly since: Temporal.PlainDate;
  readonly until: Temporal.PlainDate | null;
  readonly evidence: string;
}

/** Every tie that was recorded, by holder. */
export async function listLinks(tx: TerritoryTransaction): Promise<LinkLine[]> {
  return tx
    .selectFrom('firm_links as l')
    .innerJoin('aid_firms as a', (join) =>
      join.onRef('a.territory_id', '=', 'l.territory_id').onRef('a.id', '=', 'l.holder_id'),
    )
    .innerJoin('aid_firms as b', (join) =>
      join.onRef('b.territory_id', '=', 'l.territory_id').onRef('b.id', '=', 'l.held_id'),
    )
    .select([
      'l.id',
      'a.name as holder',
      'b.name as held',
      'l.ground',
      'l.votes_per_myriad as votesPerMyriad',
      'l.since',
      'l.until',
      'l.evidence',
    ])
    .where('l.territory_id', '=', tx.territoryId)
    .orderBy('a.name')
    .orderBy('b.name')
    .orderBy('l.id')
    .limit(MOST_LISTED)
    .execute();
}

export interface SuccessionLine {
  readonly id: Id<'succession'>;
  readonly from: string;
  readonly heir: string;
  readonly effectiveOn: Temporal.PlainDate;
  readonly equityCents: bigint;
}

/** Mergers and splits, the latest first: one line an heir. */
export async function listSuccessions(tx: TerritoryTransaction): Promise<SuccessionLine[]> {
  return tx
    .selectFrom('firm_successions as s')
    .innerJoin('aid_firms as a', (join) =>
      join.onRef('a.territory_id', '=', 's.territory_id').onRef('a.id', '=', 's.from_id'),
    )
    .innerJoin('aid_firms as b', (join) =>
      join.onRef('b.territory_id', '=', 's.territory_id').onRef('b.id', '=', 's.heir_id'),
    )
    .select([
      's.id',
      'a.name as from',
      'b.name as heir',
      's.effective_on as effectiveOn',
      's.equity_cents as equityCents',
    ])
    .where('s.territory_id', '=', tx.territoryId)
    .orderBy('s.effective_on', 'desc')
    .orderBy('s.id')
    .limit(MOST_LISTED)
    .execute();
}

export interface OrganisationChoice {
  readonly id: OrganisationId;
  readonly name: string;
  readonly slug: string;
}

/** Whom an aid may be granted to, or tied: every organisation by name. */
export async function organisationChoices(tx: TerritoryTransaction): Promise<OrganisationChoice[]> {
  return namedOrganisations(tx);
}
