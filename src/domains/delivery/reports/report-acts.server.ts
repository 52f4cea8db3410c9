/** What the forms on reports and statements do. */
import { createHash } from 'node:crypto';
import type { OrganisationId } from '../../../lib/ids.ts';
import { done, refused, type Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { formError, type FormInput } from '../../../platform/web/form.ts';
import { invalid, type ActionOutcome } from '../../../platform/web/page.ts';
import type { Locale } from '../../../i18n/translator.ts';
import { canonicalFacts, mayIssueDocument, type DocumentId } from '../../alliance/documents/document.ts';
import { issuedOutcome, readLanguage } from '../../alliance/documents/document-acts.server.ts';
import { issueWith } from '../../alliance/documents/issue.server.ts';
import type { IssuingVisit } from '../../alliance/documents/paper-source.server.ts';
import { mayKeepMoney } from '../../alliance/policy.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { readAccountYear } from '../schema.ts';
import { visibleAccountOwner } from '../visible.server.ts';
import { reportKey, type ReportFacts } from './report.ts';
import { countedTwice, reportFacts, type ReportScope } from './report-facts.server.ts';
import { reportText } from './report-messages.ts';
import { readScope } from './report-scope.server.ts';
import { reportWords } from './report-words.ts';
import { statementFacts } from './statement-facts.server.ts';
import { statementWords } from './statement-words.ts';

type Act = (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction) => Promise<ActionOutcome>;

/** The report that the address names, frozen; refused where a day would count twice for its funder (IK-10). */
export const issueReportAct: Act = async (visit, input, tx) => {
  if (!mayKeepMoney(visit.principal)) return absent(visit);
  const parsed = readLanguage(visit, input);
  if (!parsed.ok) return invalid(parsed.form);
  const scope = await readScope(tx, visit);
  if (scope === undefined) return { kind: 'not-found' };
  const issued = await issueReport(tx, visit, scope, parsed.value.language);
  if (issued.ok) return issuedOutcome(visit, input, issued);
  if (issued.reason === 'not-allowed' || issued.reason === 'not-found') return { kind: 'not-found' };
  return invalid(formError(input, reportText(visit.locale)(`refused.${issued.reason}`, issued.facts)));
};

type ReportRefusal = 'not-found' | 'too-many-lines' | 'double-funding' | 'not-allowed';

export async function issueReport(
  tx: TerritoryTransaction,
  visit: IssuingVisit,
  scope: ReportScope,
  locale: Locale,
): Promise<Result<{ id: DocumentId; isNew: boolean }, ReportRefusal>> {
  if (!mayKeepMoney(visit.principal)) return refused('not-allowed');
  const facts = await reportFacts(tx, visit.territory, scope);
  if (!facts.ok) return facts;
  const double = await countedTwice(tx, facts.value);
  if (double.length > 0) return refused('double-funding', { count: double.length });
  return issueWith(tx, visit, locale, done(reportSource(facts.value)), reportWords);
}

export function reportSource(facts: ReportFacts) {
  return {
    kind: 'funder-report' as const,
    organisationId: facts.funderId as OrganisationId,
    issueKey: `${facts.funderId}:${reportKey(facts)}:${digestOf(facts)}`.slice(0, 200),
    facts,
  };
}

/** What an organisation gave in the year of the address. */
export const issueStatementAct: Act = async (visit, input, tx) => {
  const organisation = await visibleAccountOwner(visit, tx);
  if (organisation === undefined || !mayIssueDocument(visit.principal, 'delivery-statement', organisation.id))
    return absent(visit);
  const parsed = readLanguage(visit, input);
  if (!parsed.ok) return invalid(parsed.form);
  const year = readAccountYear(visit.url.searchParams) ?? visit.today.year;
  const facts = await statementFacts(tx, visit.territory, organisation, year);
  if (!facts.ok) return invalid(formError(input, reportText(visit.locale)(`refused.${facts.reason}`, facts.facts)));
  const source = {
    kind: 'delivery-statement' as const,
    organisationId: organisation.id,
    issueKey: `${organisation.id}:${year}:${digestOf(facts.value)}`,
    facts: facts.value,
  };
  return issuedOutcome(visit, input, await issueWith(tx, visit, parsed.value.language, done(source), statementWords));
};

function digestOf(facts: Parameters<typeof canonicalFacts>[0]): string {
  return createHash('sha256').update(canonicalFacts(facts)).digest('hex');
}

function absent(visit: TerritoryVisit): ActionOutcome {
  return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
}
