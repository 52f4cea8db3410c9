/**
 * Which firms are one undertaking on a day (DM-07, DM-08), and who carries the aid of firms that merged or split (DM-09).
 *
 * A firm controls another with the majority of its votes, its own and those of the firms that it controls together (50.00 %
 * exactly is no majority), or by the right to name its board, by dominant influence, or by an agreement on votes. The
 * closure is a fixed point: control reaches on through controlled firms; two firms are one undertaking when a chain of
 * control, in either direction, leads from one to the other.
 *
 * Must always hold: links count only on their days; public bodies and natural persons neither join nor belong; the result
 * is a partition (reflexive, symmetric, transitive); only firms of the same Member State are answered. A firm elsewhere
 * still carries a chain between two firms here: the prudent reading of DM-08, for a legal adviser to confirm.
 *
 * Cost: for each firm, at most one pass over the links per firm that it gains.
 */
import type { Id } from '../../lib/ids.ts';
import { shareOut } from '../../lib/quantity.ts';

export type FirmId = Id<'firm'>;

export const FIRM_KINDS = ['firm', 'public-body', 'person'] as const;
export type FirmKind = (typeof FIRM_KINDS)[number];

export interface Firm {
  readonly id: FirmId;
  readonly kind: FirmKind;
  /** ISO 3166 code of its Member State. */
  readonly memberState: string;
}

export const LINK_GROUNDS = ['votes', 'board', 'influence', 'agreement'] as const;
export type LinkGround = (typeof LINK_GROUNDS)[number];

export interface FirmLink {
  readonly holderId: FirmId;
  readonly heldId: FirmId;
  readonly ground: LinkGround;
  /** Of `votes` only: hundredths of a percent of the votes of the held firm. */
  readonly votesPerMyriad: number | null;
  readonly since: Temporal.PlainDate;
  /** The last day; null while it lasts. */
  readonly until: Temporal.PlainDate | null;
}

const HALF_OF_VOTES = 5_000;

/** The firms that are one undertaking with this one on the day, itself included, in a stable order. */
export function undertakingOf(
  firmId: FirmId,
  firms: readonly Firm[],
  links: readonly FirmLink[],
  day: Temporal.PlainDate,
): readonly FirmId[] {
  const byId = new Map(firms.map((firm) => [firm.id, firm]));
  const own = byId.get(firmId);
  if (own === undefined || own.kind !== 'firm') return [firmId];
  const active = links.filter((link) => joins(link, byId) && lastsOn(link, day));
  const beside = sharedControl(active);
  const reached = new Set([firmId]);
  for (const id of reached) for (const other of beside.get(id) ?? []) reached.add(other);
  return [...reached].filter((id) => byId.get(id)?.memberState === own.memberState).toSorted();
}

/** Every firm that this one controls, directly or by chains, itself included. `active` are the links of one day. */
export function controlledBy(firmId: FirmId, active: readonly FirmLink[]): ReadonlySet<FirmId> {
  const controlled = new Set([firmId]);
  for (let grown = true; grown;) {
    grown = false;
    const votes = new Map<FirmId, number>();
    for (const link of active) {
      if (!controlled.has(link.holderId) || controlled.has(link.heldId)) continue;
      const held = (votes.get(link.heldId) ?? 0) + (link.votesPerMyriad ?? 0);
      votes.set(link.heldId, held);
      if (link.ground === 'votes' && held <= HALF_OF_VOTES) continue;
      controlled.add(link.heldId);
      grown = true;
    }
  }
  return controlled;
}

export function lastsOn(link: Pick<FirmLink, 'since' | 'until'>, day: Temporal.PlainDate): boolean {
  const compare = Temporal.PlainDate.compare;
  return compare(link.since, day) <= 0 && (link.until === null || compare(day, link.until) <= 0);
}

/**
 * All firms that any link or succession ever tied to this one, public bodies and persons left out: whoever decides for one
 * of them waits for the others. In a stable order.
 */
export function everTiedTo(
  firmId: FirmId,
  firms: readonly Firm[],
  links: readonly FirmLink[],
  successions: readonly Succession[],
): readonly FirmId[] {
  const byId = new Map(firms.map((firm) => [firm.id, firm]));
  const beside = new Map<FirmId, Set<FirmId>>();
  for (const link of links.filter((each) => joins(each, byId))) tie(beside, link.holderId, link.heldId);
  for (const { fromId, heirs } of successions) for (const { firmId: heir } of heirs) tie(beside, fromId, heir);
  const reached = new Set([firmId]);
  for (const id of reached) for (const other of beside.get(id) ?? []) reached.add(other);
  return [...reached].toSorted();
}

/** A firm that ended in others: in one (merger) or in several (split). */
export interface Succession {
  readonly fromId: FirmId;
  readonly effectiveOn: Temporal.PlainDate;
  /** Who carries on, with the book value of equity that decides what nobody is known to have used. */
  readonly heirs: readonly { readonly firmId: FirmId; readonly equityCents: bigint }[];
  /** Grants that one heir is known to have used. */
  readonly usedBy?: ReadonlyMap<string, FirmId>;
}

export interface CarriedAid {
  readonly grantId: string;
  readonly firmId: FirmId;
  readonly cents: bigint;
}

/** Who carries a grant on a day (DM-09): who received it, or the heirs of whoever did; the parts add up to the whole. */
export function carriersOf(
  grant: CarriedAid & { readonly grantedOn: Temporal.PlainDate },
  successions: readonly Succession[],
  day: Temporal.PlainDate,
): readonly CarriedAid[] {
  const compare = Temporal.PlainDate.compare;
  let carried: readonly CarriedAid[] = [{ grantId: grant.grantId, firmId: grant.firmId, cents: grant.cents }];
  const past = successions
    .filter(({ effectiveOn }) => compare(grant.grantedOn, effectiveOn) <= 0 && compare(effectiveOn, day) <= 0)
    .toSorted((a, b) => compare(a.effectiveOn, b.effectiveOn));
  for (const succession of past)
    carried = carried.flatMap((part) => (part.firmId === succession.fromId ? handOn(part, succession) : [part]));
  return carried;
}

function handOn(part: CarriedAid, { heirs, usedBy }: Succession): CarriedAid[] {
  const user = usedBy?.get(part.grantId);
  if (user !== undefined) return [{ ...part, firmId: user }];
  if (heirs.length === 0) return [part];
  const equities = heirs.map(({ equityCents }) => (equityCents > 0n ? equityCents : 0n));
  // Without any equity nothing says who carries more than another.
  const weights = equities.some((equity) => equity > 0n) ? equities : heirs.map(() => 1n);
  const shares = shareOut(part.cents, weights);
  return heirs.map(({ firmId }, place) => ({ ...part, firmId, cents: shares[place] ?? 0n }));
}

function joins(link: FirmLink, byId: ReadonlyMap<FirmId, Firm>): boolean {
  return byId.get(link.holderId)?.kind === 'firm' && byId.get(link.heldId)?.kind === 'firm';
}

function sharedControl(active: readonly FirmLink[]): ReadonlyMap<FirmId, ReadonlySet<FirmId>> {
  const beside = new Map<FirmId, Set<FirmId>>();
  for (const holder of new Set(active.map(({ holderId }) => holderId)))
    for (const held of controlledBy(holder, active)) tie(beside, holder, held);
  return beside;
}

function tie(beside: Map<FirmId, Set<FirmId>>, one: FirmId, other: FirmId): void {
  beside.set(one, (beside.get(one) ?? new Set()).add(other));
  beside.set(other, (beside.get(other) ?? new Set()).add(one));
}
