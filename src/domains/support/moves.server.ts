/** The buttons of a need's page and of an offer's: from what was posted to where the person goes next. */
import { parseId } from '../../lib/ids.ts';
import { textOf } from '../../lib/form-state.ts';
import { formError, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { pathIn, type TerritoryVisit } from '../territory/visit.ts';
import { supportText } from './messages.ts';
import { reopenNeed, withdrawNeed } from './need-commands.server.ts';
import { moveOffer as commandOfMove, type OfferMove } from './offer-commands.server.ts';

export async function moveNeed(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  move: 'withdraw' | 'reopen',
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const id = parseId<'need'>(visit.params['need'] ?? '');
  if (id === undefined) return { kind: 'not-found' };
  const command = move === 'withdraw' ? withdrawNeed : reopenNeed;
  const moved = await command(tx, visit.principal, id, versionIn(input), visit);
  const t = supportText(visit.locale);
  if (moved.ok)
    return doneAt(pathIn(visit, 'besoins', id), t(move === 'withdraw' ? 'done.need-withdrawn' : 'done.need-reopened'));
  if (moved.reason === 'not-found' || moved.reason === 'not-allowed') return { kind: 'not-found' };
  return invalid(
    formError(input, t(moved.reason === 'stale' ? 'refused.stale-page' : `refused.${moved.reason}`, moved.facts)),
  );
}

export async function moveOffer(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  move: OfferMove,
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const id = parseId<'offer'>(visit.params['offer'] ?? '');
  if (id === undefined) return { kind: 'not-found' };
  const moved = await commandOfMove(tx, visit.principal, id, { move, version: versionIn(input) }, visit);
  const t = supportText(visit.locale);
  if (moved.ok) return doneAt(pathIn(visit, 'apports', id), t(`done.offer-${move}`));
  if (moved.reason === 'not-found' || moved.reason === 'not-allowed') return { kind: 'not-found' };
  return invalid(
    formError(input, t(moved.reason === 'stale' ? 'refused.stale-page' : `refused.${moved.reason}`, moved.facts)),
  );
}

/** The version that the page showed; none never matches. */
function versionIn(input: FormInput): number {
  const version = Number(textOf(input.values['version']));
  return Number.isSafeInteger(version) ? version : -1;
}
