/**
 * One vocabulary of themes: every label that was ever met leads to the theme that it means, and a theme that was
 * merged to the one that it became.
 */
import { slugOf } from '../../lib/slug.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { mayCreateOrganisation } from './policy.ts';
import type { Principal } from './principal.ts';
import { labelKey } from './themes.ts';

/** For each code of a theme, the code of the theme that it is today. */
export type SurvivingThemes = ReadonlyMap<string, string>;

/** Without need nothing is read. */
export async function survivingThemes(tx: TerritoryTransaction, isNeeded = true): Promise<SurvivingThemes> {
  if (!isNeeded) return new Map();
  const rows = await tx
    .selectFrom('themes')
    .select(['code', 'merged_into_code'])
    .where('territory_id', '=', tx.territoryId)
    .execute();
  const next = new Map(rows.map((row) => [row.code, row.merged_into_code]));
  return new Map(rows.map(({ code }) => [code, survivorOf(code, next)]));
}

/**
 * The code of each label, in the order given. A label that was met before leads where it led; a new one that reads like
 * a theme's name (without case and accents) is that theme; any other becomes a theme.
 */
export async function ensureThemes(
  tx: TerritoryTransaction,
  principal: Principal,
  labels: readonly string[],
): Promise<Result<string[], 'not-allowed'>> {
  if (!mayCreateOrganisation(principal)) return refused('not-allowed');
  const known = await knownLabels(tx);
  const added = new Map<string, { code: string; label: string }>();
  for (const label of labels) {
    const key = labelKey(label);
    if (!known.codes.has(key) && !added.has(key)) added.set(key, { label, code: freeCode(label, known.taken) });
  }
  await addThemes(
    tx,
    [...added].map(([key, theme]) => ({ key, ...theme })),
  );
  return done(
    labels.map((label) => {
      const key = labelKey(label);
      return known.codes.get(key) ?? added.get(key)?.code ?? '';
    }),
  );
}

interface KnownLabels {
  readonly codes: ReadonlyMap<string, string>;
  readonly taken: Set<string>;
}

async function knownLabels(tx: TerritoryTransaction): Promise<KnownLabels> {
  const surviving = await survivingThemes(tx);
  const themes = await tx
    .selectFrom('themes')
    .select(['code', 'label_fr', 'label_en'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('code')
    .execute();
  const labels = await tx
    .selectFrom('theme_labels')
    .select(['label_key', 'theme_code'])
    .where('territory_id', '=', tx.territoryId)
    .execute();
  const codes = new Map<string, string>();
  for (const { code, label_fr, label_en } of themes)
    for (const label of [code, label_en, label_fr]) codes.set(labelKey(label), surviving.get(code) ?? code);
  for (const { label_key, theme_code } of labels) codes.set(label_key, surviving.get(theme_code) ?? theme_code);
  return { codes, taken: new Set(themes.map(({ code }) => code)) };
}

async function addThemes(
  tx: TerritoryTransaction,
  themes: readonly { readonly key: string; readonly code: string; readonly label: string }[],
): Promise<void> {
  if (themes.length === 0) return;
  await tx
    .insertInto('themes')
    .values(themes.map(({ code, label }) => ({ territory_id: tx.territoryId, code, label_fr: label, label_en: label })))
    .onConflict((conflict) => conflict.columns(['territory_id', 'code']).doNothing())
    .execute();
  await tx
    .insertInto('theme_labels')
    .values(
      themes.map(({ key, label, code }) => ({ territory_id: tx.territoryId, label_key: key, label, theme_code: code })),
    )
    .onConflict((conflict) => conflict.columns(['territory_id', 'label_key']).doNothing())
    .execute();
}

function freeCode(label: string, taken: Set<string>): string {
  const wanted = slugOf(label, 'theme').slice(0, 56).replace(/-+$/u, '');
  let code = wanted;
  for (let number = 2; taken.has(code); number++) code = `${wanted}-${number}`;
  taken.add(code);
  return code;
}

function survivorOf(code: string, next: ReadonlyMap<string, string | null>): string {
  let survivor = code;
  for (let target = next.get(code); target != null; target = next.get(target)) survivor = target;
  return survivor;
}
