/**
 * What people corrected in the directory since a file was imported, against the same file brought again.
 *
 * Must always hold: a value that somebody replaced by hand does not come back because a file still states it; a file that
 * states something new is shown as a difference, and a person decides.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fromJson, NO_FACTS, withFacts, differenceOf } from '../territory/facts.ts';
import type { JsonValue, WrittenFacts } from '../territory/facts.ts';

/** By organisation: each fact that a person changed last, with what it was before. */
export type Corrections = ReadonlyMap<string, ReadonlyMap<string, JsonValue>>;

export async function correctionsOf(tx: TerritoryTransaction, ids: readonly string[]): Promise<Corrections> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string; before: JsonValue }>`
    select id, name, before from (
      select distinct on (c.organisation_id, f.name) c.organisation_id as id, f.name, c.before -> f.name as before, c.source
      from organisation_changes c cross join lateral jsonb_object_keys(c.after) as f(name)
      where c.territory_id = ${tx.territoryId} and c.organisation_id = any(${ids}::uuid[]) and c.state = 'applied'
      order by c.organisation_id, f.name, coalesce(c.decided_at, c.at) desc, c.id desc) as last
    where source in ('form', 'api') and before is not null`.execute(tx);
  const found = new Map<string, Map<string, JsonValue>>();
  for (const { id, name, before } of rows) {
    const facts = found.get(id) ?? new Map<string, JsonValue>();
    found.set(id, facts.set(name, before));
  }
  return found;
}

/** The facts of the file that only state again what a person has replaced. */
export function statedAgain(after: WrittenFacts, corrected: ReadonlyMap<string, JsonValue> | undefined): string[] {
  if (corrected === undefined) return [];
  return Object.keys(after).filter((name) => {
    const before = corrected.get(name);
    return before !== undefined && isSame(name, before, after[name] ?? null);
  });
}

function isSame(name: string, one: JsonValue, other: JsonValue): boolean {
  const of = (value: JsonValue) => withFacts(NO_FACTS, fromJson({ [name]: value }));
  return differenceOf(of(one), of(other)).names.length === 0;
}
