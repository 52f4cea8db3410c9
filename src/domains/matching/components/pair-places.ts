/** The places in a pool of the pair that an address names: `?paire=<need>.<offer>`. */
import type { LightPool } from '../pool.ts';

export function readPlaces(
  pool: LightPool,
  text: string | null,
): { readonly need: number; readonly offer: number } | undefined {
  const [needId = '', offerId = ''] = (text ?? '').split('.');
  const need = pool.needs.findIndex(({ id }) => id === needId);
  const offer = pool.offers.findIndex(({ id }) => id === offerId);
  return need < 0 || offer < 0 ? undefined : { need, offer };
}
