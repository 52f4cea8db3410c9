/** What an address names, for whoever may see it; nothing otherwise, as if it did not exist. */
import { parseId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { findAgreement, type Agreement } from './agreement-queries.server.ts';
import { findExpense, type ExpenseLine } from './expense-queries.server.ts';
import { findInstalment, type InstalmentLine } from './instalment-queries.server.ts';
import { maySeeAgreement, maySeeMoney } from './policy.ts';

export async function visibleAgreement(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<Agreement | undefined> {
  const id = parseId<'agreement'>(visit.params['agreement'] ?? '');
  const agreement = id === undefined ? undefined : await findAgreement(tx, id);
  return agreement !== undefined && maySeeAgreement(visit.principal, agreement) ? agreement : undefined;
}

/** An instalment is seen by whoever sees its agreement. */
export async function visibleInstalment(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<InstalmentLine | undefined> {
  const id = parseId<'instalment'>(visit.params['instalment'] ?? '');
  const found = id === undefined ? undefined : await findInstalment(tx, id);
  if (found === undefined) return undefined;
  const agreement = { organisationId: found.organisationId, state: found.agreementState };
  return maySeeAgreement(visit.principal, agreement) ? found : undefined;
}

export async function visibleExpense(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<ExpenseLine | undefined> {
  const id = parseId<'expense'>(visit.params['expense'] ?? '');
  return id === undefined || !maySeeMoney(visit.principal) ? undefined : findExpense(tx, id);
}
