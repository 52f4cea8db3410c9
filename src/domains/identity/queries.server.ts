/** Reads of the instance around signing in. The first argument is a transaction on the instance's own tables. */
import type { InstanceTransaction } from '../../platform/postgres/database.ts';

export interface KeptMail {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly calendarName: string | null;
  readonly createdAt: Temporal.Instant;
}

export async function hasDemonstration(tx: InstanceTransaction): Promise<boolean> {
  const row = await tx
    .selectFrom('territories')
    .select('id')
    .where('is_demonstration', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Mails that no server took, the newest first. Those to somebody whom a real territory of the instance knows are
 * left out: their links open more than a demonstration.
 */
export async function listKeptMails(tx: InstanceTransaction, limit: number): Promise<readonly KeptMail[]> {
  const rows = await tx
    .selectFrom('outgoing_mails')
    .select(['id', 'recipient', 'subject', 'body_text', 'calendar_name', 'created_at'])
    .where('sent_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('territory_addresses')
            .innerJoin('territories', 'territories.id', 'territory_addresses.territory_id')
            .select('territories.id')
            .whereRef('territory_addresses.email', '=', 'outgoing_mails.recipient')
            .where('territories.is_demonstration', '=', false),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    recipient: row.recipient,
    subject: row.subject,
    text: row.body_text,
    calendarName: row.calendar_name,
    createdAt: row.created_at,
  }));
}

/** Where somebody goes who asked for nothing in particular: their territory when it is the only one, else the list. */
export async function homeOf(tx: InstanceTransaction, email: string): Promise<string> {
  const rows = await tx
    .selectFrom('territory_addresses')
    .innerJoin('territories', 'territories.id', 'territory_addresses.territory_id')
    .select('territories.slug')
    .where('territory_addresses.email', '=', email)
    .limit(2)
    .execute();
  return rows.length === 1 ? `/${rows[0]?.slug}` : '/';
}
