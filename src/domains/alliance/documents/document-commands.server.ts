/**
 * Issues a document: takes the next number, freezes its facts and its words, keeps the digest of its file.
 *
 * Must always hold: asked again for the same thing, it is the document that was issued; whoever issues at the same
 * moment waits for the number; what fails takes no number.
 */
import { sql } from 'kysely';
import type { Locale } from '../../../i18n/translator.ts';
import { newId, type OrganisationId } from '../../../lib/ids.ts';
import type { Paper } from '../../../lib/paper.ts';
import { done, refused, type Result } from '../../../lib/result.ts';
import { sha256, writePdf } from '../../../platform/files/pdf-writer.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../../territory/events.server.ts';
import { personOf, type Principal } from '../../territory/principal.ts';
import { mayKeepMoney } from '../policy.ts';
import { documentNumber, mayIssueDocument, type DocumentId, type DocumentKind, type Facts } from './document.ts';

export interface DocumentInput {
  readonly kind: DocumentKind;
  readonly locale: Locale;
  readonly organisationId: OrganisationId | null;
  /** The same key and language: the same document. */
  readonly issueKey: string;
  readonly facts: Facts;
  readonly issuedOn: Temporal.PlainDate;
  /** The words of the document, once its number is known. */
  paper(number: string): Paper;
}

export async function issueDocument(
  tx: TerritoryTransaction,
  principal: Principal,
  input: DocumentInput,
  at: Moment,
): Promise<Result<{ id: DocumentId; isNew: boolean }, 'not-allowed'>> {
  const { kind, locale, organisationId, issueKey, facts, issuedOn } = input;
  if (!mayIssueDocument(principal, kind, organisationId)) return refused('not-allowed');
  // Two people who issue the same thing: the second waits here, and meets the first one's document.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.territoryId} ${kind} ${locale} ${issueKey}`}, 0))`.execute(
    tx,
  );
  const before = await issued(tx, input);
  if (before !== undefined) return done({ id: before, isNew: false });
  const { year } = issuedOn;
  const number = await nextNumber(tx, kind, year);
  const paper = input.paper(documentNumber({ kind, year, number }));
  const id = newId<'document'>(at.now, at.fillRandom);
  await tx
    .insertInto('documents')
    .values({
      territory_id: tx.territoryId,
      id,
      kind,
      year,
      number,
      locale,
      organisation_id: organisationId,
      issue_key: issueKey,
      facts: JSON.stringify(facts),
      paper: JSON.stringify(paper),
      sha256: sha256(await writePdf(paper)),
      issued_on: issuedOn,
      issued_by: personOf(principal),
      issued_at: at.now,
    })
    .execute();
  await appendEvent(
    tx,
    principal,
    { kind: 'document-issued', subjectId: id, payload: { kind, number: paper.title } },
    at,
  );
  return done({ id, isNew: true });
}

/** Says that a document was issued by mistake: it stays, and counts no more. */
export async function withdrawDocument(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: DocumentId; readonly reason: string },
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'already-withdrawn'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const written = await tx
    .insertInto('document_withdrawals')
    .values({
      territory_id: tx.territoryId,
      document_id: input.id,
      reason: input.reason,
      withdrawn_by: personOf(principal),
      withdrawn_at: at.now,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'document_id']).doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows !== 1n) return refused('already-withdrawn');
  await appendEvent(
    tx,
    principal,
    { kind: 'document-withdrawn', subjectId: input.id, payload: { reason: input.reason } },
    at,
  );
  return done(undefined);
}

/** What was withdrawn no longer stands in the way of a new one. */
async function issued(
  tx: TerritoryTransaction,
  { kind, locale, issueKey }: DocumentInput,
): Promise<DocumentId | undefined> {
  const row = await tx
    .selectFrom('documents as d')
    .leftJoin('document_withdrawals as w', (join) =>
      join.onRef('w.territory_id', '=', 'd.territory_id').onRef('w.document_id', '=', 'd.id'),
    )
    .select('d.id')
    .where('d.territory_id', '=', tx.territoryId)
    .where('d.kind', '=', kind)
    .where('d.locale', '=', locale)
    .where('d.issue_key', '=', issueKey)
    .where('w.document_id', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

async function nextNumber(tx: TerritoryTransaction, kind: DocumentKind, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into document_counters (territory_id, kind, year, last) values (${tx.territoryId}, ${kind}, ${year}, 1)
    on conflict (territory_id, kind, year) do update set last = document_counters.last + 1
    returning last`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('No number was given.');
  return row.last;
}
