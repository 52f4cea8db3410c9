/** What lies in a pool, kind by kind: asked against offered. Pure sums, for the page of a round. */
import type { SupportUnit } from '../../lib/quantity.ts';
import type { LightPool } from './pool.ts';

export interface KindFigures {
  readonly code: string;
  readonly unit: SupportUnit;
  readonly needs: number;
  readonly asked: number;
  readonly offers: number;
  readonly offered: number;
}

/** Kinds that are asked for or offered, in the territory's order. */
export function figuresByKind(pool: LightPool): KindFigures[] {
  return pool.kinds
    .map(({ code, unit }) => {
      const needs = pool.needs.filter(({ kindCode }) => kindCode === code);
      const offers = pool.offers.filter(({ kindCode }) => kindCode === code);
      const sum = (rows: readonly { readonly left: number }[]) => rows.reduce((total, { left }) => total + left, 0);
      return { code, unit, needs: needs.length, asked: sum(needs), offers: offers.length, offered: sum(offers) };
    })
    .filter(({ needs, offers }) => needs + offers > 0);
}
