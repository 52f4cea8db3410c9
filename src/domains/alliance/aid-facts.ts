/**
 * What counts for whom on a day: grants joined with the undertakings that carry them.
 *
 * Must always hold: a firm that ended lives on in its heirs, so that prior aid of all parties of a merger counts for any new
 * aid (DM-09); a tie that ended takes the other firm's aid out of the sums of later days, never of earlier ones.
 */
import type { AidFacts, CountedGrant } from './aid.ts';
import { carriersOf, undertakingOf, type Firm, type FirmId, type FirmLink, type Succession } from './undertaking.ts';

export interface Ties {
  readonly firms: readonly Firm[];
  readonly links: readonly FirmLink[];
  readonly successions: readonly Succession[];
}

export function aidFacts(grants: readonly CountedGrant[], ties: Ties): AidFacts {
  const known = new Map<string, readonly CountedGrant[]>();
  const carriedBy = (firmId: FirmId, day: Temporal.PlainDate) => {
    const key = `${firmId} ${day.toString()}`;
    const found = known.get(key) ?? grantsCarried(grants, ties, new Set(membersOn(firmId, ties, day)), day);
    known.set(key, found);
    return found;
  };
  const turns = [
    ...ties.links.flatMap(({ since, until }) => (until === null ? [since] : [since, until.add({ days: 1 })])),
    ...ties.successions.map(({ effectiveOn }) => effectiveOn),
  ];
  return { grants, carriedBy, turns };
}

/** The undertaking of a firm on a day; of its heirs too, once it ended in others. */
export function membersOn(firmId: FirmId, ties: Ties, day: Temporal.PlainDate): readonly FirmId[] {
  const alive = new Set([firmId]);
  for (const id of alive) {
    const ended = ties.successions.filter(
      ({ fromId, effectiveOn }) => fromId === id && Temporal.PlainDate.compare(effectiveOn, day) <= 0,
    );
    for (const { heirs } of ended) for (const heir of heirs) alive.add(heir.firmId);
  }
  const members = [...alive].flatMap((id) => undertakingOf(id, ties.firms, ties.links, day));
  return [...new Set(members)].toSorted();
}

function grantsCarried(
  grants: readonly CountedGrant[],
  ties: Ties,
  members: ReadonlySet<FirmId>,
  day: Temporal.PlainDate,
): CountedGrant[] {
  return grants.flatMap((grant) => {
    const parts = carriersOf({ ...grant, grantId: grant.id }, ties.successions, day);
    const cents = parts.filter((part) => members.has(part.firmId)).reduce((sum, part) => sum + part.cents, 0n);
    return cents > 0n ? [{ ...grant, cents }] : [];
  });
}
