/**
 * The picture of where the money went: sources on one side, uses on the other, and the ribbons between them.
 *
 * Must always hold: both sides add up to the same, since what is not spent is a use (left over) and what was spent
 * beyond the income a source (taken from past years); ribbons add up to each source and to each use, to the cent. Money is
 * not earmarked: each source serves every use in proportion.
 */
import { shareOut } from '../../lib/quantity.ts';

export interface Amount {
  readonly id: string;
  readonly cents: bigint;
}

export interface Ribbon {
  readonly from: string;
  readonly to: string;
  readonly cents: bigint;
}

export const LEFT_OVER = 'left';
export const DRAWN = 'drawn';

export interface MoneyFlow {
  readonly sources: readonly Amount[];
  readonly uses: readonly Amount[];
  readonly ribbons: readonly Ribbon[];
}

/** Amounts are not negative. */
export function moneyFlow(income: readonly Amount[], spent: readonly Amount[]): MoneyFlow {
  const left = total(income) - total(spent);
  const sources = left < 0n ? [...income, { id: DRAWN, cents: -left }] : income;
  const uses = left > 0n ? [...spent, { id: LEFT_OVER, cents: left }] : spent;
  const open = uses.map(({ cents }) => cents);
  const ribbons: Ribbon[] = [];
  for (const source of sources) {
    if (source.cents === 0n) continue;
    // What is open is at least what this source brings: no share can be more than what its use still lacks.
    const shares = shareOut(source.cents, open);
    for (const [place, cents] of shares.entries()) {
      open[place] = (open[place] ?? 0n) - cents;
      const use = uses[place];
      if (use !== undefined && cents > 0n) ribbons.push({ from: source.id, to: use.id, cents });
    }
  }
  return { sources, uses, ribbons };
}

function total(amounts: readonly Amount[]): bigint {
  return amounts.reduce((sum, { cents }) => sum + cents, 0n);
}
