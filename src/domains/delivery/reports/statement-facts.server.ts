/** What a partner promised and gave in a year: the facts of its delivery statement, as they are now. */
import { sql } from 'kysely';
import { done, refused, type Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { committedBy } from '../../alliance/agreement-queries.server.ts';
import { senderOf } from '../../alliance/documents/money-papers.server.ts';
import type { Organisation } from '../../territory/organisation.ts';
import type { Territory } from '../../territory/visit.ts';
import { accountOf } from '../account-queries.server.ts';
import { inPeriod } from '../bookings.server.ts';
import { promiseLines } from '../promise.ts';
import { REPORT_LINES_MOST } from './report.ts';
import { sessionsOf } from './report-facts.server.ts';
import type { StatementFacts } from './statement.ts';

export async function statementFacts(
  tx: TerritoryTransaction,
  territory: Pick<Territory, 'name'>,
  organisation: Organisation,
  year: number,
): Promise<Result<StatementFacts, 'too-many-lines'>> {
  const period = { from: new Temporal.PlainDate(year, 1, 1), until: new Temporal.PlainDate(year + 1, 1, 1) };
  const sessions = await sessionsOf(tx, sql`${inPeriod(period)} and f.organisation_id = ${organisation.id}`);
  if (sessions.length > REPORT_LINES_MOST) return refused('too-many-lines', { maximum: REPORT_LINES_MOST });
  const { given } = await accountOf(tx, organisation.id, period);
  const lines = promiseLines(await committedBy(tx, organisation.id, year), given);
  return done({
    ...(await senderOf(tx, territory)),
    organisation: organisation.name,
    organisationSiren: organisation.siren,
    year,
    promises: lines.map(({ family, unit, promised, asked, delivered, left }) => ({
      family,
      unit,
      promised: String(promised),
      asked: String(asked),
      delivered: String(delivered),
      left: String(left),
    })),
    sessions,
  });
}
