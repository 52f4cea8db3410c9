/** Everything that the pages of reports show: a report as it stands now, and one that was issued beside it. */
import type { OrganisationId } from '../../../lib/ids.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import {
  documentsFor,
  visibleDocument,
  type DocumentLine,
  type IssuedDocument,
} from '../../alliance/documents/document-queries.server.ts';
import type { DoubleFunding } from '../../alliance/in-kind.ts';
import { maySeeMoney } from '../../alliance/policy.ts';
import { listProgrammes, type Programme } from '../../ledger/year-commands.server.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { reportKey, type ReportFacts } from './report.ts';
import { countedTwice, reportFacts } from './report-facts.server.ts';
import { readChoice, type ReportChoice } from './report-scope.server.ts';

/** A programme as the books name it. */
export type ReportProgramme = Programme;

export interface ReportScreen {
  readonly choice: ReportChoice;
  readonly programmes: readonly ReportProgramme[];
  /** None where the period has too many lines. */
  readonly facts: ReportFacts | undefined;
  readonly double: readonly DoubleFunding[];
  readonly documents: readonly DocumentLine[];
}

/** `nobody`: no organisation funds yet. Undefined where the address names what is not there. */
export async function reportScreen(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<ReportScreen | 'nobody' | undefined> {
  const choice = await readChoice(tx, visit);
  if (choice === undefined) return visit.url.searchParams.has('financeur') ? undefined : 'nobody';
  const facts = await reportFacts(tx, visit.territory, choice.scope);
  if (!facts.ok && facts.reason === 'not-found') return undefined;
  const programmes = await listProgrammes(tx);
  if (!facts.ok) return { choice, programmes, facts: undefined, double: [], documents: [] };
  const documents = await documentsFor(tx, `${choice.funder.id}:${reportKey(facts.value)}`);
  return { choice, programmes, facts: facts.value, double: await countedTwice(tx, facts.value), documents };
}

export interface ReportThenAndNow {
  readonly document: IssuedDocument;
  readonly frozen: ReportFacts;
  readonly today: ReportFacts;
}

export async function reportThenAndNow(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<ReportThenAndNow | undefined> {
  const document = maySeeMoney(visit.principal) ? await visibleDocument(visit, tx) : undefined;
  if (document === undefined || document.kind !== 'funder-report') return undefined;
  const frozen = document.facts as ReportFacts;
  const today = await reportFacts(tx, visit.territory, {
    funderId: frozen.funderId as OrganisationId,
    programme: frozen.programme?.code,
    from: Temporal.PlainDate.from(frozen.from),
    until: Temporal.PlainDate.from(frozen.until),
  });
  return today.ok ? { document, frozen, today: today.value } : undefined;
}
