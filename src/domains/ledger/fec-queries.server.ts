/** What the file of accounting entries is made of: the cash book of a fiscal year, read in parts that fit the memory. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { familyOf, isOfBalanceSheet } from './account.ts';
import type { EntryId } from './entry.ts';
import type { FecEntry, FecLine, OpeningBalance } from './fec.ts';
import type { FiscalYear } from './fiscal-year.ts';
import { moves } from './moves.server.ts';

export interface Keeper {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly siren: string | null;
}

/** Who keeps these books, when it was said. */
export async function bookKeeper(tx: TerritoryTransaction): Promise<Keeper | undefined> {
  return tx
    .selectFrom('ledger_keepers as k')
    .innerJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'k.territory_id').onRef('o.id', '=', 'k.organisation_id'),
    )
    .select(['o.id', 'o.name', 'o.slug', 'o.siren'])
    .where('k.territory_id', '=', tx.territoryId)
    .executeTakeFirst();
}

/**
 * What the balance-sheet accounts held when the year began. What earlier years brought and took is not on an account of
 * its own: the opening entry balances it on « report à nouveau ».
 */
export async function openingBalances(
  tx: TerritoryTransaction,
  year: Pick<FiscalYear, 'startsOn'>,
): Promise<OpeningBalance[]> {
  const { rows } = await sql<OwnerRow & { code: string; balance: bigint }>`
    select a.code, o.slug, o.name, sum(m.debits - m.credits)::bigint as balance
    from ledger_accounts a
    join ${moves(tx)} m on m.account_id = a.id and m.day < ${year.startsOn}
    left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
    where a.territory_id = ${tx.territoryId} and a.unit = 'eur-cent'
    group by a.code, o.slug, o.name order by a.code`.execute(tx);
  return rows
    .filter(({ code }) => {
      const family = familyOf(code);
      return family !== undefined && isOfBalanceSheet(family);
    })
    .map(({ code, balance, ...owner }) => ({ code, owner: ownerOf(owner), balance }));
}

const PART = 1000;

/** The cash entries of the year, in the order of the days and of the posting. */
export async function* cashEntries(
  tx: TerritoryTransaction,
  { startsOn, endsOn }: Pick<FiscalYear, 'startsOn' | 'endsOn'>,
  zone: string,
): AsyncGenerator<FecEntry> {
  let after: { day: Temporal.PlainDate; id: string } | undefined;
  for (;;) {
    const beyond = after === undefined ? sql`true` : sql`(e.occurred_on, e.id) > (${after.day}, ${after.id}::uuid)`;
    const { rows } = await sql<EntryRow>`
      select e.id, e.occurred_on as day, e.posted_at as "postedAt", e.memo, e.cause_kind as "causeKind" from ledger_entries e
      where e.territory_id = ${tx.territoryId} and e.occurred_on between ${startsOn} and ${endsOn} and ${beyond}
        and exists (select from ledger_transfers t where t.territory_id = e.territory_id and t.entry_id = e.id and t.unit = 'eur-cent')
      order by e.occurred_on, e.id limit ${PART}`.execute(tx);
    yield* await withLines(tx, rows, zone);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PART) return;
    after = { day: last.day, id: last.id };
  }
}

interface OwnerRow {
  readonly slug: string | null;
  readonly name: string | null;
}
interface EntryRow {
  readonly id: EntryId;
  readonly day: Temporal.PlainDate;
  readonly postedAt: Temporal.Instant;
  readonly memo: string;
  readonly causeKind: string;
}

async function withLines(tx: TerritoryTransaction, entries: readonly EntryRow[], zone: string): Promise<FecEntry[]> {
  const { rows } = await sql<OwnerRow & { entryId: EntryId; code: string; debit: bigint; credit: bigint }>`
    select l.entry_id as "entryId", a.code, o.slug, o.name, l.debit, l.credit
    from (
      select t.entry_id, t.position, 1 as side, t.debit_account_id as account_id, t.amount as debit, 0::bigint as credit
      from ledger_transfers t where t.territory_id = ${tx.territoryId} and t.unit = 'eur-cent' and t.entry_id = any(${entries.map(({ id }) => id)}::uuid[])
      union all
      select t.entry_id, t.position, 2, t.credit_account_id, 0, t.amount
      from ledger_transfers t where t.territory_id = ${tx.territoryId} and t.unit = 'eur-cent' and t.entry_id = any(${entries.map(({ id }) => id)}::uuid[])
    ) l
    join ledger_accounts a on a.territory_id = ${tx.territoryId} and a.id = l.account_id
    left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
    order by l.entry_id, l.position, l.side`.execute(tx);
  const byEntry = Map.groupBy(rows, ({ entryId }) => entryId);
  return entries.map(({ id, day, postedAt, memo, causeKind }) => ({
    // The end of the id is its random part: the beginning is the moment, which entries of one batch share.
    reference: `${causeKind}-${id.slice(-12)}`,
    day,
    documentDay: day,
    postedOn: postedAt.toZonedDateTimeISO(zone).toPlainDate(),
    label: memo === '' ? causeKind : memo,
    lines: (byEntry.get(id) ?? []).map(({ code, debit, credit, ...owner }): FecLine => ({
      code,
      owner: ownerOf(owner),
      debit,
      credit,
    })),
  }));
}

function ownerOf({ slug, name }: OwnerRow): FecLine['owner'] {
  return slug === null || name === null ? null : { number: slug, name };
}
