/** Gathers a funder's report from the books, the agreements and the sessions, as they are now. */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId } from '../../../lib/ids.ts';
import { done, refused, type Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { senderOf } from '../../alliance/documents/money-papers.server.ts';
import { reportsOf } from '../../alliance/documents/document-queries.server.ts';
import { doubleFunding, type DoubleFunding } from '../../alliance/in-kind.ts';
import { listProgrammes } from '../../ledger/year-commands.server.ts';
import type { Territory } from '../../territory/visit.ts';
import { STANDING_BOOKINGS } from '../bookings.server.ts';
import {
  countedWork,
  REPORT_LINES_MOST,
  reportKey,
  type ReceivedLine,
  type ReportFacts,
  type SessionLine,
  type SpentLine,
} from './report.ts';

export interface ReportScope {
  readonly funderId: OrganisationId;
  readonly programme: string | undefined;
  readonly from: Temporal.PlainDate;
  /** Counted. */
  readonly until: Temporal.PlainDate;
}

export interface Funder {
  readonly id: OrganisationId;
  readonly name: string;
  readonly siren: string | null;
  readonly firstYear: number;
  readonly lastYear: number;
}

/** Organisations that fund by a signed agreement, with the years that their agreements cover. */
export async function listFunders(tx: TerritoryTransaction): Promise<Funder[]> {
  const { rows } = await sql<Funder>`
    select o.id, o.name, o.siren, min(extract(year from g.starts_on))::integer as "firstYear", max(extract(year from g.ends_on))::integer as "lastYear"
    from agreements g join organisations o on o.territory_id = g.territory_id and o.id = g.organisation_id
    where g.territory_id = ${tx.territoryId} and g.kind = 'public-funder' and g.state <> 'draft'
    group by o.id, o.name, o.siren, o.name_key order by o.name_key, o.id`.execute(tx);
  return rows;
}

export async function reportFacts(
  tx: TerritoryTransaction,
  territory: Pick<Territory, 'name'>,
  scope: ReportScope,
): Promise<Result<ReportFacts, 'not-found' | 'too-many-lines'>> {
  const funder = (await listFunders(tx)).find(({ id }) => id === scope.funderId);
  const programmes = scope.programme === undefined ? [] : await listProgrammes(tx);
  const programme = programmes.find(({ code }) => code === scope.programme);
  if (funder === undefined || (scope.programme !== undefined && programme === undefined)) return refused('not-found');
  const sessions = await sessionsOf(tx, withinScope(scope, sql`e.occurred_on`, sql`e.programme_code`));
  const spent = await spentIn(tx, scope);
  if (sessions.length + spent.length > REPORT_LINES_MOST)
    return refused('too-many-lines', { maximum: REPORT_LINES_MOST });
  return done({
    ...(await senderOf(tx, territory)),
    funder: funder.name,
    funderId: funder.id,
    funderSiren: funder.siren,
    programme: programme === undefined ? null : { code: programme.code, fr: programme.labelFr, en: programme.labelEn },
    from: scope.from.toString(),
    until: scope.until.toString(),
    received: await receivedFrom(tx, scope),
    others: await receivedFromOthers(tx, scope),
    spent,
    sessions,
  });
}

/** IK-10: the person-days that reports of the same funder, which count, hold already. */
export async function countedTwice(tx: TerritoryTransaction, facts: ReportFacts): Promise<readonly DoubleFunding[]> {
  const issued = (await reportsOf(tx, facts.funderId as OrganisationId)).map((report) => report.facts as ReportFacts);
  // The last version of each report alone: an earlier one was replaced by it.
  const latest = new Map<string, ReportFacts>();
  for (const report of issued) if (!latest.has(reportKey(report))) latest.set(reportKey(report), report);
  latest.delete(reportKey(facts));
  const mine = new Set(countedWork(facts).map(({ person, day }) => `${person} ${day.toString()}`));
  return doubleFunding([...latest.values(), facts].flatMap(countedWork)).filter(({ person, day }) =>
    mine.has(`${person} ${day.toString()}`),
  );
}

/** What was confirmed by both sides, the first day first. */
export async function sessionsOf(tx: TerritoryTransaction, condition: RawBuilder<unknown>): Promise<SessionLine[]> {
  const { rows } = await sql<Omit<SessionLine, 'day' | 'amount'> & { day: Temporal.PlainDate; amount: bigint }>`
    select e.id as "entryId", s.id as "sessionId", n.id as "needId", e.occurred_on as day, g.name as giver, r.name as receiver,
      k.label_fr as "kindFr", k.label_en as "kindEn", t.unit, t.amount, coalesce(s.giver_confirmed_by::text, '') as "personId"
    from ${STANDING_BOOKINGS}
    where s.territory_id = ${tx.territoryId} and ${condition}
    order by e.occurred_on, e.id limit ${REPORT_LINES_MOST + 1}`.execute(tx);
  return rows.map((row) => ({ ...row, day: row.day.toString(), amount: String(row.amount) }));
}

async function receivedFrom(tx: TerritoryTransaction, scope: ReportScope): Promise<ReceivedLine[]> {
  const { rows } = await sql<Omit<ReceivedLine, 'day' | 'cents'> & { day: Temporal.PlainDate; cents: bigint }>`
    select p.entry_id as "entryId", p.paid_on as day, g.reference, i.year, p.amount_cents as cents
    ${PAYMENTS} where p.territory_id = ${tx.territoryId} and p.reversal_entry_id is null and g.organisation_id = ${scope.funderId}
      and ${withinScope(scope, sql`p.paid_on`, sql`g.programme_code`)} order by p.paid_on, p.id`.execute(tx);
  return rows.map((row) => ({ ...row, day: row.day.toString(), cents: String(row.cents) }));
}

async function receivedFromOthers(tx: TerritoryTransaction, scope: ReportScope): Promise<ReportFacts['others']> {
  const { rows } = await sql<{ kind: 'partner' | 'public-funder'; cents: bigint }>`
    select g.kind, sum(p.amount_cents)::bigint as cents
    ${PAYMENTS} where p.territory_id = ${tx.territoryId} and p.reversal_entry_id is null and g.organisation_id <> ${scope.funderId}
      and ${withinScope(scope, sql`p.paid_on`, sql`g.programme_code`)} group by g.kind order by g.kind desc`.execute(
    tx,
  );
  return rows.map(({ kind, cents }) => ({ kind, cents: String(cents) }));
}

async function spentIn(tx: TerritoryTransaction, scope: ReportScope): Promise<SpentLine[]> {
  const { rows } = await sql<Omit<SpentLine, 'day' | 'cents'> & { day: Temporal.PlainDate; cents: bigint }>`
    select x.entry_id as "entryId", x.spent_on as day, x.nature, x.supplier, x.amount_cents as cents, x.file_id is not null as "hasFile"
    from expenses x where x.territory_id = ${tx.territoryId} and x.reversal_entry_id is null
      and ${withinScope(scope, sql`x.spent_on`, sql`x.programme_code`)}
    order by x.spent_on, x.id limit ${REPORT_LINES_MOST + 1}`.execute(tx);
  return rows.map((row) => ({ ...row, day: row.day.toString(), cents: String(row.cents) }));
}

const PAYMENTS = sql`
  from instalment_payments p
  join instalments i on i.territory_id = p.territory_id and i.id = p.instalment_id
  join agreements g on g.territory_id = i.territory_id and g.id = i.agreement_id`;

function withinScope(
  { from, until, programme }: ReportScope,
  day: RawBuilder<unknown>,
  code: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const days = sql`${day} between ${from} and ${until}`;
  return programme === undefined ? days : sql`${days} and ${code} = ${programme}`;
}
