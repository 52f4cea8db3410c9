/** A firm's declaration of all de minimis aid of three years (DM-16), and the contest of a line and its answer. */
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { markWithdrawn, stateForUpdate } from './aid-commands.server.ts';
import { mayContestAid, mayDecideAid, mayDeclareAid } from './aid-policy.ts';
import { mayBeNamed, type CountedGrant, type GrantId, type LegalBasis } from './aid.ts';
import { LEGAL_TABLE_VERSION } from './legal-table.ts';
import { ensureFirm, holdUndertaking, readCounted } from './undertaking-facts.server.ts';
import type { FirmId } from './undertaking.ts';

export interface DeclaredLine {
  readonly authority: string;
  readonly grantedOn: Temporal.PlainDate;
  readonly cents: bigint;
  readonly basis: LegalBasis;
  readonly title: string;
}

export interface DeclarationInput {
  readonly organisationId: OrganisationId;
  readonly declaredOn: Temporal.PlainDate;
  /** What is not known here yet; what is known is declared with it. */
  readonly lines: readonly DeclaredLine[];
}

export type DeclarationRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'day-to-come'
  | 'basis-not-in-force'
  | 'line-already-known';

/** Declares. The lines count at once, whatever they add up to: they were granted already. */
export async function declareAid(
  tx: TerritoryTransaction,
  principal: Principal,
  input: DeclarationInput,
  today: Temporal.PlainDate,
  at: Moment,
): Promise<Result<Id<'declaration'>, DeclarationRefusal>> {
  if (!mayDeclareAid(principal, input.organisationId)) return refused('not-allowed');
  const compare = Temporal.PlainDate.compare;
  if (compare(input.declaredOn, today) > 0) return refused('day-to-come');
  for (const [place, line] of input.lines.entries()) {
    if (compare(line.grantedOn, input.declaredOn) > 0) return refused('day-to-come', { line: place + 1 });
    if (!mayBeNamed(line.basis, line.grantedOn)) return refused('basis-not-in-force', { line: place + 1 });
  }
  const firmId = await ensureFirm(tx, input.organisationId, at);
  if (firmId === undefined) return refused('not-found');
  await holdUndertaking(tx, firmId);
  const known = await readCounted(tx, [firmId]);
  const twin = input.lines.findIndex((line) => known.some((grant) => isSameAid(grant, line)));
  if (twin >= 0) return refused('line-already-known', { line: twin + 1 });
  const id = newId<'declaration'>(at.now, at.fillRandom);
  await writeDeclaration(tx, principal, { id, firmId, known, input }, at);
  const payload = { lines: input.lines.length + known.length, on: input.declaredOn.toString() };
  await appendEvent(tx, principal, { kind: 'aid-declared', subjectId: id, payload }, at);
  return done(id);
}

/** A member of the firm says that a line is wrong; it goes on counting until the team answers. */
export async function contestGrant(
  tx: TerritoryTransaction,
  principal: Principal,
  { grantId, reason }: { readonly grantId: GrantId; readonly reason: string },
  at: Moment,
): Promise<Result<Id<'contest'>, 'not-found' | 'already-contested'>> {
  const owner = await tx
    .selectFrom('aid_grants as g')
    .innerJoin('aid_firms as f', (join) =>
      join.onRef('f.territory_id', '=', 'g.territory_id').onRef('f.id', '=', 'g.firm_id'),
    )
    .select('f.organisation_id as organisationId')
    .where('g.territory_id', '=', tx.territoryId)
    .where('g.id', '=', grantId)
    .executeTakeFirst();
  if (owner?.organisationId == null || !mayContestAid(principal, owner.organisationId)) return refused('not-found');
  const state = await stateForUpdate(tx, grantId);
  if (state !== 'decided') return refused(state === 'contested' ? 'already-contested' : 'not-found');
  const id = newId<'contest'>(at.now, at.fillRandom);
  const told = { opened_by: personOf(principal), opened_at: at.now };
  await tx
    .insertInto('aid_contests')
    .values({ territory_id: tx.territoryId, id, grant_id: grantId, reason, ...told })
    .execute();
  await setState(tx, grantId, 'contested');
  await appendEvent(tx, principal, { kind: 'aid-contested', subjectId: grantId, payload: { reason } }, at);
  return done(id);
}

export interface ContestAnswer {
  readonly grantId: GrantId;
  /** Upheld: the line is withdrawn. */
  readonly isUpheld: boolean;
  readonly answer: string;
}

export async function answerContest(
  tx: TerritoryTransaction,
  principal: Principal,
  { grantId, isUpheld, answer }: ContestAnswer,
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  if ((await stateForUpdate(tx, grantId)) !== 'contested') return refused('not-found');
  await tx
    .updateTable('aid_contests')
    .set({ is_upheld: isUpheld, answer, answered_by: personOf(principal), answered_at: at.now })
    .where('territory_id', '=', tx.territoryId)
    .where('grant_id', '=', grantId)
    .where('answered_at', 'is', null)
    .execute();
  if (isUpheld) await markWithdrawn(tx, principal, grantId, answer, at);
  else await setState(tx, grantId, 'decided');
  await appendEvent(tx, principal, { kind: 'aid-contest-answered', subjectId: grantId, payload: { isUpheld } }, at);
  return done(undefined);
}

/** The same day and amount under the same regulation: the same aid, declared a second time. */
function isSameAid(grant: CountedGrant, line: DeclaredLine): boolean {
  return grant.cents === line.cents && grant.basis === line.basis && grant.grantedOn.equals(line.grantedOn);
}

interface Written {
  readonly id: Id<'declaration'>;
  readonly firmId: FirmId;
  readonly known: readonly CountedGrant[];
  readonly input: DeclarationInput;
}

async function writeDeclaration(
  tx: TerritoryTransaction,
  principal: Principal,
  { id, firmId, known, input }: Written,
  at: Moment,
): Promise<void> {
  const territory = { territory_id: tx.territoryId };
  const by = personOf(principal);
  await tx
    .insertInto('aid_declarations')
    .values({ ...territory, id, firm_id: firmId, declared_on: input.declaredOn, declared_by: by, recorded_at: at.now })
    .execute();
  const grants = input.lines.map((line) => ({
    ...territory,
    id: newId<'grant'>(at.now, at.fillRandom),
    firm_id: firmId,
    origin: 'declared' as const,
    granted_on: line.grantedOn,
    authority: line.authority,
    instrument: 'grant' as const,
    basis: line.basis,
    cents: line.cents,
    title: line.title,
    legal_version: LEGAL_TABLE_VERSION,
    recorded_by: by,
    recorded_at: at.now,
  }));
  if (grants.length > 0) await tx.insertInto('aid_grants').values(grants).execute();
  const ids = [...known.map((grant) => grant.id as GrantId), ...grants.map((grant) => grant.id)];
  const lines = ids.map((grantId) => ({ ...territory, declaration_id: id, grant_id: grantId }));
  if (lines.length > 0) await tx.insertInto('aid_declaration_lines').values(lines).execute();
}

async function setState(tx: TerritoryTransaction, grantId: GrantId, state: 'decided' | 'contested'): Promise<void> {
  await tx
    .updateTable('aid_grants')
    .set({ state })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', grantId)
    .execute();
}
