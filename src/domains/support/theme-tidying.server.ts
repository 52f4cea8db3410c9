/** Tidying themes with everything that carries them: organisations, needs and offers. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import { mergeThemes, renameTheme, unmergeThemes, type ThemeMergeId } from '../territory/theme-commands.server.ts';
import { standingMerges, themesInUse, type StandingMerge, type ThemeInUse } from '../territory/theme-queries.server.ts';
import type { ThemeMove } from '../territory/themes.ts';
import { supportHolders } from './theme-holders.server.ts';

export interface ThemesToTidy {
  readonly themes: readonly ThemeInUse[];
  readonly merges: readonly StandingMerge[];
}

export const renameByTeam = renameTheme;

export async function themesToTidy(tx: TerritoryTransaction): Promise<ThemesToTidy> {
  return { themes: await themesInUse(tx), merges: await standingMerges(tx) };
}

export function mergeByTeam(tx: TerritoryTransaction, principal: Principal, move: ThemeMove, at: Moment) {
  return mergeThemes(tx, principal, move, { holders: supportHolders, at });
}

export function unmergeByTeam(tx: TerritoryTransaction, principal: Principal, mergeId: ThemeMergeId, at: Moment) {
  return unmergeThemes(tx, principal, mergeId, { holders: supportHolders, at });
}
