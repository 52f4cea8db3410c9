/** The only place where people write places, phases, ties and affiliations; imports write their own, and merges move them. */
import { sql, type RawBuilder } from 'kysely';
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import { constraintOf, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import { endsBefore, wordsOfOther, type LifeId, type LifeKind, type LifeRefusal, type LifeStatement } from './life.ts';
import { peopleAround } from './life-queries.server.ts';
import { mayStateLife } from './policy.ts';
import type { Principal } from './principal.ts';

const TABLES = {
  place: 'organisation_places',
  phase: 'organisation_phases',
  tie: 'organisation_ties',
  affiliation: 'affiliations',
} as const satisfies Record<LifeKind, string>;

export interface LifeLine {
  readonly organisationId: OrganisationId;
  readonly kind: LifeKind;
  readonly id: LifeId;
}

export async function stateLife(
  tx: TerritoryTransaction,
  principal: Principal,
  organisationId: OrganisationId,
  stated: LifeStatement,
  at: Moment,
): Promise<Result<LifeId, LifeRefusal>> {
  if (!mayStateLife(principal, organisationId, stated.kind)) return refused('not-allowed');
  if (endsBefore(stated)) return refused('end-before-start');
  const row = await rowOf(tx, organisationId, stated);
  if (!row.ok) return row;
  const id = newId<'life'>(at.now, at.fillRandom);
  const dates = { since: stated.since?.toString() ?? null, until: stated.until?.toString() ?? null };
  const added = await insertRow(tx, stated.kind, { territory_id: tx.territoryId, id, ...dates, ...row.value });
  if (added !== 'added') return refused(added);
  await tell(tx, principal, { organisationId, kind: stated.kind, id }, 'life-stated', at);
  return done(id);
}

/** Says when it ended, or that it goes on. */
export async function endLife(
  tx: TerritoryTransaction,
  principal: Principal,
  line: LifeLine,
  until: Temporal.PlainDate | undefined,
  at: Moment,
): Promise<Result<void, LifeRefusal>> {
  if (!mayStateLife(principal, line.organisationId, line.kind)) return refused('not-allowed');
  const { rows } = await sql<{ since: Temporal.PlainDate | null }>`
    select since from ${sql.table(TABLES[line.kind])} where ${theLine(tx, line)} for update`.execute(tx);
  const [row] = rows;
  if (row === undefined) return refused('not-found');
  if (endsBefore({ since: row.since ?? undefined, until })) return refused('end-before-start');
  await sql`update ${sql.table(TABLES[line.kind])} set until = ${until?.toString() ?? null}::date where ${theLine(tx, line)}`.execute(
    tx,
  );
  await tell(tx, principal, line, until === undefined ? 'life-reopened' : 'life-ended', at);
  return done(undefined);
}

/** Whether everybody may read who it is and what they do there. */
export async function showContact(
  tx: TerritoryTransaction,
  principal: Principal,
  line: Omit<LifeLine, 'kind'>,
  isPublicContact: boolean,
  at: Moment,
): Promise<Result<void, LifeRefusal>> {
  const one = { ...line, kind: 'affiliation' as const };
  if (!mayStateLife(principal, line.organisationId, one.kind)) return refused('not-allowed');
  const { numAffectedRows } = await sql`
    update affiliations set is_public_contact = ${isPublicContact} where ${theLine(tx, one)}`.execute(tx);
  if (numAffectedRows === 0n) return refused('not-found');
  await tell(tx, principal, one, isPublicContact ? 'life-shown' : 'life-hidden', at);
  return done(undefined);
}

/** Takes it away; the history keeps it as it was. */
export async function removeLife(
  tx: TerritoryTransaction,
  principal: Principal,
  line: LifeLine,
  at: Moment,
): Promise<Result<void, LifeRefusal>> {
  if (!mayStateLife(principal, line.organisationId, line.kind)) return refused('not-allowed');
  const told = await payloadOf(tx, line);
  const { rows } = await sql<{ row: unknown }>`
    delete from ${sql.table(TABLES[line.kind])} x where ${theLine(tx, line)} returning to_jsonb(x) as row`.execute(tx);
  const [gone] = rows;
  if (gone === undefined) return refused('not-found');
  const payload = { ...told, row: JSON.stringify(gone.row) };
  await appendEvent(tx, principal, { kind: 'life-removed', subjectId: line.organisationId, payload }, at);
  return done(undefined);
}

/** Undoes a removal. */
export async function putBackLife(
  tx: TerritoryTransaction,
  principal: Principal,
  { organisationId, event }: { readonly organisationId: OrganisationId; readonly event: Id<'event'> },
  at: Moment,
): Promise<Result<void, LifeRefusal>> {
  const found = await tx
    .selectFrom('events')
    .select('payload')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', event)
    .where('subject_id', '=', organisationId)
    .where('kind', '=', 'life-removed')
    .executeTakeFirst();
  if (found === undefined) return refused('not-found');
  const { what, row } = found.payload as { what: LifeKind; row: string };
  if (!mayStateLife(principal, organisationId, what)) return refused('not-allowed');
  const back = JSON.parse(row) as { id: LifeId };
  const added = await insertRow(tx, what, back);
  if (added !== 'added') return refused(added);
  await tell(tx, principal, { organisationId, kind: what, id: back.id }, 'life-put-back', at);
  return done(undefined);
}

function theLine(tx: TerritoryTransaction, { organisationId, kind, id }: LifeLine): RawBuilder<unknown> {
  const side =
    kind === 'tie' ? sql`${organisationId}::uuid in (from_id, to_id)` : sql`organisation_id = ${organisationId}`;
  return sql`territory_id = ${tx.territoryId} and id = ${id} and ${side}`;
}

/** Columns that are left out keep what the table gives them. */
async function insertRow(
  tx: TerritoryTransaction,
  kind: LifeKind,
  row: Readonly<Record<string, unknown>>,
): Promise<'added' | 'there-already' | 'not-found'> {
  const table = sql.table(TABLES[kind]);
  const names = sql.raw(
    Object.keys(row)
      .map((name) => `"${name}"`)
      .join(', '),
  );
  try {
    const { rows } = await sql`
      insert into ${table} (${names}) select ${names} from json_populate_record(null::${table}, ${JSON.stringify(row)}::json)
      on conflict do nothing returning id`.execute(tx);
    return rows.length === 0 ? 'there-already' : 'added';
  } catch (error) {
    // Whom it named has left since.
    if (constraintOf(error) === undefined) throw error;
    return 'not-found';
  }
}

type Row = Readonly<Record<string, string | boolean | null>>;

async function rowOf(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  stated: LifeStatement,
): Promise<Result<Row, LifeRefusal>> {
  switch (stated.kind) {
    case 'place': {
      const { label, address, postalCode, commune } = stated;
      return done({
        organisation_id: organisationId,
        label,
        address,
        postal_code: postalCode || null,
        commune: commune || null,
      });
    }
    case 'phase':
      return done({ organisation_id: organisationId, phase: stated.phase });
    case 'affiliation': {
      const { person, title, isPublicContact } = stated;
      const around = await peopleAround(tx, organisationId);
      if (!around.some(({ id }) => id === person)) return refused('not-found');
      return done({ organisation_id: organisationId, person_id: person, title, is_public_contact: isPublicContact });
    }
    case 'tie': {
      const others = await othersNamed(tx, stated.other);
      const [other] = others;
      if (other === undefined) return refused('other-unknown');
      if (others.length > 1) return refused('other-ambiguous');
      if (other === organisationId) return refused('same-organisation');
      return done({ from_id: organisationId, to_id: other, kind: stated.tie });
    }
  }
}

/** By the word of its address or its SIREN; else by its name, when only one bears it. */
async function othersNamed(tx: TerritoryTransaction, given: string): Promise<OrganisationId[]> {
  const words = wordsOfOther(given);
  const there = sql`territory_id = ${tx.territoryId} and withdrawn_at is null and merged_into_id is null`;
  const { rows } = await sql<{ id: OrganisationId; is_sure: boolean }>`
    select id, true as is_sure from organisations where ${there} and (slug = ${words} or siren = ${words})
    union all
    (select id, false from organisations where ${there} and name_key = folded(${words}) limit 2)`.execute(tx);
  const sure = rows.filter((row) => row.is_sure);
  return [...new Set((sure.length > 0 ? sure : rows).map(({ id }) => id))];
}

type LifeEvent = 'life-stated' | 'life-ended' | 'life-reopened' | 'life-put-back' | 'life-shown' | 'life-hidden';

async function tell(
  tx: TerritoryTransaction,
  principal: Principal,
  line: LifeLine,
  kind: LifeEvent,
  at: Moment,
): Promise<void> {
  await appendEvent(tx, principal, { kind, subjectId: line.organisationId, payload: await payloadOf(tx, line) }, at);
}

/** What the history says of it without looking it up: it may be gone by then. */
async function payloadOf(tx: TerritoryTransaction, line: LifeLine): Promise<Readonly<Record<string, string | null>>> {
  const title = {
    place: sql`concat_ws(', ', nullif(x.label, ''), nullif(x.address, ''), x.commune)`,
    phase: sql`x.phase`,
    tie: sql`(select o.name from organisations o where o.territory_id = x.territory_id
      and o.id = case when x.from_id = ${line.organisationId} then x.to_id else x.from_id end)`,
    affiliation: sql`concat_ws(', ', (select p.name from people p where p.territory_id = x.territory_id and p.id = x.person_id),
      nullif(x.title, ''))`,
  }[line.kind];
  const { rows } = await sql<{ title: string; until: string | null }>`
    select ${title} as title, x.until::text as until from ${sql.table(TABLES[line.kind])} x where ${theLine(tx, line)}`.execute(
    tx,
  );
  return { what: line.kind, id: line.id, title: rows[0]?.title ?? '', until: rows[0]?.until ?? null };
}
