/** Reads of the kinds of help and of their links. */
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { KindLink, SupportKind } from './kind.ts';

/** In the order in which the territory shows them. */
export async function listKinds(tx: TerritoryTransaction): Promise<SupportKind[]> {
  const rows = await tx
    .selectFrom('support_kinds')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .orderBy('position')
    .orderBy('code')
    .execute();
  return rows.map((row) => ({
    code: row.code,
    family: row.family,
    unit: row.unit,
    labelFr: row.label_fr,
    labelEn: row.label_en,
    position: row.position,
  }));
}

/** Which kind of offer may serve which other kind of need; a kind always serves itself and is not listed. */
export async function kindLinks(tx: TerritoryTransaction): Promise<KindLink[]> {
  const rows = await tx
    .selectFrom('support_kind_links')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .orderBy('offer_kind')
    .orderBy('need_kind')
    .execute();
  return rows.map((row) => ({
    offerKind: row.offer_kind,
    needKind: row.need_kind,
    unit: row.unit as SupportUnit,
    closeness: row.closeness,
  }));
}
