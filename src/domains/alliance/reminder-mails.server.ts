/**
 * Mails that a person of the team sends by pressing a button: the reminder of a payment that is due, that of an agreement
 * to renew. Written inside the transaction, in each reader's language; sent once it is committed. None goes by itself.
 */
import { formatter, type Formatter } from '../../i18n/format.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { type OutgoingMail as Mail, pathIn, type TerritoryVisit } from '../territory/visit.ts';
import type { Agreement } from './agreement-queries.server.ts';
import { awaitedCents } from './instalment.ts';
import type { InstalmentLine } from './instalment-queries.server.ts';
import { allianceText } from './messages.ts';

type MailVisit = Pick<TerritoryVisit, 'territory' | 'services'>;

export async function paymentReminderMails(
  tx: TerritoryTransaction,
  visit: MailVisit,
  instalment: InstalmentLine,
): Promise<Mail[]> {
  const { id, organisationId, organisationName: organisation, dueOn, year } = instalment;
  return reminders(await readersOf(tx, organisationId), visit, 'payment', ['creances', id], (write) => ({
    amount: write.money(awaitedCents(instalment)),
    day: write.date(dueOn),
    year: String(year),
    organisation,
  }));
}

export async function renewalReminderMails(
  tx: TerritoryTransaction,
  visit: MailVisit,
  { id, organisationId, organisationName: organisation, title, endsOn }: Agreement,
): Promise<Mail[]> {
  return reminders(await readersOf(tx, organisationId), visit, 'renewal', ['conventions', id], (write) => ({
    title,
    day: write.date(endsOn),
    organisation,
  }));
}

/** One mail for each reader, in their language, that leads to what it is about. */
function reminders(
  readers: readonly Reader[],
  visit: MailVisit,
  about: 'payment' | 'renewal',
  path: readonly string[],
  factsIn: (write: Formatter) => Readonly<Record<string, string>>,
): Mail[] {
  return readers.map(({ name, email, locale }) => {
    const t = allianceText(locale);
    const facts = factsIn(formatter(locale, visit.territory.zone));
    const lines = [
      t('mail.hello', { name }),
      t(`mail.${about}.body`, facts),
      `${t('mail.see')}\n${addressOf(visit, ...path)}`,
    ];
    return { to: email, subject: t(`mail.${about}.subject`, facts), text: `${lines.join('\n\n')}\n` };
  });
}

interface Reader {
  readonly name: string;
  readonly email: string;
  readonly locale: 'fr' | 'en';
}

/** Those who manage the organisation; where nobody does, all its members. Nobody without an address. */
async function readersOf(tx: TerritoryTransaction, organisationId: OrganisationId): Promise<Reader[]> {
  const people = await tx
    .selectFrom('memberships as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'm.territory_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['p.name', 'p.email', 'p.locale', 'm.role'])
    .where('m.territory_id', '=', tx.territoryId)
    .where('m.organisation_id', '=', organisationId)
    .where('p.email', 'is not', null)
    .orderBy('p.id')
    .execute();
  const managers = people.filter(({ role }) => role === 'manager');
  return (managers.length > 0 ? managers : people).map(({ name, email, locale }) => ({
    name,
    email: email ?? '',
    locale,
  }));
}

function addressOf(visit: MailVisit, ...path: readonly string[]): string {
  return `${visit.services.publicOrigin}${pathIn(visit, ...path)}`;
}
