/**
 * State aid: what a grant is, on which legal basis, and whether it keeps the ceilings (DM-01 to DM-05, DM-11, DM-12, DM-17).
 *
 * Must always hold: the day that counts is the day on which the right is conferred, never the payment (DM-03); a window
 * ends on a day and begins three years before, both ends included (DM-02); a new grant is tested in its own window and in
 * every window that ends with a later grant (DM-04); it uses its regulation whole or not at all (DM-05); what was granted
 * under an older regulation still counts (DM-17); withdrawn aid counts no more, contested aid does until it is answered.
 */
import type { Id } from '../../lib/ids.ts';
import { findParameter, holdsOn, parameterOn, type ParameterCode } from './legal-parameters.ts';
import type { FirmId } from './undertaking.ts';

export type GrantId = Id<'grant'>;

export const AID_COUNTERS = ['general', 'sgei', 'agriculture', 'fishery', 'innovation-advice'] as const;
export type AidCounter = (typeof AID_COUNTERS)[number];

export const LEGAL_BASES = [
  'de-minimis-2023',
  'de-minimis-2013',
  'sgei-2023',
  'agriculture-2013',
  'fishery-2014',
  'gber-22',
  'gber-26a',
  'gber-27',
  'gber-28',
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

export const INSTRUMENTS = ['grant', 'loan', 'guarantee', 'in-kind', 'tax', 'other'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

export const AID_STATES = ['decided', 'contested', 'withdrawn'] as const;
export type AidState = (typeof AID_STATES)[number];

interface Basis {
  /** The counter that it fills; null when no ceiling per undertaking is counted here. */
  readonly counter: AidCounter | null;
  readonly isDeMinimis: boolean;
  readonly from: string;
  readonly until: string | null;
}

/** DM-20: a grant names exactly one of these; DM-17: on which days it may be named. */
export const BASES: Readonly<Record<LegalBasis, Basis>> = {
  'de-minimis-2023': { counter: 'general', isDeMinimis: true, from: '2024-01-01', until: '2030-12-31' },
  'de-minimis-2013': { counter: 'general', isDeMinimis: true, from: '2014-01-01', until: '2023-12-31' },
  'sgei-2023': { counter: 'sgei', isDeMinimis: true, from: '2024-01-01', until: '2030-12-31' },
  'agriculture-2013': { counter: 'agriculture', isDeMinimis: true, from: '2019-03-14', until: '2032-12-31' },
  'fishery-2014': { counter: 'fishery', isDeMinimis: true, from: '2014-07-01', until: '2029-12-31' },
  'gber-22': { counter: null, isDeMinimis: false, from: '2014-07-01', until: '2026-12-31' },
  'gber-26a': { counter: null, isDeMinimis: false, from: '2023-07-01', until: '2026-12-31' },
  'gber-27': { counter: null, isDeMinimis: false, from: '2014-07-01', until: '2026-12-31' },
  'gber-28': { counter: 'innovation-advice', isDeMinimis: false, from: '2023-07-01', until: '2026-12-31' },
};

/** DM-12: one counter per regulation, and what several together may not pass. */
export const CEILINGS: readonly { readonly code: ParameterCode; readonly counters: readonly AidCounter[] }[] = [
  { code: 'ceiling-general', counters: ['general'] },
  { code: 'ceiling-sgei', counters: ['sgei'] },
  { code: 'ceiling-agriculture', counters: ['agriculture'] },
  { code: 'ceiling-fishery', counters: ['fishery'] },
  { code: 'ceiling-innovation-advice', counters: ['innovation-advice'] },
  { code: 'ceiling-general-with-farming', counters: ['general', 'agriculture', 'fishery'] },
];

/** Whether a basis may be named by a grant of that day (DM-17). */
export function mayBeNamed(basis: LegalBasis, day: Temporal.PlainDate): boolean {
  return holdsOn(BASES[basis], day);
}

export interface Period {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** The window that ends on a day; 29 February falls back to 28 February. */
export function windowOf(
  day: Temporal.PlainDate,
  years = Number(parameterOn('window-years', day)),
  includesFirstDay = parameterOn('window-includes-first-day', day) === 1n,
): Period {
  const from = day.subtract({ years });
  return { from: includesFirstDay ? from : from.add({ days: 1 }), until: day };
}

export function isInPeriod(day: Temporal.PlainDate, { from, until }: Period): boolean {
  return Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, until) <= 0;
}

export interface CountedGrant {
  readonly id: string;
  readonly firmId: FirmId;
  readonly basis: LegalBasis;
  readonly grantedOn: Temporal.PlainDate;
  /** Gross, before tax (DM-06). */
  readonly cents: bigint;
}

/** What a territory knows: grants that count, and who is one undertaking on a day. */
export interface AidFacts {
  readonly grants: readonly CountedGrant[];
  /** The grants that count for the undertaking of this firm on the day, in full or in part, whenever they were granted. */
  readonly carriedBy: (firmId: FirmId, day: Temporal.PlainDate) => readonly CountedGrant[];
  /** Days on which a tie begins, ends or is succeeded: room may change on them. */
  readonly turns: readonly Temporal.PlainDate[];
}

/** A window that a grant would pass, and by how much. */
export interface FullWindow {
  readonly ceiling: ParameterCode;
  readonly ceilingCents: bigint;
  readonly window: Period;
  /** What fills it already, the new grant left out. */
  readonly filling: readonly CountedGrant[];
  readonly filledCents: bigint;
}

/** Every window that the grant would pass; none: it keeps them all. The grant itself is not among the facts. */
export function windowsPassed(grant: CountedGrant, facts: AidFacts): readonly FullWindow[] {
  return windowsOf(grant, facts).filter(({ filledCents, ceilingCents }) => filledCents + grant.cents > ceilingCents);
}

/** The largest grant on that day and basis that keeps every window (DM-05); null when nothing is counted. */
export function roomFor(grant: Omit<CountedGrant, 'cents'>, facts: AidFacts): bigint | null {
  const rooms = windowsOf({ ...grant, cents: 0n }, facts).map((each) => each.ceilingCents - each.filledCents);
  if (rooms.length === 0) return null;
  const least = rooms.reduce((low, room) => (room < low ? room : low));
  return least > 0n ? least : 0n;
}

/**
 * The first day after this one on which a grant of `cents` keeps every window; undefined when no such day comes while the
 * legal basis lasts. Room grows only on days that leave a grant behind or change a tie, so only these are tried.
 */
export function roomComesBackOn(grant: CountedGrant, facts: AidFacts): Temporal.PlainDate | undefined {
  return turningDays(grant.grantedOn, facts).find(
    (day) => mayBeNamed(grant.basis, day) && windowsPassed({ ...grant, grantedOn: day }, facts).length === 0,
  );
}

/** The first day whose window no longer holds a grant of `day`. */
export function leavesWindowOn(day: Temporal.PlainDate): Temporal.PlainDate {
  const years = Number(parameterOn('window-years', day));
  let leaving = day.add({ years });
  while (isInPeriod(day, windowOf(leaving))) leaving = leaving.add({ days: 1 });
  return leaving;
}

/** The window that ends with the grant itself, under the ceiling of its own regulation; undefined when none is counted. */
export function ownWindow(grant: CountedGrant, facts: AidFacts): FullWindow | undefined {
  return fillingOn(grant, facts, grant.grantedOn)[0];
}

/** The ceiling of general de minimis aid on a day; nothing once no regulation allows any. */
export function generalCeiling(day: Temporal.PlainDate): bigint {
  return findParameter('ceiling-general', day)?.value ?? 0n;
}

export interface RoomStep {
  readonly day: Temporal.PlainDate;
  readonly cents: bigint;
}

/** The room of a day and how it changes on later days, if nothing new is granted; at most `most` steps. */
export function roomSteps(grant: Omit<CountedGrant, 'cents'>, facts: AidFacts, most = 6): readonly RoomStep[] {
  const steps: RoomStep[] = [];
  for (const day of [grant.grantedOn, ...turningDays(grant.grantedOn, facts)]) {
    if (steps.length > most || !mayBeNamed(grant.basis, day)) break;
    const cents = roomFor({ ...grant, grantedOn: day }, facts);
    if (cents !== null && cents !== steps.at(-1)?.cents) steps.push({ day, cents });
  }
  return steps;
}

/** What counts under a ceiling. */
export function countsUnder(basis: LegalBasis, counters: readonly AidCounter[]): boolean {
  const { counter } = BASES[basis];
  return counter !== null && counters.includes(counter);
}

/** The later days on which room may change, in order. */
function turningDays(after: Temporal.PlainDate, facts: AidFacts): Temporal.PlainDate[] {
  return [...facts.grants.map(({ grantedOn }) => leavesWindowOn(grantedOn)), ...facts.turns]
    .filter((day) => Temporal.PlainDate.compare(day, after) > 0)
    .toSorted(Temporal.PlainDate.compare);
}

/** All windows in which the grant would count: its own, and those that end with a later grant to its undertaking. */
function windowsOf(grant: CountedGrant, facts: AidFacts): FullWindow[] {
  const compare = Temporal.PlainDate.compare;
  const lasts = facts.grants
    .map(({ grantedOn }) => grantedOn)
    .filter((day) => compare(day, grant.grantedOn) > 0 && isInPeriod(grant.grantedOn, windowOf(day)))
    .filter((day) => facts.carriedBy(grant.firmId, day).some(({ grantedOn }) => grantedOn.equals(day)));
  const days = new Map([grant.grantedOn, ...lasts].map((day) => [day.toString(), day]));
  return [...days.values()].toSorted(compare).flatMap((day) => fillingOn(grant, facts, day));
}

function fillingOn(grant: CountedGrant, facts: AidFacts, day: Temporal.PlainDate): FullWindow[] {
  const window = windowOf(day);
  const carried = facts.carriedBy(grant.firmId, day).filter(({ grantedOn }) => isInPeriod(grantedOn, window));
  return CEILINGS.filter(({ counters }) => countsUnder(grant.basis, counters)).flatMap(({ code, counters }) => {
    // A later grant may stand on a day on which this regulation is over.
    const ceilingCents = findParameter(code, day)?.value;
    if (ceilingCents === undefined) return [];
    const filling = carried.filter(({ basis }) => countsUnder(basis, counters));
    const filledCents = filling.reduce((sum, { cents }) => sum + cents, 0n);
    return [{ ceiling: code, ceilingCents, window, filling, filledCents }];
  });
}
