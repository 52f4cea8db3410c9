/** The only place that writes agreements: drafted, signed, amended, ended. */
import type { Updateable } from 'kysely';
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Tables } from '../../platform/postgres/tables.ts';
import type { Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { checkSigning, yearsOf, type AgreementId, type AgreementKind, type SigningRefusal } from './agreement.ts';
import { appendFact } from './facts.server.ts';
import { mayKeepAgreements } from './policy.ts';
import type { AgreementInput } from './schema.ts';
import { carryTerms, dropCalledSince, termsOutside, withdrawPlanned } from './terms-commands.server.ts';

export type DraftRefusal = 'not-allowed' | 'unknown-organisation' | 'unknown-programme';

/** The organisation and the kind are chosen once; amendments keep them. */
export async function draftAgreement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: AgreementInput & { readonly organisationId: OrganisationId; readonly kind: AgreementKind },
  at: Moment,
): Promise<Result<{ id: AgreementId }, DraftRefusal>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  if (!(await isOrganisation(tx, input.organisationId))) return refused('unknown-organisation');
  if (!(await isProgramme(tx, input.programme))) return refused('unknown-programme');
  const id = newId<'agreement'>(at.now, at.fillRandom);
  await tx
    .insertInto('agreements')
    .values({
      territory_id: tx.territoryId,
      id,
      series_id: id,
      number: 0,
      organisation_id: input.organisationId,
      kind: input.kind,
      ...columnsOf(input),
      created_by: personOf(principal),
      created_at: at.now,
      updated_at: at.now,
    })
    .execute();
  const payload = { agreementId: id, number: 0 };
  await appendFact(tx, principal, { kind: 'agreement-drafted', subjectId: id, payload }, at);
  return done({ id });
}

export type EditRefusal = DraftRefusal | 'not-found' | 'not-a-draft' | 'stale' | 'terms-outside';

/** Changes a draft; refuses a period that would leave out years of which its terms already speak. */
export async function editDraft(
  tx: TerritoryTransaction,
  principal: Principal,
  agreementId: AgreementId,
  input: AgreementInput,
  at: Moment,
): Promise<Result<void, EditRefusal>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const known = await lockAgreement(tx, agreementId);
  if (known === undefined) return refused('not-found');
  if (known.state !== 'draft') return refused('not-a-draft');
  if (known.version !== input.version) return refused('stale');
  if (!(await isProgramme(tx, input.programme))) return refused('unknown-programme');
  const outside = await termsOutside(tx, agreementId, yearsOf(input));
  if (outside !== undefined) return refused('terms-outside', { year: String(outside) });
  await changeAgreement(tx, agreementId, { ...columnsOf(input), version: known.version + 1, updated_at: at.now });
  return done(undefined);
}

/** Throws a draft away, with its terms: nobody signed it. */
export async function discardDraft(
  tx: TerritoryTransaction,
  principal: Principal,
  agreementId: AgreementId,
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'not-a-draft'>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const known = await lockAgreement(tx, agreementId);
  if (known === undefined) return refused('not-found');
  if (known.state !== 'draft') return refused('not-a-draft');
  await tx
    .deleteFrom('agreements')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', agreementId)
    .where('state', '=', 'draft')
    .execute();
  const payload = { agreementId, number: known.number };
  await appendFact(tx, principal, { kind: 'agreement-draft-discarded', subjectId: known.series_id, payload }, at);
  return done(undefined);
}

/**
 * Signs a draft. An amendment then replaces the text before: what was planned there and not called is withdrawn, and
 * what was called there meanwhile is not asked again here.
 */
export async function signAgreement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly signedOn: Temporal.PlainDate; readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<void, SigningRefusal | 'not-allowed' | 'not-found' | 'former-ended'>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const draft = await lockAgreement(tx, input.id);
  if (draft === undefined) return refused('not-found');
  const former = draft.supersedes_id === null ? undefined : await lockAgreement(tx, draft.supersedes_id);
  const signable = checkSigning({
    state: draft.state,
    signedOn: input.signedOn,
    today: input.today,
    lines: await countTerms(tx, input.id),
    formerSignedOn: former?.signed_on ?? null,
  });
  if (!signable.ok) return signable;
  if (former !== undefined) {
    if (former.state !== 'signed') return refused('former-ended');
    await dropCalledSince(tx, { draft: draft.id, stillPlanned: await withdrawPlanned(tx, former.id) });
    await changeAgreement(tx, former.id, { state: 'superseded', updated_at: at.now });
  }
  await changeAgreement(tx, draft.id, { state: 'signed', signed_on: input.signedOn, updated_at: at.now });
  const payload = { agreementId: draft.id, number: draft.number, signedOn: input.signedOn.toString() };
  await appendFact(tx, principal, { kind: 'agreement-signed', subjectId: draft.series_id, payload }, at);
  return done(undefined);
}

export type AmendRefusal = 'not-allowed' | 'not-found' | 'not-signed' | 'amendment-open';

