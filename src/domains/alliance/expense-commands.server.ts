/** The only place that writes what the accelerator spends; each expense has its entry in the books. */
import { newId, type Id } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { BANK, spentOn, type SpendingNature } from '../ledger/account.ts';
import { postEntry } from '../ledger/commands.server.ts';
import { listProgrammes } from '../ledger/year-commands.server.ts';
import type { Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { appendFact } from './facts.server.ts';
import { undo } from './instalment-commands.server.ts';
import { mayKeepMoney } from './policy.ts';

export type ExpenseId = Id<'expense'>;

export interface ExpenseInput {
  readonly spentOn: Temporal.PlainDate;
  readonly nature: SpendingNature;
  readonly amountCents: bigint;
  readonly supplier: string;
  /** Empty when it belongs to none. */
  readonly programme: string;
  readonly fileId: Id<'file'> | null;
}

export type ExpenseRefusal = 'not-allowed' | 'day-in-future' | 'unknown-programme' | 'year-closed';

export async function recordExpense(
  tx: TerritoryTransaction,
  principal: Principal,
  input: ExpenseInput & { readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<{ id: ExpenseId }, ExpenseRefusal>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  if (Temporal.PlainDate.compare(input.spentOn, input.today) > 0) return refused('day-in-future');
  const isKnown = input.programme === '' || (await listProgrammes(tx)).some(({ code }) => code === input.programme);
  if (!isKnown) return refused('unknown-programme');
  const id = newId<'expense'>(at.now, at.fillRandom);
  const posted = await postEntry(
    tx,
    {
      key: `expense:${id}`,
      occurredOn: input.spentOn,
      cause: { kind: 'expense', id },
      author: personOf(principal),
      memo: input.supplier,
      ...(input.programme === '' ? {} : { programme: input.programme }),
      transfers: [{ debit: spentOn(input.nature), credit: BANK, unit: 'eur-cent', amount: input.amountCents }],
    },
    at,
  );
  if (!posted.ok) {
    if (posted.reason === 'year-closed') return refused('year-closed');
    throw new Error(`The key of the expense ${id} was used for something else`);
  }
  await tx
    .insertInto('expenses')
    .values({
      territory_id: tx.territoryId,
      id,
      spent_on: input.spentOn,
      nature: input.nature,
      amount_cents: input.amountCents,
      supplier: input.supplier,
      programme_code: input.programme === '' ? null : input.programme,
      file_id: input.fileId,
      entry_id: posted.value.id,
      created_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  const payload = { cents: String(input.amountCents), day: input.spentOn.toString() };
  await appendFact(tx, principal, { kind: 'expense-recorded', subjectId: id, payload }, at);
  return done({ id });
}

/** Takes back an expense that was recorded by mistake. */
export async function reverseExpense(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: ExpenseId; readonly reason: string; readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'already-reversed' | 'year-closed'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const known = await tx
    .selectFrom('expenses')
    .select(['entry_id', 'reversal_entry_id', 'amount_cents'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.id)
    .forUpdate()
    .executeTakeFirst();
  if (known === undefined) return refused('not-found');
  if (known.reversal_entry_id !== null) return refused('already-reversed');
  const { reason, today } = input;
  const undone = await undo(tx, principal, { entryId: known.entry_id, reason, today }, at);
  if (!undone.ok) return undone;
  await tx
    .updateTable('expenses')
    .set({ reversal_entry_id: undone.value })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.id)
    .execute();
  const payload = { cents: String(known.amount_cents), day: today.toString(), reason };
  await appendFact(tx, principal, { kind: 'expense-reversed', subjectId: input.id, payload }, at);
  return done(undefined);
}
