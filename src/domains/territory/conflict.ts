/**
 * Ties that keep two organisations from being brought together: those that were declared, those that follow from them,
 * and those that may follow, which are asked about and never guessed.
 *
 * Must always hold: a tie and a question have no direction; what is declared or follows for certain is no question;
 * a question that was answered is not asked again, unless it comes by way of another organisation; holdings of a
 * public body join nobody (Regulation 2023/2831 as read by its recitals); half of the votes is not a majority.
 *
 * For certain: firms joined by majorities, through any chain, are one group. In doubt, at one remove and no further:
 * a holding that is not known to be a majority; somebody whose rival is held by, or holds, the other; two of the same
 * part (two startups, two companies) in one section of activity with a theme in common. A company and a startup of
 * one field are what a territory brings together on purpose: that alone raises no question.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import type { Part } from './organisation.ts';

export const TIES = ['competitor', 'shareholder', 'supplier', 'other'] as const;
export type ConflictKind = (typeof TIES)[number];

export const GROUNDS = ['shareholding', 'rival', 'same-field'] as const;
export type Ground = (typeof GROUNDS)[number];

export interface PairOfOrganisations {
  readonly organisationId: OrganisationId;
  readonly otherId: OrganisationId;
}

export interface DeclaredConflict extends PairOfOrganisations {
  readonly tie: ConflictKind;
  /** Of a shareholder's tie: who holds, and how much, as far as it is known. */
  readonly holderId: OrganisationId | null;
  readonly sharePerMille: number | null;
}

/** What somebody declares: of a shareholder, the first one holds the other. */
export interface ConflictInput {
  readonly organisation: OrganisationId;
  readonly other: OrganisationId;
  readonly tie: ConflictKind;
  readonly sharePerMille?: number | undefined;
}

export interface ConflictQuestion extends PairOfOrganisations {
  readonly ground: Ground;
  /** The third one by way of whom the two may be tied. */
  readonly throughId: OrganisationId | null;
}

export interface ConflictAnswer extends ConflictQuestion {
  readonly keepsApart: boolean;
}

export interface ConflictParty {
  readonly id: OrganisationId;
  readonly parts: readonly Part[];
  readonly nafSection: string | null;
  readonly themeCodes: readonly string[];
}

export interface KeptApart extends PairOfOrganisations {
  /** As declared; of one group; or as the team answered. */
  readonly tie: ConflictKind | 'group' | 'answered';
}

export interface ConflictFacts {
  readonly ties: readonly DeclaredConflict[];
  readonly answers: readonly ConflictAnswer[];
  readonly organisations: readonly ConflictParty[];
}

/** In the order in which the table keeps them. */
export function inOrder(one: OrganisationId, other: OrganisationId): PairOfOrganisations {
  return one < other ? { organisationId: one, otherId: other } : { organisationId: other, otherId: one };
}

export function keyOf({ organisationId, otherId }: PairOfOrganisations): string {
  return organisationId < otherId ? `${organisationId} ${otherId}` : `${otherId} ${organisationId}`;
}

/**
 * What keeps apart these askers and these givers, and what has to be asked about them: one question a pair at most.
 * Every declared tie is told, also of organisations that are in no list.
 */
