/** One organisation's State aid as its page shows it. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Organisation } from '../territory/organisation.ts';
import { organisationBySlug } from '../territory/queries.server.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { aidFacts, membersOn } from './aid-facts.ts';
import { maySeeAidOf } from './aid-policy.ts';
import {
  GENERAL,
  listAid,
  listDeclarations,
  listFirms,
  type AidLine,
  type DeclarationLine,
} from './aid-queries.server.ts';
import { generalCeiling, ownWindow, roomSteps, windowOf, type Period, type RoomStep } from './aid.ts';
import { firmOf, readCounted, readTies } from './undertaking-facts.server.ts';
import { everTiedTo, type FirmId } from './undertaking.ts';

export interface OrganisationAid {
  readonly organisation: Organisation;
  /** Its own lines, withdrawn ones too. */
  readonly lines: readonly AidLine[];
  readonly declarations: readonly DeclarationLine[];
  /** The other firms of its undertaking, today. */
  readonly others: readonly string[];
  readonly window: Period;
  readonly usedCents: bigint;
  readonly ceilingCents: bigint;
  /** The room today, then each day on which it changes. */
  readonly steps: readonly RoomStep[];
}

/** For whoever may see it; nothing otherwise, as if it did not exist. */
export async function visibleOrganisationAid(
  visit: Pick<TerritoryVisit, 'params' | 'principal' | 'today'>,
  tx: TerritoryTransaction,
): Promise<OrganisationAid | undefined> {
  const organisation = await organisationBySlug(tx, visit.params['organisation'] ?? '');
  if (organisation === undefined || !maySeeAidOf(visit.principal, organisation.id)) return undefined;
  const firmId = await firmOf(tx, organisation.id);
  const ceilingCents = generalCeiling(visit.today);
  const window = windowOf(visit.today);
  if (firmId !== undefined)
    return { organisation, window, ceilingCents, ...(await receivedBy(tx, firmId, visit.today)) };
  const steps = [{ day: visit.today, cents: ceilingCents }];
  return { organisation, window, ceilingCents, lines: [], declarations: [], others: [], usedCents: 0n, steps };
}

async function receivedBy(tx: TerritoryTransaction, firmId: FirmId, today: Temporal.PlainDate) {
  const ties = await readTies(tx);
  const grants = await readCounted(tx, everTiedTo(firmId, ties.firms, ties.links, ties.successions));
  const facts = aidFacts(grants, ties);
  const now = { id: '', firmId, basis: GENERAL, grantedOn: today };
  const members = membersOn(firmId, ties, today);
  const names = members.length > 1 ? await listFirms(tx) : [];
  return {
    lines: await listAid(tx, { firmIds: [firmId] }),
    declarations: await listDeclarations(tx, firmId),
    others: names.filter(({ id }) => id !== firmId && members.includes(id)).map(({ name }) => name),
    usedCents: ownWindow({ ...now, cents: 0n }, facts)?.filledCents ?? 0n,
    steps: roomSteps(now, facts),
  };
}
