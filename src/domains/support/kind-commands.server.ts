/** The only place that writes kinds of help. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { DEFAULT_KIND_LINKS, DEFAULT_KINDS } from './kind.ts';

/** Gives a new territory the default kinds and links; what is there already stays as it is. */
export async function seedKinds(tx: TerritoryTransaction): Promise<void> {
  await tx
    .insertInto('support_kinds')
    .values(
      DEFAULT_KINDS.map((kind) => ({
        territory_id: tx.territoryId,
        code: kind.code,
        family: kind.family,
        unit: kind.unit,
        label_fr: kind.labelFr,
        label_en: kind.labelEn,
        position: kind.position,
      })),
    )
    // Of two programs that seed at once, one writes: whichever key the other meets first.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const units = await tx
    .selectFrom('support_kinds')
    .select(['code', 'unit'])
    .where('territory_id', '=', tx.territoryId)
    .execute();
  const unitOf = new Map(units.map((kind) => [kind.code, kind.unit]));
  // A territory that changed the unit of a kind before has no use for the link.
  const links = DEFAULT_KIND_LINKS.filter(
    (link) => unitOf.get(link.offerKind) === link.unit && unitOf.get(link.needKind) === link.unit,
  );
  if (links.length === 0) return;
  await tx
    .insertInto('support_kind_links')
    .values(
      links.map((link) => ({
        territory_id: tx.territoryId,
        offer_kind: link.offerKind,
        need_kind: link.needKind,
        unit: link.unit,
        closeness: link.closeness,
      })),
    )
    .onConflict((conflict) => conflict.columns(['territory_id', 'offer_kind', 'need_kind']).doNothing())
    .execute();
}
