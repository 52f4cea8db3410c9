/** What units of offers are worth in the demonstration: invented rates by unit, which say so; public where the giver is. */
import { sql } from 'kysely';
import { valueByRates } from '../domains/delivery/value-commands.server.ts';
import type { OfferRate } from '../domains/support/offer-rate.ts';
import type { OfferId } from '../domains/support/offer.ts';
import { rateOffer } from '../domains/support/rate-commands.server.ts';
import type { SupportUnit } from '../lib/quantity.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, type DemonstrationCalendar } from './calendar.ts';
import type { MadeDirectory } from './directory.ts';
import { must } from './rounds.ts';

type Amounts = Pick<OfferRate, 'method' | 'costCents' | 'marketCents' | 'paidCents'>;

const RATES: Readonly<Record<SupportUnit, Amounts>> = {
  'half-day': { method: 'donor-cost', costCents: 21_000n, marketCents: 35_000n, paidCents: 0n },
  introduction: { method: 'standard-rate', costCents: 6_000n, marketCents: 10_000n, paidCents: 0n },
  'desk-day': { method: 'market-minus-paid', costCents: 1_500n, marketCents: 2_500n, paidCents: 1_000n },
  'test-ground-day': { method: 'market-minus-paid', costCents: 30_000n, marketCents: 60_000n, paidCents: 0n },
};

export async function loadRates(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const { rows } = await sql<{ id: OfferId; unit: SupportUnit; isPublic: boolean }>`
    select o.id, o.unit, exists (select from organisation_parts p where p.territory_id = o.territory_id
      and p.organisation_id = o.organisation_id and p.part = 'public-body') as "isPublic"
    from offers o where o.territory_id = ${tx.territoryId} order by o.id`.execute(tx);
  const validFrom = calendar.quarters[2];
  const at = { now: momentOn(calendar, validFrom, 9), fillRandom: random.fill };
  for (const { id, unit, isPublic } of rows) {
    const publicSharePerMillion = isPublic ? 1_000_000n : 0n;
    const rate = { ...RATES[unit], validFrom, publicSharePerMillion, evidence: 'Barème fictif de la démonstration' };
    must(await rateOffer(tx, directory.team, { offerId: id, ...rate }, at));
  }
  // What was given before this quarter is valued; the rest waits for the visitor's press.
  const period = { from: validFrom, until: calendar.quarters[0] };
  must(
    await valueByRates(tx, directory.team, period, {
      now: momentOn(calendar, calendar.today, 9),
      fillRandom: random.fill,
    }),
  );
}
