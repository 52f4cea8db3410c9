/** Reads of what was issued. */
import type { Locale } from '../../../i18n/translator.ts';
import { parseId, type OrganisationId } from '../../../lib/ids.ts';
import type { Paper } from '../../../lib/paper.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { maySeeDocument, type DocumentId, type DocumentKind, type Facts } from './document.ts';

export interface DocumentLine {
  readonly id: DocumentId;
  readonly kind: DocumentKind;
  readonly year: number;
  readonly number: number;
  readonly locale: Locale;
  readonly organisationId: OrganisationId | null;
  readonly organisationName: string | null;
  readonly issuedOn: Temporal.PlainDate;
  readonly issuedBy: string | null;
  readonly sha256: string;
  /** Why it no longer counts. */
  readonly withdrawnReason: string | null;
}

export interface IssuedDocument extends DocumentLine {
  readonly facts: Facts;
  readonly paper: Paper;
}

export interface DocumentFilter {
  readonly kind?: DocumentKind;
  readonly organisationIds?: readonly OrganisationId[];
}

const MOST_DOCUMENTS = 500;

/** The latest first; at most 500. */
export async function listDocuments(tx: TerritoryTransaction, filter: DocumentFilter = {}): Promise<DocumentLine[]> {
  const { kind, organisationIds } = filter;
  let query = documents(tx);
  if (kind !== undefined) query = query.where('d.kind', '=', kind);
  if (organisationIds !== undefined)
    query = query.where((has) => has('d.organisation_id', '=', has.fn.any(has.val(organisationIds))));
  return query.orderBy('d.issued_on', 'desc').orderBy('d.id', 'desc').limit(MOST_DOCUMENTS).execute();
}

/** What was issued for one thing, in either language: `key` begins the keys of its documents. */
export async function documentsFor(tx: TerritoryTransaction, key: string): Promise<DocumentLine[]> {
  return documents(tx)
    .where('d.issue_key', 'like', `${key}%`)
    .orderBy('d.issued_on', 'desc')
    .orderBy('d.id', 'desc')
    .limit(MOST_DOCUMENTS)
    .execute();
}

export async function findDocument(tx: TerritoryTransaction, id: DocumentId): Promise<IssuedDocument | undefined> {
  const row = await documents(tx).select(['d.facts', 'd.paper']).where('d.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : { ...row, facts: row.facts as Facts, paper: row.paper as Paper };
}

/** Reports of one funder that count, with what they counted. */
export async function reportsOf(tx: TerritoryTransaction, funderId: OrganisationId): Promise<IssuedDocument[]> {
  const rows = await documents(tx)
    .select(['d.facts', 'd.paper'])
    .where('d.kind', '=', 'funder-report')
    .where('d.organisation_id', '=', funderId)
    .where('w.document_id', 'is', null)
    .orderBy('d.issued_at', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, facts: row.facts as Facts, paper: row.paper as Paper }));
}

/** The document that the address names, for whoever may read it. */
export async function visibleDocument(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<IssuedDocument | undefined> {
  const id = parseId<'document'>(visit.params['document'] ?? '');
  const found = id === undefined ? undefined : await findDocument(tx, id);
  return found !== undefined && maySeeDocument(visit.principal, found) ? found : undefined;
}

function documents(tx: TerritoryTransaction) {
  return tx
    .selectFrom('documents as d')
    .leftJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'd.territory_id').onRef('o.id', '=', 'd.organisation_id'),
    )
    .leftJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'd.territory_id').onRef('p.id', '=', 'd.issued_by'),
    )
    .leftJoin('document_withdrawals as w', (join) =>
      join.onRef('w.territory_id', '=', 'd.territory_id').onRef('w.document_id', '=', 'd.id'),
    )
    .select('w.reason as withdrawnReason')
    .select(['d.id', 'd.kind', 'd.year', 'd.number', 'd.locale', 'd.organisation_id as organisationId', 'd.sha256'])
    .select(['o.name as organisationName', 'd.issued_on as issuedOn', 'p.name as issuedBy'])
    .where('d.territory_id', '=', tx.territoryId);
}
