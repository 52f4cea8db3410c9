/** The mail that tells a person what the team decided of what they proposed, in their language. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ChangeId } from './fact-storing.server.ts';
import { FACT_RULES, type FactField, type WrittenFacts } from './facts.ts';
import { factsText } from './messages.ts';
import { pathIn, type TerritoryVisit } from './visit.ts';

export interface DecisionMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** None when its author has no address here, or decided it alone. */
export async function decisionMail(
  tx: TerritoryTransaction,
  visit: Pick<TerritoryVisit, 'territory' | 'services' | 'principal'>,
  changeId: ChangeId,
): Promise<DecisionMail | undefined> {
  const row = await tx
    .selectFrom('organisation_changes as c')
    .innerJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'c.territory_id').onRef('p.id', '=', 'c.author_id'),
    )
    .innerJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'c.territory_id').onRef('o.id', '=', 'c.organisation_id'),
    )
    .select(['p.id', 'p.email', 'p.locale', 'p.name', 'o.name as organisation', 'o.slug'])
    .select(['c.state', 'c.reason', 'c.after'])
    .where('c.territory_id', '=', tx.territoryId)
    .where('c.id', '=', changeId)
    .executeTakeFirst();
  if (row?.email == null || (visit.principal.kind === 'person' && visit.principal.personId === row.id))
    return undefined;
  const t = factsText(row.locale);
  const facts = Object.keys(row.after as WrittenFacts)
    .map((name) => (name in FACT_RULES ? t(`fact.${name as FactField}`) : name.replace(/^extra\./u, '')))
    .join(', ');
  const about = { organisation: row.organisation, facts };
  const text = [
    t('decision.hello', { name: row.name }),
    row.state === 'applied' ? t('decision.approved', about) : t('decision.refused', about),
    ...(row.reason === '' ? [] : [t('change.reason', { reason: row.reason })]),
    `${visit.services.publicOrigin}${pathIn(visit, 'organisations', row.slug)}`,
  ].join('\n\n');
  const subject =
    row.state === 'applied' ? t('decision.subject.approved', about) : t('decision.subject.refused', about);
  return { to: row.email, subject, text: `${text}\n` };
}
