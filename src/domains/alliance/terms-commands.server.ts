/** The only place that writes the terms of an agreement: instalments before they are called, and commitments in kind. */
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import {
  COMMITMENT_UNITS,
  commitmentsOf,
  scheduleOf,
  type AgreementId,
  type Commitment,
  type CommitmentFamily,
  type DueLine,
  type InstalmentId,
  type Period,
  type TermsRefusal,
} from './agreement.ts';
import { mayKeepAgreements } from './policy.ts';

type DraftTermsRefusal = 'not-allowed' | 'not-found' | 'not-a-draft';

/** Adds one instalment to a draft, or the same in every year that is left. */
export async function addInstalments(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly line: DueLine; readonly everyYear: boolean },
  at: Moment,
): Promise<Result<{ count: number }, DraftTermsRefusal | TermsRefusal>> {
  const period = await draftPeriod(tx, principal, input.id);
  if (!period.ok) return period;
  const lines = scheduleOf(period.value, input.line, input.everyYear);
  if (!lines.ok) return lines;
  await tx
    .insertInto('instalments')
    .values(
      lines.value.map((line) => ({
        territory_id: tx.territoryId,
        id: newId<'instalment'>(at.now, at.fillRandom),
        agreement_id: input.id,
        year: line.year,
        due_on: line.dueOn,
        amount_cents: line.amountCents,
        condition: line.condition,
      })),
    )
    .execute();
  return done({ count: lines.value.length });
}

export async function removeInstalment(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly instalmentId: InstalmentId },
): Promise<Result<void, DraftTermsRefusal>> {
  const period = await draftPeriod(tx, principal, input.id);
  if (!period.ok) return period;
  await tx
    .deleteFrom('instalments')
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', input.id)
    .where('id', '=', input.instalmentId)
    .execute();
  return done(undefined);
}

/** Sets what is promised of a family in a year, or in every year that is left. */
export async function setCommitments(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly commitment: Commitment; readonly everyYear: boolean },
): Promise<Result<{ count: number }, DraftTermsRefusal | TermsRefusal>> {
  const period = await draftPeriod(tx, principal, input.id);
  if (!period.ok) return period;
  const lines = commitmentsOf(period.value, input.commitment, input.everyYear);
  if (!lines.ok) return lines;
  await tx
    .insertInto('commitments')
    .values(
      lines.value.map(({ year, family, amount }) => ({
        territory_id: tx.territoryId,
        agreement_id: input.id,
        year,
        family,
        unit: COMMITMENT_UNITS[family],
        amount,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['territory_id', 'agreement_id', 'year', 'family'])
        .doUpdateSet((row) => ({ amount: row.ref('excluded.amount') })),
    )
    .execute();
  return done({ count: lines.value.length });
}

export async function removeCommitment(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly year: number; readonly family: CommitmentFamily },
): Promise<Result<void, DraftTermsRefusal>> {
  const period = await draftPeriod(tx, principal, input.id);
  if (!period.ok) return period;
  await tx
    .deleteFrom('commitments')
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', input.id)
    .where('year', '=', input.year)
    .where('family', '=', input.family)
    .execute();
  return done(undefined);
}

/** Copies to an amendment what is promised in kind, and what is planned and not yet called. */
export async function carryTerms(
  tx: TerritoryTransaction,
  { from, to }: { readonly from: AgreementId; readonly to: AgreementId },
  at: Moment,
): Promise<void> {
  const planned = await tx
    .selectFrom('instalments')
    .select(['territory_id', 'id', 'year', 'due_on', 'amount_cents', 'condition'])
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', from)
    .where('state', '=', 'planned')
    .orderBy('due_on')
    .orderBy('id')
    .execute();
  const copies = planned.map(({ id, ...line }) => ({
    ...line,
    id: newId<'instalment'>(at.now, at.fillRandom),
    agreement_id: to,
    carried_from_id: id,
  }));
  if (copies.length > 0) await tx.insertInto('instalments').values(copies).execute();
  const promised = await tx
    .selectFrom('commitments')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', from)
    .execute();
  if (promised.length === 0) return;
  await tx
    .insertInto('commitments')
    .values(promised.map((row) => ({ ...row, agreement_id: to })))
    .execute();
}

/** Withdraws what was planned (after a day, when one is given) and answers with it: whoever calls at this moment is waited for. */
export async function withdrawPlanned(
  tx: TerritoryTransaction,
  agreementId: AgreementId,
  after?: Temporal.PlainDate,
): Promise<InstalmentId[]> {
  let planned = tx
    .updateTable('instalments')
    .set({ state: 'withdrawn' })
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', agreementId)
    .where('state', '=', 'planned');
  if (after !== undefined) planned = planned.where('due_on', '>', after);
  const rows = await planned.returning('id').execute();
  return rows.map(({ id }) => id);
}

/** What the text before called after the amendment was drafted is not asked a second time. */
export async function dropCalledSince(
  tx: TerritoryTransaction,
  { draft, stillPlanned }: { readonly draft: AgreementId; readonly stillPlanned: readonly InstalmentId[] },
): Promise<void> {
  let called = tx
    .deleteFrom('instalments')
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', draft)
    .where('carried_from_id', 'is not', null);
  if (stillPlanned.length > 0) called = called.where('carried_from_id', 'not in', [...stillPlanned]);
  await called.execute();
}

/** A year of which the terms speak and the period does not. */
export async function termsOutside(
  tx: TerritoryTransaction,
  agreementId: AgreementId,
  years: readonly number[],
): Promise<number | undefined> {
  const row = await tx
    .selectFrom('instalments')
    .select('year')
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', agreementId)
    .where('year', 'not in', [...years])
    .unionAll(
      tx
        .selectFrom('commitments')
        .select('year')
        .where('territory_id', '=', tx.territoryId)
        .where('agreement_id', '=', agreementId)
        .where('year', 'not in', [...years]),
    )
    .limit(1)
    .executeTakeFirst();
  return row?.year;
}

/** The period of a draft that this principal may change. It is held until the end of the transaction, so that nobody signs it meanwhile. */
async function draftPeriod(
  tx: TerritoryTransaction,
  principal: Principal,
  id: AgreementId,
): Promise<Result<Period, DraftTermsRefusal>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const row = await tx
    .selectFrom('agreements')
    .select(['state', 'starts_on', 'ends_on'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return refused('not-found');
  return row.state === 'draft' ? done({ startsOn: row.starts_on, endsOn: row.ends_on }) : refused('not-a-draft');
}
