/**
 * Tidying the vocabulary of themes: a theme is renamed, becomes another, or becomes itself again.
 *
 * Must always hold: a merge writes down who carried the theme and who carried the other already, so that taking it
 * back loses nothing, in whatever order merges into one theme are taken back; one that was merged further is taken back
 * only after that. Things of higher domains that carry themes are reached through the holders that the caller brings.
 */
import { sql } from 'kysely';
import { newId, type Id, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from './events.server.ts';
import { writeFacts } from './fact-writing.server.ts';
import { mayTidyDirectory } from './policy.ts';
import { personOf, type Principal } from './principal.ts';
import { labelKey, movedCodes, restoredCodes, type ThemeMove } from './themes.ts';

export type ThemeMergeId = Id<'merge'>;

/** Things of one kind that carry themes. */
export interface ThemeHolder {
  readonly kind: string;
  /** The themes of each thing that carries this one. */
  carrying(tx: TerritoryTransaction, code: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The themes of these things, those that are still there. */
  of(tx: TerritoryTransaction, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  write(tx: TerritoryTransaction, codes: ReadonlyMap<string, readonly string[]>, act: MergeAct): Promise<void>;
}

export interface MergeAct {
  readonly principal: Principal;
  readonly mergeId: ThemeMergeId;
  readonly at: Moment;
}

/** By kind and id: whether the thing carried the surviving theme of its own. */
type Moved = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

export type ThemeRefusal = 'not-allowed' | 'unknown-theme' | 'same-theme' | 'merged-further' | 'label-taken';

export async function renameTheme(
  tx: TerritoryTransaction,
  principal: Principal,
  code: string,
  labels: { readonly labelFr: string; readonly labelEn: string },
  at: Moment,
): Promise<Result<undefined, ThemeRefusal>> {
  if (!mayTidyDirectory(principal)) return refused('not-allowed');
  const theme = await tx
    .selectFrom('themes')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('code', '=', code)
    .where('merged_into_code', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (theme === undefined) return refused('unknown-theme');
  const others = await tx
    .selectFrom('themes')
    .select(['label_fr', 'label_en'])
    .where('territory_id', '=', tx.territoryId)
    .where('code', '!=', code)
    .where('merged_into_code', 'is', null)
    .execute();
  const isTaken = others.some((other) => labelKey(other.label_fr) === labelKey(labels.labelFr));
  if (isTaken) return refused('label-taken');
  await tx
    .updateTable('themes')
    .set({ label_fr: labels.labelFr, label_en: labels.labelEn })
    .where('territory_id', '=', tx.territoryId)
    .where('code', '=', code)
    .execute();
  // Whoever writes the old label again still means this theme.
  for (const label of new Set([theme.label_fr, theme.label_en]))
    await tx
      .insertInto('theme_labels')
      .values({ territory_id: tx.territoryId, label_key: labelKey(label), label, theme_code: code })
      .onConflict((conflict) => conflict.columns(['territory_id', 'label_key']).doNothing())
      .execute();
  const payload = { code, before: theme.label_fr, after: labels.labelFr };
  await appendEvent(tx, principal, { kind: 'theme-renamed', subjectId: tx.territoryId, payload }, at);
  return done(undefined);
}

export async function mergeThemes(
  tx: TerritoryTransaction,
  principal: Principal,
  move: ThemeMove,
  { holders, at }: { readonly holders: readonly ThemeHolder[]; readonly at: Moment },
): Promise<Result<{ mergeId: ThemeMergeId }, ThemeRefusal>> {
  if (!mayTidyDirectory(principal)) return refused('not-allowed');
  if (move.from === move.into) return refused('same-theme');
  const standing = await lockThemes(tx, [move.from, move.into]);
  if (standing.get(move.from) !== null || standing.get(move.into) !== null) return refused('unknown-theme');
  const mergeId = newId<'merge'>(at.now, at.fillRandom);
  await pointTheme(tx, move.from, move.into);
  const moved: Record<string, Record<string, boolean>> = {};
  for (const holder of [organisationsHolder, ...holders]) {
    const carried = await holder.carrying(tx, move.from);
    const after = new Map([...carried].map(([id, codes]) => [id, movedCodes(codes, move)] as const));
    moved[holder.kind] = Object.fromEntries([...after].map(([id, { hadInto }]) => [id, hadInto]));
    const codes = new Map([...after].map(([id, one]) => [id, one.codes] as const));
    await holder.write(tx, codes, { principal, mergeId, at });
  }
  await tx
    .insertInto('theme_merges')
    .values({
      territory_id: tx.territoryId,
      id: mergeId,
      from_code: move.from,
      into_code: move.into,
      moved: JSON.stringify(moved),
      merged_by: personOf(principal),
      merged_at: at.now,
    })
    .execute();
  await appendEvent(tx, principal, { kind: 'themes-merged', subjectId: mergeId, payload: { ...move } }, at);
  return done({ mergeId });
}

export async function unmergeThemes(
  tx: TerritoryTransaction,
  principal: Principal,
  mergeId: ThemeMergeId,
  { holders, at }: { readonly holders: readonly ThemeHolder[]; readonly at: Moment },
): Promise<Result<ThemeMove, ThemeRefusal>> {
  if (!mayTidyDirectory(principal)) return refused('not-allowed');
  const merge = await tx
    .selectFrom('theme_merges')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', mergeId)
    .where('undone_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (merge === undefined) return refused('unknown-theme');
  const move = { from: merge.from_code, into: merge.into_code };
  const standing = await lockThemes(tx, [move.from, move.into]);
  if (standing.get(move.into) !== null) return refused('merged-further');
  await pointTheme(tx, move.from, null);
  const siblings = await siblingsOf(tx, mergeId, move.into);
  for (const holder of [organisationsHolder, ...holders]) {
    const moved = (merge.moved as Moved)[holder.kind] ?? {};
    const carried = await holder.of(tx, Object.keys(moved));
    const codes = [...carried].map(([id, one]) => {
      const keepsInto = moved[id] === true || siblings.handOver(holder.kind, id);
      return [id, restoredCodes(one, move, keepsInto)] as const;
    });
    await holder.write(tx, new Map(codes), { principal, mergeId, at });
  }
  await siblings.save();
  await tx
    .updateTable('theme_merges')
    .set({ undone_at: at.now })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', mergeId)
    .execute();
  await appendEvent(tx, principal, { kind: 'themes-unmerged', subjectId: mergeId, payload: { ...move } }, at);
  return done(move);
}

/**
 * Other merges into the same theme. A thing that carries the survivor through two of them keeps it when one is taken
 * back; the other one then knows that the survivor is not the thing's own.
 */
async function siblingsOf(tx: TerritoryTransaction, mergeId: ThemeMergeId, into: string) {
  const rows = await tx
    .selectFrom('theme_merges')
    .select(['id', 'moved'])
    .where('territory_id', '=', tx.territoryId)
    .where('into_code', '=', into)
    .where('undone_at', 'is', null)
    .where('id', '!=', mergeId)
    .orderBy('merged_at')
    .forUpdate()
    .execute();
  const siblings = rows.map(({ id, moved }) => ({
    id,
    moved: structuredClone(moved) as Record<string, Record<string, boolean>>,
  }));
  return {
    handOver(kind: string, id: string): boolean {
      const sibling = siblings.find(({ moved }) => moved[kind] !== undefined && id in moved[kind]);
      const ofKind = sibling?.moved[kind];
      if (ofKind === undefined) return false;
      ofKind[id] = false;
      return true;
    },
    async save(): Promise<void> {
      for (const { id, moved } of siblings)
        await tx
          .updateTable('theme_merges')
          .set({ moved: JSON.stringify(moved) })
          .where('territory_id', '=', tx.territoryId)
          .where('id', '=', id)
          .execute();
    },
  };
}

/** For each theme that is there, the one that it became, or null. */
async function lockThemes(tx: TerritoryTransaction, codes: readonly string[]) {
  const rows = await tx
    .selectFrom('themes')
    .select(['code', 'merged_into_code'])
    .where('territory_id', '=', tx.territoryId)
    .where('code', 'in', [...codes])
    .orderBy('code')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.code, row.merged_into_code]));
}

async function pointTheme(tx: TerritoryTransaction, code: string, into: string | null): Promise<void> {
  await tx
    .updateTable('themes')
    .set({ merged_into_code: into })
    .where('territory_id', '=', tx.territoryId)
    .where('code', '=', code)
    .execute();
}

/** Organisations carry themes as facts: each change is in their history. */
const organisationsHolder: ThemeHolder = {
  kind: 'organisations',
  carrying: (tx, code) =>
    themesOfOrganisations(
      tx,
      sql`select organisation_id from organisation_themes where territory_id = ${tx.territoryId} and theme_code = ${code}`,
    ),
  of: (tx, ids) => themesOfOrganisations(tx, sql`select unnest(${[...ids]}::uuid[])`),
  async write(tx, codes, { principal, mergeId, at }) {
    const items = [...codes].map(([id, themes]) => ({ id: id as OrganisationId, facts: { themes } }));
    const answers = await writeFacts(tx, principal, { kind: 'merge', id: mergeId }, items, at);
    const refusal = answers.find((answer) => !answer.ok);
    if (refusal?.ok === false) throw new Error(`Themes of an organisation were refused: ${refusal.reason}`);
  },
};

async function themesOfOrganisations(tx: TerritoryTransaction, ids: ReturnType<typeof sql>) {
  const { rows } = await sql<{ id: string; codes: string[] }>`
    select o.id, array(select theme_code from organisation_themes t
      where t.territory_id = o.territory_id and t.organisation_id = o.id) as codes
    from organisations o
    where o.territory_id = ${tx.territoryId} and o.withdrawn_at is null and o.merged_into_id is null and o.id in (${ids})`.execute(
    tx,
  );
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}
