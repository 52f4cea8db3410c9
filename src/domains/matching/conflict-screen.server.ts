/** What the page of ties shows: what is to be answered now, what was declared, what was answered. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import {
  listConflictAnswers,
  listConflicts,
  namedOrganisations,
  type NamedOrganisation,
  type ConflictAnswerLine,
  type ConflictLine,
} from '../territory/conflict-queries.server.ts';
import type { ConflictQuestion } from '../territory/conflict.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { gatherPool } from './pool.server.ts';

export type { NamedOrganisation, ConflictAnswerLine, ConflictLine };

export interface ConflictScreen {
  readonly questions: readonly ConflictQuestion[];
  readonly ties: readonly ConflictLine[];
  readonly answers: readonly ConflictAnswerLine[];
  readonly organisations: readonly NamedOrganisation[];
}

export async function loadConflicts(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<ConflictScreen> {
  const { questions } = await gatherPool(tx, {
    roundId: null,
    startsOn: visit.today,
    endsOn: visit.today.add({ days: 1 }),
    today: visit.today,
    withoutTexts: true,
  });
  return {
    questions,
    ties: await listConflicts(tx),
    answers: await listConflictAnswers(tx),
    organisations: await namedOrganisations(tx),
  };
}
