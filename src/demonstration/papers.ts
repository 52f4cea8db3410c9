/** Documents of the demonstration: a call, a receipt, a certificate and a notice, so that each kind has one to show. */
import { listReceivables, paymentsOf } from '../domains/alliance/instalment-queries.server.ts';
import { listAid } from '../domains/alliance/aid-queries.server.ts';
import type { IssueRequest } from '../domains/alliance/documents/issue.server.ts';
import { issueFor } from '../domains/alliance/documents/issue.server.ts';
import type { Territory } from '../domains/territory/visit.ts';
import type { Stage } from './agreements.ts';
import { momentOn } from './calendar.ts';
import { must } from './rounds.ts';

export async function loadPapers({ tx, team, calendar, random }: Stage, territory: Territory): Promise<void> {
  const { today } = calendar;
  const visit = { principal: team, territory, today, now: momentOn(calendar, today, 10), fillRandom: random.fill };
  for (const request of await requests({ tx, team, calendar, random })) must(await issueFor(tx, visit, request));
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
