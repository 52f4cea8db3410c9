/** A call for payment and a receipt: their facts as the books and the agreement have them now. */
import { parseId } from '../../../lib/ids.ts';
import { done, refused, type Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { bookKeeper } from '../../ledger/fec-queries.server.ts';
import type { Territory } from '../../territory/visit.ts';
import { listIbans } from '../bank/bank-queries.server.ts';
import { awaitedCents } from '../instalment.ts';
import { findInstalment, paymentsOf, type InstalmentLine } from '../instalment-queries.server.ts';
import type { CallFacts, PartyFacts, ReceiptFacts } from './paper-facts.ts';
import type { PaperSource } from './paper-source.server.ts';

export type PaperRefusal = 'not-found' | 'not-called' | 'payment-reversed' | 'not-ours';

/** Issued once for each call: one that was taken back and made again has another number. */
export async function callPaper(
  tx: TerritoryTransaction,
  territory: Territory,
  subject: string,
): Promise<Result<PaperSource<CallFacts>, PaperRefusal>> {
  const instalment = await instalmentOf(tx, subject);
  if (instalment === undefined) return refused('not-found');
  if (instalment.state !== 'called' || instalment.calledOn === null) return refused('not-called');
  const [account] = await listIbans(tx);
  const facts: CallFacts = {
    ...(await partiesOf(tx, territory, instalment)),
    dueOn: instalment.dueOn.toString(),
    calledOn: instalment.calledOn.toString(),
    amountCents: String(instalment.amountCents),
    condition: instalment.condition,
    iban: account?.iban ?? null,
  };
  const issueKey = `${subject}:${instalment.callEntryId}`;
  return done({ kind: 'payment-call', organisationId: instalment.organisationId, issueKey, facts });
}

/** `subject`: the instalment and the payment. */
export async function receiptPaper(
  tx: TerritoryTransaction,
  territory: Territory,
  subject: string,
): Promise<Result<PaperSource<ReceiptFacts>, PaperRefusal>> {
  const [first = '', second = ''] = subject.split(':');
  const instalment = await instalmentOf(tx, first);
  if (instalment === undefined) return refused('not-found');
  const payment = (await paymentsOf(tx, instalment.id)).find(({ id }) => id === second);
  if (payment === undefined) return refused('not-found');
  if (payment.reversalEntryId !== null) return refused('payment-reversed');
  const facts: ReceiptFacts = {
    ...(await partiesOf(tx, territory, instalment)),
    dueOn: instalment.dueOn.toString(),
    paidOn: payment.paidOn.toString(),
    amountCents: String(payment.amountCents),
    calledCents: String(instalment.amountCents),
    leftCents: String(awaitedCents(instalment)),
  };
  return done({ kind: 'receipt', organisationId: instalment.organisationId, issueKey: subject, facts });
}

async function instalmentOf(tx: TerritoryTransaction, subject: string): Promise<InstalmentLine | undefined> {
  const id = parseId<'instalment'>(subject);
  return id === undefined ? undefined : findInstalment(tx, id);
}

async function partiesOf(tx: TerritoryTransaction, territory: Territory, line: InstalmentLine): Promise<PartyFacts> {
  const agreement = await tx
    .selectFrom('agreements as g')
    .innerJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'g.territory_id').onRef('o.id', '=', 'g.organisation_id'),
    )
    .select(['g.title', 'g.reference', 'o.name', 'o.siren'])
    .where('g.territory_id', '=', tx.territoryId)
    .where('g.id', '=', line.agreementId)
    .executeTakeFirstOrThrow();
  return {
    ...(await senderOf(tx, territory)),
    organisation: agreement.name,
    organisationSiren: agreement.siren,
    agreement: agreement.title,
    reference: agreement.reference,
    year: line.year,
    isGrant: line.kind === 'public-funder',
  };
}

/** Whose books these are writes; where nobody was chosen, the territory. */
export async function senderOf(tx: TerritoryTransaction, territory: Pick<Territory, 'name'>) {
  const keeper = await bookKeeper(tx);
  return { sender: keeper?.name ?? territory.name, senderSiren: keeper?.siren ?? null };
}
