/** From what a person asks to be issued to its document: whose it is, its facts, its words. */
import type { Locale } from '../../../i18n/translator.ts';
import type { Paper } from '../../../lib/paper.ts';
import { done, refused, type Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { certificatePaper, noticePaper } from './aid-papers.server.ts';
import type { DocumentId, Facts } from './document.ts';
import { issueDocument } from './document-commands.server.ts';
import { callPaper, receiptPaper, type PaperRefusal } from './money-papers.server.ts';
import type { IssuingVisit, PaperSource } from './paper-source.server.ts';
import { callWords, certificateWords, noticeWords, receiptWords, type PaperFrame } from './paper-words.ts';

/** Kinds whose facts are known here; those of what was delivered are issued above. */
export const ISSUED_HERE = ['payment-call', 'receipt', 'aid-certificate', 'aid-notice'] as const;
export type IssuedHere = (typeof ISSUED_HERE)[number];

export interface IssueRequest {
  readonly kind: IssuedHere;
  readonly subject: string;
  readonly locale: Locale;
}

type Issued = Result<{ id: DocumentId; isNew: boolean }, PaperRefusal | 'not-allowed'>;

export async function issueFor(
  tx: TerritoryTransaction,
  visit: IssuingVisit,
  { kind, subject, locale }: IssueRequest,
): Promise<Issued> {
  switch (kind) {
    case 'payment-call':
      return issueWith(tx, visit, locale, await callPaper(tx, visit.territory, subject), callWords);
    case 'receipt':
      return issueWith(tx, visit, locale, await receiptPaper(tx, visit.territory, subject), receiptWords);
    case 'aid-certificate':
      return issueWith(tx, visit, locale, await certificatePaper(tx, visit, subject), certificateWords);
    case 'aid-notice':
      return issueWith(tx, visit, locale, await noticePaper(tx, visit, subject), noticeWords);
  }
}

/** Issues what a source holds, in the words of its kind. What may not be issued is not there. */
export async function issueWith<Own extends Facts, Reason extends string>(
  tx: TerritoryTransaction,
  visit: IssuingVisit,
  locale: Locale,
  source: Result<PaperSource<Own>, Reason>,
  words: (facts: Own, frame: PaperFrame) => Paper,
): Promise<Result<{ id: DocumentId; isNew: boolean }, Reason | 'not-allowed'>> {
  if (!source.ok) return source;
  const { facts, ...rest } = source.value;
  const frame = { locale, zone: visit.territory.zone, issuedOn: visit.today };
  const issued = await issueDocument(
    tx,
    visit.principal,
    { ...rest, locale, facts, issuedOn: visit.today, paper: (number) => words(facts, { ...frame, number }) },
    visit,
  );
  return issued.ok ? done(issued.value) : refused(issued.reason);
}
