/** Everything that a partner's page shows: what it promised, what came of it, and what is asked of it now. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { committedBy, listAgreements, type AgreementLine } from '../alliance/agreement-queries.server.ts';
import { delegationsOf } from '../matching/delegation.server.ts';
import { waitingFor } from '../matching/match.ts';
import { listMatches, type Match } from '../matching/match-queries.server.ts';
import type { Organisation } from '../territory/organisation.ts';
import { isMemberOf } from '../territory/principal.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { accountOf } from './account-queries.server.ts';
import { promiseLines, type PromiseLine } from './promise.ts';
import { listSessions, type SessionView } from './session-queries.server.ts';

/** A match as its own domain tells it. */
export type AskedMatch = Match;

export interface PromiseScreen {
  readonly organisation: Organisation;
  readonly year: number;
  readonly lines: readonly PromiseLine[];
  readonly agreements: readonly AgreementLine[];
  /** For its own people alone. */
  readonly asked: readonly AskedMatch[];
  readonly upcoming: readonly SessionView[];
  /** Who of this organisation carries what is asked. */
  readonly carriers: ReadonlyMap<string, string>;
}

const MOST_ASKED = 20;

export async function promiseScreen(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  organisation: Organisation,
  year: number,
): Promise<PromiseScreen> {
  const period = { from: new Temporal.PlainDate(year, 1, 1), until: new Temporal.PlainDate(year + 1, 1, 1) };
  const { given } = await accountOf(tx, organisation.id, period);
  const screen = {
    organisation,
    year,
    lines: promiseLines(await committedBy(tx, organisation.id, year), given),
    agreements: await listAgreements(tx, { withDrafts: false, organisationIds: [organisation.id] }),
  };
  if (!isMemberOf(visit.principal, organisation.id)) return { ...screen, asked: [], upcoming: [], carriers: new Map() };
  const waiting = await listMatches(tx, visit.principal, { state: 'waiting' }, undefined, MOST_ASKED);
  const next = await listSessions(tx, visit.principal, { phase: 'upcoming' }, visit.now, undefined, MOST_ASKED);
  const asked = waiting.matches.filter(
    (match) => match.offerOrganisationId === organisation.id && waitingFor(match).includes('offer'),
  );
  const handed = await delegationsOf(
    tx,
    asked.map(({ id }) => id),
  );
  return {
    ...screen,
    asked,
    carriers: new Map(handed.filter(({ side }) => side === 'offer').map(({ matchId, name }) => [matchId, name])),
    upcoming: next.sessions.filter(({ giverId }) => giverId === organisation.id),
  };
}