/** Drafts the next text: the same terms, what was called left out. The one in force stays so until it is signed. */
export async function amendAgreement(
  tx: TerritoryTransaction,
  principal: Principal,
  agreementId: AgreementId,
  at: Moment,
): Promise<Result<{ id: AgreementId }, AmendRefusal>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const former = await lockAgreement(tx, agreementId);
  if (former === undefined) return refused('not-found');
  if (former.state !== 'signed') return refused('not-signed');
  const id = newId<'agreement'>(at.now, at.fillRandom);
  const { signed_on: _signedOn, ended_on: _endedOn, file_id: _file, ...kept } = former;
  const written = await tx
    .insertInto('agreements')
    .values({
      ...kept,
      id,
      number: former.number + 1,
      supersedes_id: former.id,
      state: 'draft',
      version: 0,
      created_by: personOf(principal),
      created_at: at.now,
      updated_at: at.now,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'supersedes_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) return refused('amendment-open');
  await carryTerms(tx, { from: former.id, to: id }, at);
  const payload = { agreementId: id, number: former.number + 1 };
  await appendFact(tx, principal, { kind: 'agreement-amendment-drafted', subjectId: former.series_id, payload }, at);
  return done({ id });
}

export type EndRefusal = 'not-allowed' | 'not-found' | 'not-signed' | 'ends-before-it-starts' | 'day-in-future';

/** Ends an agreement: what falls due after that day and was not called is no longer asked. */
export async function endAgreement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly endedOn: Temporal.PlainDate; readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<void, EndRefusal>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const known = await lockAgreement(tx, input.id);
  if (known === undefined) return refused('not-found');
  if (known.state !== 'signed') return refused('not-signed');
  if (Temporal.PlainDate.compare(input.endedOn, known.starts_on) < 0) return refused('ends-before-it-starts');
  if (Temporal.PlainDate.compare(input.endedOn, input.today) > 0) return refused('day-in-future');
  await withdrawPlanned(tx, known.id, input.endedOn);
  await changeAgreement(tx, known.id, { state: 'ended', ended_on: input.endedOn, updated_at: at.now });
  const payload = { agreementId: known.id, number: known.number, endedOn: input.endedOn.toString() };
  await appendFact(tx, principal, { kind: 'agreement-ended', subjectId: known.series_id, payload }, at);
  return done(undefined);
}

/** The signed text, attached once it is there. It may be replaced while the agreement is a draft, added once afterwards. */
export async function attachText(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly id: AgreementId; readonly fileId: Id<'file'> },
  at: Moment,
): Promise<Result<void, 'not-allowed' | 'not-found' | 'has-text'>> {
  if (!mayKeepAgreements(principal)) return refused('not-allowed');
  const known = await lockAgreement(tx, input.id);
  if (known === undefined) return refused('not-found');
  if (known.file_id !== null && known.state !== 'draft') return refused('has-text');
  await changeAgreement(tx, known.id, { file_id: input.fileId, updated_at: at.now });
  return done(undefined);
}

function lockAgreement(tx: TerritoryTransaction, id: AgreementId) {
  return tx
    .selectFrom('agreements')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

async function changeAgreement(
  tx: TerritoryTransaction,
  id: AgreementId,
  columns: Updateable<Tables['agreements']>,
): Promise<void> {
  await tx
    .updateTable('agreements')
    .set(columns)
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
}

async function countTerms(tx: TerritoryTransaction, id: AgreementId): Promise<number> {
  const { count } = await tx
    .selectNoFrom((has) => [
      has(
        has
          .selectFrom('instalments')
          .select(has.fn.countAll<bigint>().as('n'))
          .where('territory_id', '=', tx.territoryId)
          .where('agreement_id', '=', id),
        '+',
        has
          .selectFrom('commitments')
          .select(has.fn.countAll<bigint>().as('n'))
          .where('territory_id', '=', tx.territoryId)
          .where('agreement_id', '=', id),
      ).as('count'),
    ])
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function isOrganisation(tx: TerritoryTransaction, id: OrganisationId): Promise<boolean> {
  const row = await tx
    .selectFrom('organisations')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** No programme is a choice as well. */
async function isProgramme(tx: TerritoryTransaction, code: string): Promise<boolean> {
  if (code === '') return true;
  const row = await tx
    .selectFrom('programmes')
    .select('code')
    .where('territory_id', '=', tx.territoryId)
    .where('code', '=', code)
    .executeTakeFirst();
  return row !== undefined;
}

function columnsOf(input: AgreementInput) {
  return {
    title: input.title,
    reference: input.reference,
    parties: input.parties,
    starts_on: input.startsOn,
    ends_on: input.endsOn,
    renewal_on: input.renewalOn ?? null,
    programme_code: input.programme === '' ? null : input.programme,
    amounts_public: input.amountsPublic,
    counterparts: input.counterparts,
    counterparts_cents: input.counterpartsCents,
  };
}
