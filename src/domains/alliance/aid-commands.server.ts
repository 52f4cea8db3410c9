/** The only place that writes declarations and grants. A grant is tested when it is decided, its undertaking locked. */
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Done, type Refused } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { eligibilityOf, needsDeclaration, servesGrant, type AidPurpose } from './aid-eligibility.ts';
import { mayDecideAid } from './aid-policy.ts';
import {
  BASES,
  mayBeNamed,
  ownWindow,
  roomComesBackOn,
  roomFor,
  windowsPassed,
  type CountedGrant,
  type FullWindow,
  type GrantId,
  type Instrument,
  type LegalBasis,
} from './aid.ts';
import { LEGAL_TABLE_VERSION } from './legal-table.ts';
import { ensureFirm, holdUndertaking, readAidFacts } from './undertaking-facts.server.ts';
import type { FirmId } from './undertaking.ts';

export interface GrantInput {
  readonly organisationId: OrganisationId;
  /** The day on which the right is conferred (DM-03). */
  readonly grantedOn: Temporal.PlainDate;
  readonly authority: string;
  readonly instrument: Instrument;
  readonly basis: LegalBasis;
  /** Gross, before tax; the equivalent of what is no grant (DM-06). */
  readonly cents: bigint;
  readonly nace: string;
  readonly purpose: AidPurpose;
  readonly title: string;
  readonly publicSharePerMillion: bigint;
  /** Somebody judged what the rule leaves to a person (DM-10). */
  readonly isJudged: boolean;
}

export type GrantRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'day-to-come'
  | 'basis-not-in-force'
  | 'excluded-sector'
  | 'excluded-purpose'
  | 'ask-a-person'
  | 'no-declaration';

/** DM-05: none of the grant; what fills the window, the smaller grant that fits now, and the day on which this one would. */
export interface CeilingRefusal {
  readonly ok: false;
  readonly reason: 'over-ceiling';
  readonly passed: FullWindow;
  readonly roomCents: bigint;
  readonly comesBackOn: Temporal.PlainDate | undefined;
}

export type GrantAnswer = Done<GrantId> | Refused<GrantRefusal> | CeilingRefusal;

/** Decides a grant, whole or not at all; the written notice to the firm goes with it (DM-16). */
export async function decideGrant(
  tx: TerritoryTransaction,
  principal: Principal,
  input: GrantInput,
  today: Temporal.PlainDate,
  at: Moment,
): Promise<GrantAnswer> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const obstacle = obstacleTo(input, today);
  if (obstacle !== undefined) return refused(obstacle);
  const firmId = await ensureFirm(tx, input.organisationId, at);
  if (firmId === undefined) return refused('not-found');
  await holdUndertaking(tx, firmId);
  const declarationId = await declarationBefore(tx, firmId, input.grantedOn);
  if (declarationId === undefined && needsDeclaration(input.basis, input.grantedOn)) return refused('no-declaration');
  const { grantedOn, basis, cents } = input;
  const grant = { id: newId<'grant'>(at.now, at.fillRandom), firmId, basis, grantedOn, cents };
  const facts = await readAidFacts(tx, firmId);
  const [passed] = windowsPassed(grant, facts);
  if (passed !== undefined) {
    const roomCents = roomFor(grant, facts) ?? 0n;
    return { ok: false, reason: 'over-ceiling', passed, roomCents, comesBackOn: roomComesBackOn(grant, facts) };
  }
  await writeGrant(tx, principal, { input, grant, declarationId, own: ownWindow(grant, facts), today }, at);
  const payload = { cents: Number(cents), basis, on: grantedOn.toString() };
  await appendEvent(tx, principal, { kind: 'aid-granted', subjectId: grant.id, payload }, at);
  return done(grant.id);
}

