/** Whom in the directory the rows of a file speak of: by the keys of the source, the SIREN, the web address, the name. */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { hostOf, nameKeyOf } from './values.ts';

/** Somebody or something that the file speaks of, with what may tell it. */
export interface Sought {
  readonly identity: string;
  readonly name: string;
  readonly keys: readonly SourceKey[];
  readonly siren: string | null;
  readonly website: string | null;
  readonly email: string | null;
}

export interface SourceKey {
  readonly source: string;
  readonly key: string;
}

export interface Candidate {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
  readonly siren: string | null;
  readonly website: string | null;
  readonly commune: string | null;
  readonly why: 'host' | 'name' | 'similar';
}

/** Finds those whose names are nearly the same, or were once. */
export type NearNames = (tx: TerritoryTransaction, sought: Sought) => Promise<readonly Candidate[]>;

export interface Found {
  readonly target: OrganisationId | undefined;
  /** Who it may be: a person says. */
  readonly candidates: readonly Candidate[];
}

/**
 * By identity. A key or a SIREN decides; so do the web address and the name together; one of these two alone, or a
 * name that is nearly the same, asks. Two SIRENs that differ are two firms, whatever their names.
 */
export async function findOrganisations(
  tx: TerritoryTransaction,
  source: string,
  sought: readonly Sought[],
  isEmpty: boolean,
  near: NearNames,
): Promise<Map<string, Found>> {
  const byKey = await organisationsByKey(
    tx,
    sought.flatMap(({ keys }) => keys),
  );
  const bySiren = isEmpty ? new Map<string, OrganisationId>() : await organisationsBySiren(tx, sought);
  const found = new Map<string, Found>();
  const open: Sought[] = [];
  for (const each of sought) {
    const target =
      each.keys.map(({ source: of, key }) => byKey.get(keyText(of, key))).find((id) => id !== undefined) ??
      (each.siren === null ? undefined : bySiren.get(each.siren));
    if (target !== undefined) found.set(each.identity, { target, candidates: [] });
    else open.push(each);
  }
  if (isEmpty || open.length === 0) return found;
  const said = await decisionsOn(
    tx,
    source,
    open.map(({ identity }) => identity),
  );
  const candidates = await candidatesFor(tx, open);
  for (const each of open) {
    const named = candidates.get(each.identity) ?? [];
    const more = (await near(tx, each)).filter(({ id }) => !named.some((one) => one.id === id));
    found.set(each.identity, judge(each, [...named, ...more], said));
  }
  return found;
}

function judge(each: Sought, candidates: readonly Candidate[], said: ReadonlyMap<string, 'same' | 'different'>): Found {
  const host = hostOf(each.website ?? undefined);
  const same = candidates.find(({ id }) => said.get(`${each.identity} ${id}`) === 'same');
  if (same !== undefined) return { target: same.id, candidates: [] };
  const left = candidates.filter((one) => {
    if (said.get(`${each.identity} ${one.id}`) === 'different') return false;
    if (each.siren !== null && one.siren !== null) return false;
    const other = hostOf(one.website ?? undefined);
    // Names that are merely near, at two web addresses, are two.
    return one.why !== 'similar' || host === undefined || other === undefined || host === other;
  });
  const sure = left.filter(
    (one) =>
      host !== undefined && hostOf(one.website ?? undefined) === host && nameKeyOf(one.name) === nameKeyOf(each.name),
  );
  return sure.length === 1
    ? { target: sure[0]?.id, candidates: [] }
    : { target: undefined, candidates: left.slice(0, 5) };
}

function keyText(source: string, key: string): string {
  return `${source}\n${key}`;
}

async function organisationsByKey(
  tx: TerritoryTransaction,
  keys: readonly SourceKey[],
): Promise<Map<string, OrganisationId>> {
  const { rows } = await sql<{ source: string; key: string; id: OrganisationId }>`
    select k.source, k.key, coalesce(o.merged_into_id, o.id) as id
    from json_to_recordset(${JSON.stringify(keys)}::json) as g(source text, key text)
    join organisation_keys k on k.territory_id = ${tx.territoryId} and k.source = g.source and k.key = g.key
    join organisations o on o.territory_id = k.territory_id and o.id = k.organisation_id and o.withdrawn_at is null`.execute(
    tx,
  );
  return new Map(rows.map(({ source, key, id }) => [keyText(source, key), id]));
}

