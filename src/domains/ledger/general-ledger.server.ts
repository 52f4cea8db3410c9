/**
 * The general ledger: every line of every account, account by account, each day in its order, some at a time.
 *
 * Must always hold: the lines of a filter are those whose sums the trial balance of the same filter shows; pages joined
 * give every line once, however many there are.
 */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { AccountName } from './book-queries.server.ts';
import type { AccountId, CauseKind, EntryId } from './entry.ts';
import { trialBalance, type MovesFilter, type TrialBalanceLine } from './queries.server.ts';

export interface LedgerFilter extends MovesFilter {
  readonly unit?: LedgerUnit | undefined;
  readonly organisationId?: OrganisationId | undefined;
  readonly accountId?: AccountId | undefined;
}

export interface LedgerLine {
  readonly account: AccountName & { readonly unit: LedgerUnit };
  readonly entryId: EntryId;
  readonly position: number;
  readonly occurredOn: Temporal.PlainDate;
  readonly memo: string;
  readonly causeKind: CauseKind;
  readonly counterpartCode: string;
  readonly counterpartName: string | null;
  readonly debit: bigint;
  readonly credit: bigint;
}

/** The last line shown. */
export interface LineCursor {
  readonly accountId: string;
  readonly day: Temporal.PlainDate;
  readonly entryId: string;
  readonly position: number;
}

export interface LedgerPage {
  readonly lines: readonly LedgerLine[];
  readonly hasAfter: boolean;
}

/** The accounts that moved within the filter, in the order of the ledger, with what they moved. */
export async function accountsWithin(tx: TerritoryTransaction, filter: LedgerFilter): Promise<TrialBalanceLine[]> {
  const { unit, organisationId, accountId } = filter;
  return (await trialBalance(tx, filter)).filter(
    (line) =>
      (unit === undefined || line.unit === unit) &&
      (organisationId === undefined || line.organisationId === organisationId) &&
      (accountId === undefined || line.accountId === accountId),
  );
}

export async function listLedger(
  tx: TerritoryTransaction,
  filter: LedgerFilter,
  after: LineCursor | undefined,
  size: number,
): Promise<LedgerPage> {
  const accounts = await accountsWithin(tx, filter);
  const lines: LedgerLine[] = [];
  const begun = accounts.findIndex(({ accountId }) => accountId === after?.accountId);
  let place = Math.max(0, begun);
  // Twice as many accounts each time: those before were short, so few statements fill a page of small accounts.
  for (let together = 1; place < accounts.length && lines.length <= size; together *= 2) {
    const some = accounts.slice(place, place + together);
    const from = place === begun ? after : undefined;
    lines.push(...(await linesOf(tx, some, filter, from, size + 1 - lines.length)));
    place += together;
  }
  return { lines: lines.slice(0, size), hasAfter: lines.length > size };
}

/** Every line, for a file: each step is a short transaction of `read`. */
export async function* everyLedgerLine(
  read: <Answer>(work: (tx: TerritoryTransaction) => Promise<Answer>) => Promise<Answer>,
  filter: LedgerFilter,
  step = 1000,
): AsyncGenerator<readonly LedgerLine[]> {
  let after: LineCursor | undefined;
  for (;;) {
    const cursor = after;
    const page = await read((tx) => listLedger(tx, filter, cursor, step));
    yield page.lines;
    const last = page.lines.at(-1);
    if (last === undefined || !page.hasAfter) return;
    after = cursorOf(last);
  }
}

export function cursorOf({ account, occurredOn: day, entryId, position }: LedgerLine): LineCursor {
  return { accountId: account.accountId, day, entryId, position };
}

/** Each side of an account is read from its own index, oldest first, and the two are joined. */
async function linesOf(
  tx: TerritoryTransaction,
  accounts: readonly TrialBalanceLine[],
  { from, until, programme }: LedgerFilter,
  after: LineCursor | undefined,
  size: number,
): Promise<LedgerLine[]> {
  const conditions = [sql`t.territory_id = ${tx.territoryId}`];
  if (after !== undefined)
    conditions.push(
      sql`(t.occurred_on, t.entry_id, t.position) > (${after.day}, ${after.entryId}::uuid, ${after.position})`,
    );
  if (from !== undefined) conditions.push(sql`t.occurred_on >= ${from}`);
  if (until !== undefined) conditions.push(sql`t.occurred_on <= ${until}`);
  if (programme !== undefined)
    conditions.push(sql`exists (select from ledger_entries e where e.territory_id = t.territory_id
      and e.id = t.entry_id and e.programme_code = ${programme})`);
  const within = sql.join(conditions, sql` and `);
  const side = (here: RawBuilder<unknown>, other: RawBuilder<unknown>, isDebit: boolean) => sql`
    (select t.entry_id, t.position, t.occurred_on, ${other} as other, case when ${isDebit} then t.amount else 0 end as debit,
      case when ${isDebit} then 0 else t.amount end as credit
      from ledger_transfers t where ${within} and ${here} = own.id
      order by t.occurred_on, t.entry_id, t.position limit ${size})`;
  const [debit, credit] = [sql`t.debit_account_id`, sql`t.credit_account_id`];
  const ids = accounts.map(({ accountId }) => accountId);
  const { rows } = await sql<Omit<LedgerLine, 'account'> & { readonly place: number }>`
    select line.place, line.entry_id as "entryId", line.position, line.occurred_on as "occurredOn", e.memo,
      e.cause_kind as "causeKind", a.code as "counterpartCode", o.name as "counterpartName",
      line.debit::bigint as debit, line.credit::bigint as credit
    from (
      select own.place::integer, both_sides.*
      from unnest(${ids}::uuid[]) with ordinality as own (id, place),
        lateral (${side(debit, credit, true)} union all ${side(credit, debit, false)}) both_sides
      order by place, occurred_on, entry_id, position limit ${size}
    ) line
    join ledger_entries e on e.territory_id = ${tx.territoryId} and e.id = line.entry_id
    join ledger_accounts a on a.territory_id = ${tx.territoryId} and a.id = line.other
    left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
    order by line.place, line.occurred_on, line.entry_id, line.position`.execute(tx);
  return rows.flatMap(({ place, ...row }) => {
    const account = accounts[place - 1];
    return account === undefined ? [] : [{ ...row, account }];
  });
}
