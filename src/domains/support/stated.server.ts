/** What commands on needs and on offers check alike before they write. */
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { StatedRefusal } from './stated.ts';
import { survivingThemes } from '../territory/theme-labels.server.ts';
import { isInDirectory } from '../territory/queries.server.ts';

/** The unit of a kind of this territory. */
export async function unitOfKind(tx: TerritoryTransaction, code: string): Promise<SupportUnit | undefined> {
  const row = await tx
    .selectFrom('support_kinds')
    .select('unit')
    .where('territory_id', '=', tx.territoryId)
    .where('code', '=', code)
    .executeTakeFirst();
  return row?.unit as SupportUnit | undefined;
}

/** The unit in which the statement counts and its themes as they are today, once all are known to be of this territory. */
export async function checkStatement(
  tx: TerritoryTransaction,
  input: { readonly kind: string; readonly organisation: OrganisationId; readonly themes: readonly string[] },
): Promise<Result<{ readonly unit: SupportUnit; readonly themes: readonly string[] }, StatedRefusal>> {
  const unit = await unitOfKind(tx, input.kind);
  if (unit === undefined) return refused('unknown-kind');
  const organisation = await tx
    .selectFrom('organisations')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.organisation)
    .where(isInDirectory())
    .executeTakeFirst();
  if (organisation === undefined) return refused('unknown-organisation');
  const surviving = await survivingThemes(tx, input.themes.length > 0);
  const themes = input.themes.map((code) => surviving.get(code));
  if (themes.includes(undefined)) return refused('unknown-theme');
  return done({ unit, themes: [...new Set(themes.filter((code) => code !== undefined))] });
}