async function organisationsBySiren(
  tx: TerritoryTransaction,
  sought: readonly Sought[],
): Promise<Map<string, OrganisationId>> {
  const sirens = sought.flatMap(({ siren }) => siren ?? []);
  if (sirens.length === 0) return new Map();
  const { rows } = await sql<{ siren: string; id: OrganisationId }>`
    select siren, id from organisations
    where territory_id = ${tx.territoryId} and siren = any(${sirens}::text[]) and withdrawn_at is null and merged_into_id is null`.execute(
    tx,
  );
  return new Map(rows.map(({ siren, id }) => [siren, id]));
}

interface CandidateRow extends Omit<Candidate, 'why'> {
  readonly identity: string;
  readonly by: 'host' | 'name' | 'similar';
}

const SHOWN = sql`o.id, o.slug, o.name, o.siren, o.website, o.commune`;
/** Names shorter than this are near to too many. */
const LEAST_NAME = 4;

/** Written as the index `organisations_by_bare_name` is, so that it serves. */
function bareName(name: RawBuilder<unknown>) {
  return sql`regexp_replace(${name}, '\\m(sas|sasu|sarl|eurl|sa|sci|scop|inc|ltd|llc|corp|gmbh|the|les|le|la)\\M|[^[:alnum:]]', '', 'g')`;
}

async function candidatesFor(tx: TerritoryTransaction, sought: readonly Sought[]): Promise<Map<string, Candidate[]>> {
  const given = JSON.stringify(
    sought.map(({ identity, name, website }) => ({ identity, name, host: hostOf(website ?? undefined) ?? null })),
  );
  const { rows } = await sql<CandidateRow>`
    with g as materialized (
      select identity, folded(name) as name_key, host from json_to_recordset(${given}::json) as r(identity text, name text, host text))
    select g.identity, 'host' as by, ${SHOWN} from g
      join organisations o on o.territory_id = ${tx.territoryId}
        and lower(substring(o.website from '^https?://(?:www\\.)?([^/:?#]+)')) = g.host
      where g.host is not null and o.withdrawn_at is null and o.merged_into_id is null
    union all
    select g.identity, 'name', ${SHOWN} from g
      join organisations o on o.territory_id = ${tx.territoryId} and o.name_key = g.name_key
      where o.withdrawn_at is null and o.merged_into_id is null
    union all
    select g.identity, 'similar', ${SHOWN} from g
      join organisations o on o.territory_id = ${tx.territoryId} and ${bareName(sql`o.name_key`)} = ${bareName(sql`g.name_key`)}
      where length(${bareName(sql`g.name_key`)}) >= ${LEAST_NAME} and o.name_key <> g.name_key
        and o.withdrawn_at is null and o.merged_into_id is null`.execute(tx);
  const found = new Map<string, Candidate[]>();
  for (const { identity, by, ...candidate } of rows) {
    const list = found.get(identity) ?? [];
    if (!list.some(({ id }) => id === candidate.id)) list.push({ ...candidate, why: by });
    found.set(identity, list);
  }
  return found;
}

async function decisionsOn(
  tx: TerritoryTransaction,
  source: string,
  identities: readonly string[],
): Promise<Map<string, 'same' | 'different'>> {
  const { rows } = await sql<{ identity: string; organisation_id: string; decision: 'same' | 'different' }>`
    select identity, organisation_id, decision from import_decisions
    where territory_id = ${tx.territoryId} and source = ${source} and identity = any(${identities}::text[])`.execute(
    tx,
  );
  return new Map(rows.map(({ identity, organisation_id, decision }) => [`${identity} ${organisation_id}`, decision]));
}

/** People are known by the key of their source or by their address: never by their name alone. */
export async function findPeople(tx: TerritoryTransaction, sought: readonly Sought[]): Promise<Map<string, PersonId>> {
  const { rows } = await sql<{ source: string; key: string; id: PersonId }>`
    select k.source, k.key, k.person_id as id
    from json_to_recordset(${JSON.stringify(sought.flatMap(({ keys }) => keys))}::json) as g(source text, key text)
    join person_keys k on k.territory_id = ${tx.territoryId} and k.source = g.source and k.key = g.key`.execute(tx);
  const byKey = new Map(rows.map(({ source, key, id }) => [keyText(source, key), id]));
  const emails = sought.flatMap(({ email }) => email ?? []);
  const mailed = await sql<{ email: string; id: PersonId }>`
    select email, id from people where territory_id = ${tx.territoryId} and email = any(${emails}::text[])`.execute(tx);
  const byEmail = new Map(mailed.rows.map(({ email, id }) => [email, id]));
  const found = new Map<string, PersonId>();
  for (const { identity, keys, email } of sought) {
    const id = keys.map(({ source, key }) => byKey.get(keyText(source, key))).find((each) => each !== undefined);
    const known = id ?? (email === null ? undefined : byEmail.get(email));
    if (known !== undefined) found.set(identity, known);
  }
  return found;
}
