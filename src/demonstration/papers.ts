/** Documents of the demonstration: a call, a receipt, a certificate, a notice and a report, so that each kind has one to show. */
import { listReceivables, paymentsOf } from '../domains/alliance/instalment-queries.server.ts';
import { listAid } from '../domains/alliance/aid-queries.server.ts';
import { issueFor, type IssueRequest } from '../domains/alliance/documents/issue.server.ts';
import type { IssuingVisit } from '../domains/alliance/documents/paper-source.server.ts';
import { issueReport } from '../domains/delivery/reports/report-acts.server.ts';
import { listFunders } from '../domains/delivery/reports/report-facts.server.ts';
import type { Territory } from '../domains/territory/visit.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { MONEY_YEARS, type Stage } from './agreements.ts';
import { momentOn } from './calendar.ts';
import { must } from './rounds.ts';

export async function loadPapers({ tx, team, calendar, random }: Stage, territory: Territory): Promise<void> {
  const { today } = calendar;
  const visit = { principal: team, territory, today, now: momentOn(calendar, today, 10), fillRandom: random.fill };
  for (const request of await requests({ tx, team, calendar, random })) must(await issueFor(tx, visit, request));
  await issueReports(tx, visit);
}

/** The report of the real three years, for the first funder. */
async function issueReports(tx: TerritoryTransaction, visit: IssuingVisit): Promise<void> {
  const [funder] = await listFunders(tx);
  if (funder === undefined) return;
  const [first, last] = [MONEY_YEARS[0], MONEY_YEARS[2]];
  const days = { from: new Temporal.PlainDate(first, 1, 1), until: new Temporal.PlainDate(last, 12, 31) };
  must(await issueReport(tx, visit, { funderId: funder.id, programme: undefined, ...days }, 'fr'));
}

async function requests({ tx, calendar }: Stage): Promise<IssueRequest[]> {
  const [late] = await listReceivables(tx, 'overdue', calendar.today);
  const [paid] = await listReceivables(tx, 'paid', calendar.today);
  const [payment] = paid === undefined ? [] : await paymentsOf(tx, paid.id);
  const aid = (await listAid(tx)).find(({ organisationSlug }) => organisationSlug === 'mybus');
  const asked: (IssueRequest | undefined)[] = [
    late && { kind: 'payment-call', subject: late.id, locale: 'fr' },
    paid && payment && { kind: 'receipt', subject: `${paid.id}:${payment.id}`, locale: 'fr' },
    aid && { kind: 'aid-notice', subject: aid.id, locale: 'fr' },
    aid && { kind: 'aid-certificate', subject: 'mybus', locale: 'en' },
  ];
  return asked.filter((request) => request !== undefined);
}