/** Takes a grant back, or a declared line that was not so: it counts no more, and stays to be read. */
export async function withdrawGrant(
  tx: TerritoryTransaction,
  principal: Principal,
  { grantId, reason }: { readonly grantId: GrantId; readonly reason: string },
  at: Moment,
): Promise<Done<void> | Refused<'not-allowed' | 'not-found' | 'contested'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const state = await stateForUpdate(tx, grantId);
  if (state === undefined || state === 'withdrawn') return refused('not-found');
  if (state === 'contested') return refused('contested');
  await markWithdrawn(tx, principal, grantId, reason, at);
  await appendEvent(tx, principal, { kind: 'aid-withdrawn', subjectId: grantId, payload: { reason } }, at);
  return done(undefined);
}

/** The state of a grant, which nobody else changes until this transaction ends. */
export async function stateForUpdate(tx: TerritoryTransaction, grantId: GrantId) {
  const row = await tx
    .selectFrom('aid_grants')
    .select('state')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', grantId)
    .forUpdate()
    .executeTakeFirst();
  return row?.state;
}

export async function markWithdrawn(
  tx: TerritoryTransaction,
  principal: Principal,
  grantId: GrantId,
  reason: string,
  at: Moment,
): Promise<void> {
  await tx
    .updateTable('aid_grants')
    .set({
      state: 'withdrawn',
      withdrawn_at: at.now,
      withdrawn_by: personOf(principal),
      withdrawn_reason: reason.slice(0, 500),
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', grantId)
    .execute();
}

function obstacleTo(input: GrantInput, today: Temporal.PlainDate): GrantRefusal | undefined {
  if (Temporal.PlainDate.compare(input.grantedOn, today) > 0) return 'day-to-come';
  if (!mayBeNamed(input.basis, input.grantedOn)) return 'basis-not-in-force';
  const eligibility = eligibilityOf(input.basis, input.nace, input.purpose);
  if (eligibility === 'eligible' || (eligibility === 'ask-a-person' && input.isJudged)) return undefined;
  return eligibility;
}

async function declarationBefore(
  tx: TerritoryTransaction,
  firmId: FirmId,
  grantedOn: Temporal.PlainDate,
): Promise<Id<'declaration'> | undefined> {
  const rows = await tx
    .selectFrom('aid_declarations')
    .select(['id', 'declared_on'])
    .where('territory_id', '=', tx.territoryId)
    .where('firm_id', '=', firmId)
    .orderBy('declared_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.find((row) => servesGrant(row.declared_on, grantedOn))?.id;
}

interface Decided {
  readonly input: GrantInput;
  readonly grant: CountedGrant & { readonly id: GrantId };
  readonly declarationId: Id<'declaration'> | undefined;
  readonly own: FullWindow | undefined;
  readonly today: Temporal.PlainDate;
}

async function writeGrant(
  tx: TerritoryTransaction,
  principal: Principal,
  { input, grant, declarationId, own, today }: Decided,
  at: Moment,
): Promise<void> {
  const territory = { territory_id: tx.territoryId };
  const told = { recorded_at: at.now };
  await tx
    .insertInto('aid_grants')
    .values({
      ...territory,
      ...told,
      id: grant.id,
      firm_id: grant.firmId,
      origin: 'decided',
      granted_on: grant.grantedOn,
      authority: input.authority,
      instrument: input.instrument,
      basis: grant.basis,
      cents: grant.cents,
      nace: input.nace,
      purpose: input.purpose,
      title: input.title,
      public_share_per_million: Number(input.publicSharePerMillion),
      prior_declaration_id: declarationId ?? null,
      window_from: own?.window.from ?? null,
      ceiling_cents: own?.ceilingCents ?? null,
      legal_version: LEGAL_TABLE_VERSION,
      recorded_by: personOf(principal),
    })
    .execute();
  const filling = (own?.filling ?? []).map(({ id, cents }) => ({
    ...territory,
    grant_id: grant.id,
    counted_id: id as GrantId,
    cents,
  }));
  if (filling.length > 0) await tx.insertInto('aid_window_entries').values(filling).execute();
  if (!BASES[grant.basis].isDeMinimis) return;
  await tx
    .insertInto('aid_notices')
    .values({ ...territory, ...told, grant_id: grant.id, issued_on: today, issued_by: personOf(principal) })
    .execute();
}