export function conflictsBetween(
  facts: ConflictFacts,
  askers: ReadonlySet<OrganisationId>,
  givers: ReadonlySet<OrganisationId>,
): { readonly apart: KeptApart[]; readonly questions: ConflictQuestion[] } {
  const declared = new Map<string, KeptApart>(
    facts.ties.map((one) => [keyOf(one), { organisationId: one.organisationId, otherId: one.otherId, tie: one.tie }]),
  );
  const answers = Map.groupBy(facts.answers, keyOf);
  const reading = readFacts(facts);
  const apart = [...declared.values()];
  const questions: ConflictQuestion[] = [];
  const seen = new Set<string>(declared.keys());
  for (const pair of [...askers].flatMap((asker) => pairsOf(reading, asker, givers))) {
    const key = keyOf(pair);
    if (seen.has(key)) continue;
    seen.add(key);
    const given = answers.get(key) ?? [];
    if (given.some(({ keepsApart }) => keepsApart)) apart.push({ ...pair, tie: 'answered' });
    else if (areOneGroup(reading, pair)) apart.push({ ...pair, tie: 'group' });
    else {
      const open = doubtsOf(reading, pair).find((one) => !given.some((answer) => isSame(answer, one)));
      if (open !== undefined) questions.push({ ...pair, ...open });
    }
  }
  return { apart, questions: questions.toSorted(byGround) };
}

type Doubt = Pick<ConflictQuestion, 'ground' | 'throughId'>;

interface Reading {
  readonly organisations: ReadonlyMap<OrganisationId, ConflictParty>;
  groupOf(id: OrganisationId): OrganisationId;
  membersOf(id: OrganisationId): readonly OrganisationId[];
  /** Those that it holds or that hold it. */
  readonly holdings: ReadonlyMap<OrganisationId, readonly OrganisationId[]>;
  readonly rivals: ReadonlyMap<OrganisationId, readonly OrganisationId[]>;
  /** Those of one part, section and theme. */
  readonly fields: ReadonlyMap<string, readonly OrganisationId[]>;
  isPublic(id: OrganisationId): boolean;
  readonly answered: ReadonlyMap<OrganisationId, readonly OrganisationId[]>;
}

function readFacts({ ties, answers, organisations }: ConflictFacts): Reading {
  const known = new Map(organisations.map((one) => [one.id, one]));
  const isPublic = (id: OrganisationId) => known.get(id)?.parts.includes('public-body') ?? false;
  const held = ties.filter(({ tie, holderId }) => tie === 'shareholder' && !(holderId !== null && isPublic(holderId)));
  const majorities = held.filter(({ sharePerMille }) => (sharePerMille ?? 0) > MAJORITY);
  const groups = joined(majorities);
  const fields = Map.groupBy(
    organisations.flatMap((one) => fieldsOf(one).map((field) => ({ field, id: one.id }))),
    ({ field }) => field,
  );
  return {
    organisations: known,
    groupOf: (id) => groups.top.get(id) ?? id,
    membersOf: (id) => groups.members.get(groups.top.get(id) ?? id) ?? [id],
    holdings: neighbours(held),
    rivals: neighbours(ties.filter(({ tie }) => tie === 'competitor')),
    fields: new Map([...fields].map(([field, list]) => [field, list.map(({ id }) => id)])),
    isPublic,
    answered: neighbours(answers),
  };
}

/** Half of the votes, in thousandths: more is a majority. */
const MAJORITY = 500;

function neighbours(pairs: readonly PairOfOrganisations[]): Map<OrganisationId, OrganisationId[]> {
  const lists = new Map<OrganisationId, OrganisationId[]>();
  const add = (from: OrganisationId, to: OrganisationId) => {
    const list = lists.get(from);
    if (list === undefined) lists.set(from, [to]);
    else list.push(to);
  };
  for (const { organisationId, otherId } of pairs) {
    add(organisationId, otherId);
    add(otherId, organisationId);
  }
  return lists;
}

/** Connected components, each named by one of its members. */
function joined(pairs: readonly PairOfOrganisations[]) {
  const next = neighbours(pairs);
  const top = new Map<OrganisationId, OrganisationId>();
  const members = new Map<OrganisationId, OrganisationId[]>();
  for (const start of next.keys()) {
    if (top.has(start)) continue;
    const list = reachedFrom(start, next);
    for (const id of list) top.set(id, start);
    members.set(start, list);
  }
  return { top, members };
}

