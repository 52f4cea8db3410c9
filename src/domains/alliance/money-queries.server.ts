/**
 * Where the money came from and where it went, a civil year: sums of the cash book. An organisation's amount is told
 * apart only where a signed agreement makes it public; the others are one sum of their kind.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { trialBalance, type MovesFilter } from '../ledger/queries.server.ts';
import { SPENDING_NATURES, type SpendingNature } from '../ledger/account.ts';
import type { AgreementKind } from './agreement.ts';

export interface MoneySource {
  readonly kind: AgreementKind;
  /** None for the sum of those whose amounts are not public. */
  readonly organisation: { readonly name: string; readonly slug: string } | null;
  /** How many organisations the amount sums. */
  readonly count: number;
  readonly cents: bigint;
}

export interface MoneyUse {
  /** `other` when the nature was not told. */
  readonly nature: SpendingNature | 'other';
  readonly cents: bigint;
}

export interface MoneyYear {
  readonly sources: readonly MoneySource[];
  readonly uses: readonly MoneyUse[];
  /** Fees and grants, counted when they are called. */
  readonly incomeCents: bigint;
  readonly spentCents: bigint;
  /** What was called and is not yet paid, at the end of the period. */
  readonly awaitedCents: bigint;
}

/** What the books say of a period. */
export async function moneyOf(tx: TerritoryTransaction, period: MovesFilter): Promise<MoneyYear> {
  const lines = (await trialBalance(tx, period)).filter(({ unit }) => unit === 'eur-cent');
  const shown = await organisationsWithPublicAmounts(tx, period);
  const sources = new Map<string, MoneySource>();
  const uses = new Map<MoneyUse['nature'], bigint>();
  let awaitedCents = 0n;
  for (const line of lines) {
    const family = line.code.split(':')[0] ?? '';
    const balance = line.debits - line.credits;
    if (family.endsWith('-due')) awaitedCents += balance;
    if (family === 'cash-fee' || family === 'cash-grant') addSource(sources, line, shown, -balance);
    if (family.startsWith('cash-spent')) {
      const nature = SPENDING_NATURES.find((each) => family === `cash-spent-${each}`) ?? 'other';
      uses.set(nature, (uses.get(nature) ?? 0n) + balance);
    }
  }
  const kept = [...sources.values()].filter(({ cents }) => cents !== 0n).toSorted(bySize);
  const spent = [...uses].map(([nature, cents]) => ({ nature, cents })).filter(({ cents }) => cents !== 0n);
  return {
    sources: kept,
    uses: spent.toSorted(bySize),
    incomeCents: kept.reduce((sum, { cents }) => sum + cents, 0n),
    spentCents: spent.reduce((sum, { cents }) => sum + cents, 0n),
    awaitedCents,
  };
}

type BalanceLine = Awaited<ReturnType<typeof trialBalance>>[number];

function addSource(
  sources: Map<string, MoneySource>,
  line: BalanceLine,
  shown: ReadonlySet<string>,
  cents: bigint,
): void {
  const kind = line.code.startsWith('cash-fee') ? ('partner' as const) : ('public-funder' as const);
  const { organisationId, organisationName: name, organisationSlug: slug } = line;
  const isShown = organisationId !== null && name !== null && slug !== null && shown.has(`${kind} ${organisationId}`);
  const key = isShown ? `${kind} ${organisationId}` : kind;
  const known = sources.get(key);
  sources.set(key, {
    kind,
    organisation: isShown ? { name, slug } : null,
    count: (known?.count ?? 0) + 1,
    cents: (known?.cents ?? 0n) + cents,
  });
}

/** `kind organisation` for those of whom every agreement of the period lets its amounts be told. */
async function organisationsWithPublicAmounts(tx: TerritoryTransaction, { from, until }: MovesFilter) {
  const touches = [
    ...(until === undefined ? [] : [sql`g.starts_on <= ${until}`]),
    ...(from === undefined ? [] : [sql`g.ends_on >= ${from}`]),
    sql`g.state in ('signed', 'ended')`,
  ];
  const { rows } = await sql<{ key: string }>`
    select g.kind || ' ' || g.organisation_id as key from agreements g
    where g.territory_id = ${tx.territoryId} and ${sql.join(touches, sql` and `)}
    group by g.kind, g.organisation_id having bool_and(g.amounts_public)`.execute(tx);
  return new Set(rows.map(({ key }) => key));
}

function bySize(a: { readonly cents: bigint }, b: { readonly cents: bigint }): number {
  return a.cents === b.cents ? 0 : a.cents > b.cents ? -1 : 1;
}

/** Years in which money moved, the latest first. */
export async function moneyYears(tx: TerritoryTransaction): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from e.occurred_on)::integer as year from ledger_entries e
    where e.territory_id = ${tx.territoryId} and e.cause_kind in ('instalment', 'payment', 'expense')
    order by 1 desc`.execute(tx);
  return rows.map(({ year }) => year);
}
