/**
 * Mails that a person of the team sends by pressing a button: the reminder of a payment that is due, that of an agreement
 * to renew. Written inside the transaction, in each reader's language; sent once it is committed. None goes by itself.
 */
import { formatter } from '../../i18n/format.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { pathIn, type TerritoryVisit } from '../territory/visit.ts';
import type { Agreement } from './agreement-queries.server.ts';
import { awaitedCents } from './instalment.ts';
import type { InstalmentLine } from './instalment-queries.server.ts';
import { allianceText } from './messages.ts';

type Mail = Parameters<TerritoryVisit['services']['sendMail']>[0];
type MailVisit = Pick<TerritoryVisit, 'territory' | 'services'>;

/** Hands mails to the mail server, one after the other. */
export async function sendReminders(visit: MailVisit, mails: readonly Mail[]): Promise<void> {
  for (const mail of mails) await visit.services.sendMail(mail);
}

export async function paymentReminderMails(
  tx: TerritoryTransaction,
  visit: MailVisit,
  instalment: InstalmentLine,
): Promise<Mail[]> {
  const people = await readersOf(tx, instalment.organisationId);
  return people.map(({ name, email, locale }) => {
    const t = allianceText(locale);
    const write = formatter(locale, visit.territory.zone);
    const facts = {
      amount: write.money(awaitedCents(instalment)),
      day: write.date(instalment.dueOn),
      year: String(instalment.year),
      organisation: instalment.organisationName,
    };
    const lines = [
      t('mail.hello', { name }),
      t('mail.payment.body', facts),
      `${t('mail.see')}\n${addressOf(visit, 'creances', instalment.id)}`,
    ];
    return { to: email, subject: t('mail.payment.subject', facts), text: `${lines.join('\n\n')}\n` };
  });
}

export async function renewalReminderMails(
  tx: TerritoryTransaction,
  visit: MailVisit,
  agreement: Agreement,
): Promise<Mail[]> {
  const people = await readersOf(tx, agreement.organisationId);
  return people.map(({ name, email, locale }) => {
    const t = allianceText(locale);
    const write = formatter(locale, visit.territory.zone);
    const facts = {
      title: agreement.title,
      day: write.date(agreement.endsOn),
      organisation: agreement.organisationName,
    };
    const lines = [
      t('mail.hello', { name }),
      t('mail.renewal.body', facts),
      `${t('mail.see')}\n${addressOf(visit, 'conventions', agreement.id)}`,
    ];
    return { to: email, subject: t('mail.renewal.subject', facts), text: `${lines.join('\n\n')}\n` };
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
