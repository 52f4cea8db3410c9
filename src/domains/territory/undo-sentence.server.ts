/** Why a change cannot be taken back, in a sentence that names what leans on it. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { UndoAnswer } from './fact-undoing.server.ts';
import { factsText } from './messages.ts';
import { organisationNames } from './queries.server.ts';
import type { Obstacle } from './undo-obstacles.server.ts';
import type { TerritoryVisit } from './visit.ts';

type Refusal = Exclude<UndoAnswer, { ok: true }> | { readonly ok: false; readonly reason: 'not-allowed' | 'not-found' };

const NAMED_TABLES = [
  'needs',
  'offers',
  'memberships',
  'affiliations',
  'ledger_accounts',
  'organisation_ties',
] as const;
const MOST_NAMED = 5;

export async function undoSentence(
  tx: TerritoryTransaction,
  visit: Pick<TerritoryVisit, 'locale'>,
  refusal: Refusal,
): Promise<string> {
  const t = factsText(visit.locale);
  if (refusal.reason !== 'depended-on') return t(`undo.refused.${refusal.reason}`);
  const names = await organisationNames(
    tx,
    refusal.obstacles.map(({ organisationId }) => organisationId),
  );
  const parts = refusal.obstacles.slice(0, MOST_NAMED).map((obstacle) => {
    const name = names.get(obstacle.organisationId)?.name ?? '';
    return t('undo.obstacleOf', { name, obstacle: obstacleWords(obstacle, visit) });
  });
  return t('undo.refused.depended-on', { list: parts.join(' · '), n: refusal.obstacles.length - parts.length });
}

function obstacleWords(obstacle: Obstacle, visit: Pick<TerritoryVisit, 'locale'>): string {
  const t = factsText(visit.locale);
  if (obstacle.kind !== 'leaning-rows') return t(`undo.obstacle.${obstacle.kind}`);
  const table = NAMED_TABLES.find((name) => name === obstacle.table);
  return t(table === undefined ? 'undo.leaning.other' : `undo.leaning.${table}`, { n: obstacle.count });
}
