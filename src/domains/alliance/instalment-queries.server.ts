/** Reads of what is to be paid: the instalments of an agreement, one whole with its payments, all that is awaited. */
import { sql, type RawBuilder } from 'kysely';
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { AgreementId, AgreementKind, AgreementState, InstalmentId } from './agreement.ts';
import type { PaymentId } from './instalment-commands.server.ts';
import { CALL_AHEAD_DAYS, type InstalmentState, type Standing } from './instalment.ts';

export interface InstalmentLine {
  readonly id: InstalmentId;
  readonly agreementId: AgreementId;
  readonly agreementState: AgreementState;
  readonly reference: string;
  readonly kind: AgreementKind;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly organisationSlug: string;
  readonly year: number;
  readonly dueOn: Temporal.PlainDate;
  readonly amountCents: bigint;
  readonly paidCents: bigint;
  readonly condition: string;
  readonly state: InstalmentState;
  readonly calledOn: Temporal.PlainDate | null;
  readonly callEntryId: Id<'entry'> | null;
  readonly remindedOn: Temporal.PlainDate | null;
  readonly reminders: number;
}

export async function instalmentsOf(tx: TerritoryTransaction, agreementId: AgreementId): Promise<InstalmentLine[]> {
  const { rows } = await sql<InstalmentLine>`
    ${LINES} where i.territory_id = ${tx.territoryId} and i.agreement_id = ${agreementId} order by i.due_on, i.id`.execute(
    tx,
  );
  return rows;
}

export async function findInstalment(tx: TerritoryTransaction, id: InstalmentId): Promise<InstalmentLine | undefined> {
  const { rows } = await sql<InstalmentLine>`
    ${LINES} where i.territory_id = ${tx.territoryId} and i.id = ${id}`.execute(tx);
  return rows[0];
}

export interface PaymentLine {
  readonly id: PaymentId;
  readonly paidOn: Temporal.PlainDate;
  readonly amountCents: bigint;
  readonly note: string;
  readonly entryId: Id<'entry'>;
  readonly reversalEntryId: Id<'entry'> | null;
}

export async function paymentsOf(tx: TerritoryTransaction, id: InstalmentId): Promise<PaymentLine[]> {
  const rows = await tx
    .selectFrom('instalment_payments')
    .select(['id', 'paid_on', 'amount_cents', 'note', 'entry_id', 'reversal_entry_id'])
    .where('territory_id', '=', tx.territoryId)
    .where('instalment_id', '=', id)
    .orderBy('paid_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    paidOn: row.paid_on,
    amountCents: row.amount_cents,
    note: row.note,
    entryId: row.entry_id,
    reversalEntryId: row.reversal_entry_id,
  }));
}

/** What a list of receivables may show: those on which somebody must act, or all of one standing. */
export type ReceivableView = 'open' | Exclude<Standing, 'withdrawn'>;

export interface ReceivableTotals {
  readonly toCallCents: bigint;
  readonly dueCents: bigint;
  readonly overdueCents: bigint;
}

const MOST_LINES = 500;

/** Instalments of signed texts, the oldest day first; at most 500. */
export async function listReceivables(
  tx: TerritoryTransaction,
  view: ReceivableView,
  today: Temporal.PlainDate,
): Promise<InstalmentLine[]> {
  const { rows } = await sql<InstalmentLine>`
    select * from (${LINES} where i.territory_id = ${tx.territoryId} and g.state <> 'draft' and i.state <> 'withdrawn') line
    where ${standingIs(view, today)}
    order by "dueOn" ${view === 'paid' ? sql`desc` : sql`asc`}, "organisationKey", id limit ${MOST_LINES}`.execute(tx);
  return rows;
}

export async function receivableTotals(tx: TerritoryTransaction, today: Temporal.PlainDate): Promise<ReceivableTotals> {
  const left = sql`"amountCents" - "paidCents"`;
  const sumOf = (view: ReceivableView) =>
    sql`coalesce(sum(${left}) filter (where ${standingIs(view, today)}), 0)::bigint`;
  const { rows } = await sql<ReceivableTotals>`
    select ${sumOf('to-call')} as "toCallCents", ${sumOf('due')} as "dueCents", ${sumOf('overdue')} as "overdueCents"
    from (${LINES} where i.territory_id = ${tx.territoryId} and g.state <> 'draft' and i.state <> 'withdrawn') line`.execute(
    tx,
  );
  return rows[0] ?? { toCallCents: 0n, dueCents: 0n, overdueCents: 0n };
}

/** `standingOf` in the database's words. */
function standingIs(view: ReceivableView, today: Temporal.PlainDate): RawBuilder<unknown> {
  const near = today.add({ days: CALL_AHEAD_DAYS });
  switch (view) {
    case 'open':
      return sql`(${standingIs('to-call', today)} or ${standingIs('due', today)} or ${standingIs('overdue', today)})`;
    case 'planned':
      return sql`state = 'planned' and "dueOn" > ${near}`;
    case 'to-call':
      return sql`(state = 'planned' and "dueOn" <= ${near})`;
    case 'due':
      return sql`(state = 'called' and "paidCents" < "amountCents" and "dueOn" >= ${today})`;
    case 'overdue':
      return sql`(state = 'called' and "paidCents" < "amountCents" and "dueOn" < ${today})`;
    case 'paid':
      return sql`state = 'called' and "paidCents" >= "amountCents"`;
  }
}

const LINES: RawBuilder<InstalmentLine> = sql`
  select i.id, i.agreement_id as "agreementId", g.state as "agreementState", g.reference, g.kind, g.organisation_id as "organisationId",
    o.name as "organisationName", o.slug as "organisationSlug", o.name_key as "organisationKey", i.year, i.due_on as "dueOn", i.amount_cents as "amountCents",
    coalesce((select sum(p.amount_cents) from instalment_payments p
      where p.territory_id = i.territory_id and p.instalment_id = i.id and p.reversal_entry_id is null), 0)::bigint as "paidCents",
    i.condition, i.state, i.called_on as "calledOn", i.call_entry_id as "callEntryId", i.reminded_on as "remindedOn", i.reminders
  from instalments i
  join agreements g on g.territory_id = i.territory_id and g.id = i.agreement_id
  join organisations o on o.territory_id = g.territory_id and o.id = g.organisation_id`;
