/** The round, the try or the match that an address names, and acts on them. */
import { parseId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ActionOutcome } from '../../platform/web/page.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import type { MatchId, Round, RunId } from './round.ts';
import { roundById, runById } from './round-queries.server.ts';

export type NamedRun = NonNullable<Awaited<ReturnType<typeof runById>>>;

export async function roundOf(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<Round | undefined> {
  const id = parseId<'round'>(visit.params['round'] ?? '');
  return id === undefined ? undefined : roundById(tx, id);
}

/** The try, in its round. */
export async function runOf(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<{ round: Round; run: NamedRun } | undefined> {
  const round = await roundOf(visit, tx);
  const id = parseId<'run'>(visit.params['run'] ?? '');
  const run = round === undefined || id === undefined ? undefined : await runById(tx, round.id, id);
  return round === undefined || run === undefined ? undefined : { round, run };
}

export async function actOnRound(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  work: (round: Round) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const round = await roundOf(visit, tx);
  return round === undefined ? { kind: 'not-found' } : work(round);
}

export async function actOnRun(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  work: (round: Round, runId: RunId) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const found = await runOf(visit, tx);
  return found === undefined ? { kind: 'not-found' } : work(found.round, found.run.id);
}

export async function actOnMatch(
  visit: TerritoryVisit,
  work: (id: MatchId) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const id = parseId<'match'>(visit.params['match'] ?? '');
  return id === undefined ? { kind: 'not-found' } : work(id);
}

/** Who may not act is answered like everywhere: as if there were nothing. */
export function refuse(reason: string, otherwise: () => ActionOutcome): ActionOutcome {
  return reason === 'not-allowed' || reason === 'not-found' ? { kind: 'not-found' } : otherwise();
}
