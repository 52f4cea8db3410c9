/**
 * Takes in a statement: its movements are stored once, and nothing is booked.
 *
 * Must always hold: a file with one fault changes nothing; a movement that is known is left as it is, whichever file
 * brings it again; a new one of a closed year, of a day to come or of an unknown account is refused with its row.
 */
import { createHash } from 'node:crypto';
import { newId } from '../../../lib/ids.ts';
import { done, refused, type Done, type Refused } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import type { Moment } from '../../territory/events.server.ts';
import { personOf, type Principal } from '../../territory/principal.ts';
import { mayKeepMoney } from '../policy.ts';
import { listIbans, type IbanId, type OwnIban } from './bank-queries.server.ts';
import {
  faultList,
  faulty,
  identitiesOf,
  type ReadMovement,
  type RefusedFile,
  type StatementFile,
} from './movement.ts';
import { readStatementFile } from './statement-file.server.ts';

export interface LoadInput {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Whose statement it is, where the file does not say. */
  readonly ibanId: IbanId | undefined;
  readonly today: Temporal.PlainDate;
}

export type LoadRefusal = RefusedFile | Refused<'not-allowed' | 'account-missing'>;

export interface Loaded {
  readonly added: number;
  readonly known: number;
}

interface Placed {
  readonly movement: ReadMovement;
  readonly ibanId: IbanId;
  readonly digest: string;
}

export async function loadStatement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: LoadInput,
  at: Moment,
): Promise<Done<Loaded> | LoadRefusal> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const read = await readStatementFile(input.bytes);
  if (!read.ok) return read;
  const placed = place(read.value, await listIbans(tx), input.ibanId);
  if (!placed.ok) return placed;
  const known = await knownDigests(tx, placed.value);
  const fresh = placed.value.filter(({ ibanId, digest }) => !known.has(`${ibanId} ${digest}`));
  const faults = await faultsOf(tx, fresh, input.today);
  if (faults.length > 0) return faulty(faults);
  const added = fresh.length === 0 ? 0 : await store(tx, principal, { ...input, file: read.value, fresh }, at);
  return done({ added, known: placed.value.length - added });
}

/** Each movement with its account: the one that the file names, else the one that the person named. */
function place(
  file: StatementFile,
  own: readonly OwnIban[],
  chosen: IbanId | undefined,
): Done<readonly Placed[]> | LoadRefusal {
  const list = faultList();
  const placed: Placed[] = [];
  for (const { iban, row, movements } of file.statements) {
    if (iban === null && chosen === undefined) return refused('account-missing');
    const account = own.find((each) => (iban === null ? each.id === chosen : each.iban === iban));
    if (account === undefined) list.add(row, 'IBAN', 'unknown-iban');
    const identities = identitiesOf(movements);
    for (const [index, movement] of movements.entries()) {
      const digest = createHash('sha256')
        .update(identities[index] ?? '')
        .digest('hex');
      if (account !== undefined) placed.push({ movement, ibanId: account.id, digest });
    }
  }
  return list.faults.length > 0 ? faulty(list.faults) : done(placed);
}

async function knownDigests(tx: TerritoryTransaction, placed: readonly Placed[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('bank_movements')
    .select(['iban_id', 'digest'])
    .where('territory_id', '=', tx.territoryId)
    .where((has) => has('digest', '=', has.fn.any(has.val(placed.map(({ digest }) => digest)))))
    .execute();
  return new Set(rows.map((row) => `${row.iban_id} ${row.digest}`));
}

async function faultsOf(tx: TerritoryTransaction, fresh: readonly Placed[], today: Temporal.PlainDate) {
  const closed = await tx
    .selectFrom('fiscal_years')
    .select(['starts_on', 'ends_on'])
    .where('territory_id', '=', tx.territoryId)
    .where('state', '=', 'closed')
    .execute();
  const compare = Temporal.PlainDate.compare;
  const list = faultList();
  for (const { movement } of fresh) {
    const { row, bookedOn } = movement;
    const isClosed = closed.some(
      ({ starts_on: from, ends_on: until }) => compare(from, bookedOn) <= 0 && compare(bookedOn, until) <= 0,
    );
    if (isClosed) list.add(row, bookedOn.toString(), 'year-closed');
    else if (compare(bookedOn, today) > 0) list.add(row, bookedOn.toString(), 'day-in-future');
  }
  return list.faults;
}

const BATCH = 500;

/** Two people who bring the same file at once store it once: the second meets the first one's digests. */
async function store(
  tx: TerritoryTransaction,
  principal: Principal,
  input: LoadInput & { readonly file: StatementFile; readonly fresh: readonly Placed[] },
  at: Moment,
): Promise<number> {
  const statementId = newId<'statement'>(at.now, at.fillRandom);
  const territory_id = tx.territoryId;
  await tx
    .insertInto('bank_statements')
    .values({
      territory_id,
      id: statementId,
      format: input.file.format,
      file_name:
        input.fileName
          .replace(/^.*[\\/]/u, '')
          .slice(-200)
          .toWellFormed() || 'releve',
      sha256: createHash('sha256').update(input.bytes).digest('hex'),
      created_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  let added = 0;
  for (let start = 0; start < input.fresh.length; start += BATCH) {
    const rows = input.fresh.slice(start, start + BATCH).map(({ movement, ibanId, digest }) => ({
      territory_id,
      id: newId<'movement'>(at.now, at.fillRandom),
      statement_id: statementId,
      iban_id: ibanId,
      digest,
      row_number: movement.row,
      booked_on: movement.bookedOn,
      value_on: movement.valueOn,
      amount_cents: movement.cents,
      counterparty: movement.counterparty.toWellFormed(),
      counterparty_iban: movement.counterpartyIban,
      end_to_end_id: movement.endToEndId.toWellFormed(),
      remittance: movement.remittance.toWellFormed(),
      bank_reference: movement.bankReference.toWellFormed(),
      is_reversal: movement.isReversal,
    }));
    const stored = await tx
      .insertInto('bank_movements')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['territory_id', 'iban_id', 'digest']).doNothing())
      .executeTakeFirst();
    added += Number(stored.numInsertedOrUpdatedRows ?? 0n);
  }
  return added;
}
