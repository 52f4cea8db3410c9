/** Reads of agreements: lists, one text whole with its terms, the texts of a series. Amounts are cents or whole units. */
import { sql, type RawBuilder } from 'kysely';
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { listProgrammes, type Programme } from '../ledger/year-commands.server.ts';
import { historyOf, type HistoryLine } from '../territory/events.server.ts';
import type { AgreementId, AgreementKind, AgreementState, Commitment, CommitmentFamily } from './agreement.ts';

export interface AgreementLine {
  readonly id: AgreementId;
  readonly number: number;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly organisationSlug: string;
  readonly kind: AgreementKind;
  readonly state: AgreementState;
  readonly title: string;
  readonly reference: string;
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
  readonly renewalOn: Temporal.PlainDate | null;
  /** All instalments that it speaks of and that are not withdrawn. */
  readonly cents: bigint;
}

export interface AgreementFilter {
  readonly kind?: AgreementKind;
  readonly state?: AgreementState;
  readonly organisationIds?: readonly OrganisationId[];
  /** Drafts are for those who write them. */
  readonly withDrafts: boolean;
}

const MOST_LINES = 500;

/** Agreements in force first, then by organisation: at most 500, far more than a territory has. */
export async function listAgreements(tx: TerritoryTransaction, filter: AgreementFilter): Promise<AgreementLine[]> {
  const conditions = [sql`g.territory_id = ${tx.territoryId}`];
  if (!filter.withDrafts) conditions.push(sql`g.state <> 'draft'`);
  if (filter.kind !== undefined) conditions.push(sql`g.kind = ${filter.kind}`);
  // A text that another replaced is read from the one in force.
  conditions.push(filter.state === undefined ? sql`g.state <> 'superseded'` : sql`g.state = ${filter.state}`);
  if (filter.organisationIds !== undefined)
    conditions.push(sql`g.organisation_id = any(${[...filter.organisationIds]}::uuid[])`);
  const { rows } = await sql<AgreementLine>`${LINES} where ${sql.join(conditions, sql` and `)}
    order by g.state = 'signed' desc, g.kind desc, o.name_key, g.starts_on desc limit ${MOST_LINES}`.execute(tx);
  return rows;
}

export interface Agreement extends AgreementLine {
  readonly seriesId: AgreementId;
  readonly supersedesId: AgreementId | null;
  readonly parties: string;
  readonly signedOn: Temporal.PlainDate | null;
  readonly endedOn: Temporal.PlainDate | null;
  readonly programme: string | null;
  readonly amountsPublic: boolean;
  readonly counterparts: string;
  readonly counterpartsCents: bigint;
  readonly fileId: Id<'file'> | null;
  readonly fileBytes: bigint | null;
  readonly version: number;
}

export async function findAgreement(tx: TerritoryTransaction, id: AgreementId): Promise<Agreement | undefined> {
  const { rows } = await sql<Agreement>`
    select line.*, g.series_id as "seriesId", g.supersedes_id as "supersedesId", g.parties, g.signed_on as "signedOn", g.ended_on as "endedOn",
      g.programme_code as programme, g.amounts_public as "amountsPublic", g.counterparts, g.counterparts_cents as "counterpartsCents",
      g.file_id as "fileId", f.size_bytes as "fileBytes", g.version
    from (${LINES} where g.territory_id = ${tx.territoryId} and g.id = ${id}) line
    join agreements g on g.territory_id = ${tx.territoryId} and g.id = line.id
    left join stored_files f on f.territory_id = g.territory_id and f.id = g.file_id`.execute(tx);
  return rows[0];
}

/** The signed agreement of an organisation that holds on a day; of several, the latest. */
export async function agreementOn(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  day: Temporal.PlainDate,
): Promise<Agreement | undefined> {
  const found = await tx
    .selectFrom('agreements')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', organisationId)
    .where('state', 'in', ['signed', 'ended'])
    .where('starts_on', '<=', day)
    .where('ends_on', '>=', day)
    .orderBy('starts_on', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return found === undefined ? undefined : findAgreement(tx, found.id);
}

/** The texts of one series, the latest first. */
export async function textsOfSeries(tx: TerritoryTransaction, seriesId: AgreementId): Promise<AgreementLine[]> {
  const { rows } = await sql<AgreementLine>`
    ${LINES} where g.territory_id = ${tx.territoryId} and g.series_id = ${seriesId} order by g.number desc`.execute(tx);
  return rows;
}

export async function commitmentsOfAgreement(tx: TerritoryTransaction, id: AgreementId): Promise<Commitment[]> {
  return tx
    .selectFrom('commitments')
    .select(['year', 'family', 'amount'])
    .where('territory_id', '=', tx.territoryId)
    .where('agreement_id', '=', id)
    .orderBy('year')
    .orderBy('family')
    .execute();
}

export interface CommittedLine {
  readonly year: number;
  readonly family: CommitmentFamily;
  readonly amount: bigint;
}

/** What an organisation promised in kind a year, in the texts that stand: signed, or ended in that year or later. */
export async function committedBy(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  year: number,
): Promise<CommittedLine[]> {
  const { rows } = await sql<CommittedLine>`
    select c.year, c.family, sum(c.amount)::bigint as amount
    from commitments c
    join agreements g on g.territory_id = c.territory_id and g.id = c.agreement_id
    where c.territory_id = ${tx.territoryId} and g.organisation_id = ${organisationId} and c.year = ${year}
      and (g.state = 'signed' or (g.state = 'ended' and extract(year from g.ended_on) >= c.year))
    group by 1, 2 order by 2`.execute(tx);
  return rows;
}

export interface FormChoices {
  readonly organisations: readonly { readonly id: OrganisationId; readonly name: string }[];
  readonly programmes: readonly Programme[];
}

/** Those who may sign: every organisation that is more than a startup. */
export async function formChoices(tx: TerritoryTransaction): Promise<FormChoices> {
  const { rows } = await sql<{ id: OrganisationId; name: string }>`
    select o.id, o.name from organisations o
    where o.territory_id = ${tx.territoryId} and exists (
      select from organisation_parts p where p.territory_id = o.territory_id and p.organisation_id = o.id and p.part <> 'startup')
    order by o.name_key limit 2000`.execute(tx);
  return { organisations: rows, programmes: await listProgrammes(tx) };
}

const LINES: RawBuilder<AgreementLine> = sql`
  select g.id, g.number, g.organisation_id as "organisationId", o.name as "organisationName", o.slug as "organisationSlug", g.kind, g.state,
    g.title, g.reference, g.starts_on as "startsOn", g.ends_on as "endsOn", g.renewal_on as "renewalOn",
    coalesce((select sum(i.amount_cents) from instalments i
      where i.territory_id = g.territory_id and i.agreement_id = g.id and i.state <> 'withdrawn'), 0)::bigint as cents
  from agreements g
  join organisations o on o.territory_id = g.territory_id and o.id = g.organisation_id`;

export type FactLine = HistoryLine;

/** What happened to a series, the latest first. */
export function factsOfSeries(tx: TerritoryTransaction, seriesId: AgreementId): Promise<FactLine[]> {
  return historyOf(tx, seriesId);
}

export type ProgrammeChoice = Programme;

export function programmeChoices(tx: TerritoryTransaction): Promise<ProgrammeChoice[]> {
  return listProgrammes(tx);
}