function reachedFrom(start: OrganisationId, next: Reading['holdings']): OrganisationId[] {
  const reached = new Set([start]);
  // A set that grows while it is walked is walked to its end.
  for (const id of reached) next.get(id)?.forEach((other) => reached.add(other));
  return [...reached];
}

function fieldsOf({ parts, nafSection, themeCodes }: ConflictParty): string[] {
  if (nafSection === null) return [];
  const rivals = parts.filter((part) => part === 'startup' || part === 'company-partner');
  return rivals.flatMap((part) => themeCodes.map((theme) => `${part} ${nafSection} ${theme}`));
}

/** The asker with each giver that can be tied to it at all: all others need no look. */
function pairsOf(reading: Reading, asker: OrganisationId, givers: ReadonlySet<OrganisationId>): PairOfOrganisations[] {
  const { holdings, rivals, fields, answered } = reading;
  const groups = (ids: Iterable<OrganisationId>) => [...ids].flatMap((id) => reading.membersOf(id));
  const tied = (ids: readonly OrganisationId[]) =>
    groups(new Set(ids.flatMap((id) => [...(holdings.get(id) ?? []), ...(rivals.get(id) ?? [])])));
  const own = groups([asker]);
  const next = tied(own);
  const organisation = reading.organisations.get(asker);
  const alike = organisation === undefined ? [] : fieldsOf(organisation).flatMap((field) => fields.get(field) ?? []);
  const near = new Set([...own, ...next, ...tied(next), ...alike, ...(answered.get(asker) ?? [])]);
  return [...near].filter((id) => id !== asker && givers.has(id)).map((giver) => inOrder(asker, giver));
}

function areOneGroup({ groupOf }: Reading, { organisationId, otherId }: PairOfOrganisations): boolean {
  return groupOf(organisationId) === groupOf(otherId);
}

/** Everything that makes one wonder about two organisations, the gravest first. */
function doubtsOf(reading: Reading, { organisationId: one, otherId: other }: PairOfOrganisations): Doubt[] {
  const doubts: Doubt[] = [];
  const add = (ground: Ground, throughId: OrganisationId | null) => {
    if (!doubts.some((doubt) => isSame(doubt, { ground, throughId }))) doubts.push({ ground, throughId });
  };
  for (const through of thirdParties(reading, reading.holdings, one, other)) add('shareholding', through);
  for (const through of thirdParties(reading, reading.rivals, one, other)) add('rival', through);
  for (const through of thirdParties(reading, reading.rivals, other, one)) add('rival', through);
  const [a, b] = [reading.organisations.get(one), reading.organisations.get(other)];
  if (a !== undefined && b !== undefined && fieldsOf(a).some((field) => fieldsOf(b).includes(field)))
    add('same-field', null);
  return doubts;
}

/**
 * Who stands between: at the other end of a `first` tie of one's group, in the group of the other or with a holding
 * there. A public body stands between nobody.
 */
function thirdParties(
  reading: Reading,
  first: Reading['holdings'],
  one: OrganisationId,
  other: OrganisationId,
): OrganisationId[] {
  const mine = reading.membersOf(one);
  const there = new Set(reading.membersOf(other));
  const found = mine.flatMap((member) =>
    (first.get(member) ?? []).flatMap((end) => {
      if (mine.includes(end) || reading.isPublic(end)) return [];
      const reaches = reading
        .membersOf(end)
        .some((id) => there.has(id) || (reading.holdings.get(id) ?? []).some((further) => there.has(further)));
      return reaches ? [end === other ? member : end] : [];
    }),
  );
  return [...new Set(found)].toSorted();
}

function isSame(one: Doubt, other: Doubt): boolean {
  return one.ground === other.ground && one.throughId === other.throughId;
}

function byGround(one: ConflictQuestion, other: ConflictQuestion): number {
  const [a, b] = [GROUNDS.indexOf(one.ground), GROUNDS.indexOf(other.ground)];
  return a - b || (keyOf(one) < keyOf(other) ? -1 : 1);
}
