/** Reads of what the bank said: the accelerator's accounts, movements by where they stand, what one may be about. */
import { sql, type RawBuilder } from 'kysely';
import type { Id, OrganisationId } from '../../../lib/ids.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import type { InstalmentId } from '../agreement.ts';
import type { PaymentId } from '../instalment-commands.server.ts';
import type { MovementStanding } from './movement.ts';
import type { OpenReceivable } from './suggestions.ts';

export type MovementId = Id<'movement'>;
export type IbanId = Id<'iban'>;

export interface OwnIban {
  readonly id: IbanId;
  readonly iban: string;
  readonly label: string;
}

export async function listIbans(tx: TerritoryTransaction): Promise<OwnIban[]> {
  return tx
    .selectFrom('bank_ibans')
    .select(['id', 'iban', 'label'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export interface MovementLine {
  readonly id: MovementId;
  readonly bookedOn: Temporal.PlainDate;
  readonly valueOn: Temporal.PlainDate | null;
  readonly amountCents: bigint;
  readonly bookedCents: bigint;
  readonly counterparty: string;
  readonly counterpartyIban: string;
  readonly endToEndId: string;
  readonly remittance: string;
  readonly bankReference: string;
  readonly isReversal: boolean;
  readonly setAsideReason: string | null;
  readonly turns: number;
  readonly iban: string;
  readonly accountLabel: string;
  readonly fileName: string;
  readonly rowNumber: number;
  readonly broughtAt: Temporal.Instant;
  readonly broughtBy: string | null;
}

const MOST_MOVEMENTS = 500;

/** The latest day first; at most 500. */
export async function listMovements(tx: TerritoryTransaction, standing: MovementStanding): Promise<MovementLine[]> {
  const { rows } = await sql<MovementLine>`
    select * from (${LINES} where m.territory_id = ${tx.territoryId}) line where ${STANDINGS[standing]}
    order by "bookedOn" desc, id limit ${MOST_MOVEMENTS}`.execute(tx);
  return rows;
}

export async function findMovement(tx: TerritoryTransaction, id: MovementId): Promise<MovementLine | undefined> {
  const { rows } = await sql<MovementLine>`
    ${LINES} where m.territory_id = ${tx.territoryId} and m.id = ${id}`.execute(tx);
  return rows[0];
}

export type MovementCounts = Readonly<Record<MovementStanding, { readonly count: number; readonly cents: bigint }>>;

export async function countMovements(tx: TerritoryTransaction): Promise<MovementCounts> {
  const { rows } = await sql<{ standing: MovementStanding; count: number; cents: bigint }>`
    select case when ${STANDINGS.outgoing} then 'outgoing' when ${STANDINGS.booked} then 'booked'
        when ${STANDINGS.open} then 'open' else 'set-aside' end as standing,
      count(*)::int as count, sum(case when "amountCents" < 0 or "bookedCents" >= "amountCents" then "amountCents" else "amountCents" - "bookedCents" end)::bigint as cents
    from (${LINES} where m.territory_id = ${tx.territoryId}) line group by 1`.execute(tx);
  const of = (standing: MovementStanding) => rows.find((row) => row.standing === standing) ?? { count: 0, cents: 0n };
  return { open: of('open'), booked: of('booked'), 'set-aside': of('set-aside'), outgoing: of('outgoing') };
}

/** Other movements that a person should see beside one: those it may repeat, and those it may take back. */
export async function movementsLike(
  tx: TerritoryTransaction,
  movement: MovementLine,
): Promise<{ readonly alike: readonly MovementLine[]; readonly taken: readonly MovementLine[] }> {
  const { id, bookedOn, amountCents, counterparty, endToEndId } = movement;
  const { rows } = await sql<MovementLine>`
    ${LINES} where m.territory_id = ${tx.territoryId} and m.id <> ${id} and (
      (m.amount_cents = ${amountCents} and m.booked_on = ${bookedOn})
      or (m.amount_cents = ${-amountCents} and m.booked_on <= ${bookedOn}
        and ((m.end_to_end_id <> '' and m.end_to_end_id = ${endToEndId}) or (m.counterparty <> '' and m.counterparty = ${counterparty}))))
    order by m.booked_on desc, m.id limit 10`.execute(tx);
  return {
    alike: rows.filter((row) => row.amountCents === amountCents),
    taken: amountCents < 0n ? rows.filter((row) => row.amountCents !== amountCents) : [],
  };
}

export interface BookingLine {
  readonly paymentId: PaymentId;
  readonly instalmentId: InstalmentId;
  readonly organisationName: string;
  readonly dueOn: Temporal.PlainDate;
  readonly amountCents: bigint;
  readonly entryId: Id<'entry'>;
  readonly reversalEntryId: Id<'entry'> | null;
}

/** What was booked of a movement, what was taken back included. */
export async function bookingsOf(tx: TerritoryTransaction, id: MovementId): Promise<BookingLine[]> {
  const { rows } = await sql<BookingLine>`
    select p.id as "paymentId", p.instalment_id as "instalmentId", o.name as "organisationName", i.due_on as "dueOn",
      p.amount_cents as "amountCents", p.entry_id as "entryId", p.reversal_entry_id as "reversalEntryId"
    from bank_bookings b
    join instalment_payments p on p.territory_id = b.territory_id and p.id = b.payment_id
    join instalments i on i.territory_id = p.territory_id and i.id = p.instalment_id
    join agreements g on g.territory_id = i.territory_id and g.id = i.agreement_id
    join organisations o on o.territory_id = g.territory_id and o.id = g.organisation_id
    where b.territory_id = ${tx.territoryId} and b.movement_id = ${id} order by p.created_at, p.id`.execute(tx);
  return rows;
}

const MOST_RECEIVABLES = 500;

/** All that was called and is not wholly paid, with the accounts from which each organisation paid before. */
export async function openReceivables(
  tx: TerritoryTransaction,
): Promise<(OpenReceivable & { readonly year: number })[]> {
  const { rows } = await sql<OpenReceivable & { year: number; organisationId: OrganisationId }>`
    with open as (
      select i.id, g.organisation_id, o.name, g.reference, i.year, i.due_on,
        i.amount_cents - coalesce((select sum(p.amount_cents) from instalment_payments p
          where p.territory_id = i.territory_id and p.instalment_id = i.id and p.reversal_entry_id is null), 0) as awaited
      from instalments i
      join agreements g on g.territory_id = i.territory_id and g.id = i.agreement_id
      join organisations o on o.territory_id = g.territory_id and o.id = g.organisation_id
      where i.territory_id = ${tx.territoryId} and i.state = 'called'
    ), known as (
      select g.organisation_id, array_agg(distinct m.counterparty_iban) as ibans
      from bank_bookings b
      join bank_movements m on m.territory_id = b.territory_id and m.id = b.movement_id and m.counterparty_iban <> ''
      join instalment_payments p on p.territory_id = b.territory_id and p.id = b.payment_id and p.reversal_entry_id is null
      join instalments i on i.territory_id = p.territory_id and i.id = p.instalment_id
      join agreements g on g.territory_id = i.territory_id and g.id = i.agreement_id
      where b.territory_id = ${tx.territoryId} group by 1
    )
    select open.id, open.organisation_id as "organisationId", open.name as "organisationName", open.reference, open.year,
      open.due_on as "dueOn", open.awaited::bigint as "awaitedCents", coalesce(known.ibans, '{}') as "knownIbans"
    from open left join known on known.organisation_id = open.organisation_id
    where open.awaited > 0 order by open.due_on, open.id limit ${MOST_RECEIVABLES}`.execute(tx);
  return rows;
}

/** `standingOfMovement` in the database's words. */
const STANDINGS: Readonly<Record<MovementStanding, RawBuilder<unknown>>> = {
  outgoing: sql`"amountCents" < 0`,
  booked: sql`("amountCents" > 0 and "bookedCents" >= "amountCents")`,
  open: sql`("amountCents" > 0 and "bookedCents" < "amountCents" and "setAsideReason" is null)`,
  'set-aside': sql`("amountCents" > 0 and "bookedCents" < "amountCents" and "setAsideReason" is not null)`,
};

const LINES: RawBuilder<MovementLine> = sql`
  select m.id, m.booked_on as "bookedOn", m.value_on as "valueOn", m.amount_cents as "amountCents",
    coalesce((select sum(p.amount_cents) from bank_bookings b
      join instalment_payments p on p.territory_id = b.territory_id and p.id = b.payment_id
      where b.territory_id = m.territory_id and b.movement_id = m.id and p.reversal_entry_id is null), 0)::bigint as "bookedCents",
    m.counterparty, m.counterparty_iban as "counterpartyIban", m.end_to_end_id as "endToEndId", m.remittance,
    m.bank_reference as "bankReference", m.is_reversal as "isReversal", m.set_aside_reason as "setAsideReason", m.turns,
    a.iban, a.label as "accountLabel", s.file_name as "fileName", m.row_number as "rowNumber", s.created_at as "broughtAt",
    (select p.name from people p where p.territory_id = s.territory_id and p.id = s.created_by) as "broughtBy"
  from bank_movements m
  join bank_ibans a on a.territory_id = m.territory_id and a.id = m.iban_id
  join bank_statements s on s.territory_id = m.territory_id and s.id = m.statement_id`;
