/** Which plans were made, and what did each bring? */
import { formatter, type Formatter } from '../../../i18n/format.ts';
import { SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { mayReadConflicts } from '../../territory/policy.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { plansAddress, roundAddress, conflictsAddress } from '../address.ts';
import { ROUND_TONES } from '../components/tones.ts';
import { matchingText, type MatchingText } from '../messages.ts';
import { mayReadPlans, mayReadRounds, runsRounds } from '../policy.ts';
import { listRounds, type RoundLine } from '../round-queries.server.ts';
import { plansTwin } from '../twin-schema.ts';

interface Data {
  readonly rounds: readonly RoundLine[];
}

export const plansPage = territoryPage<Data>({
  path: '/:territory/plans',
  twin: { areas: ['matching'], response: plansTwin },
  async load(visit, tx) {
    if (!mayReadRounds(visit.principal)) return SIGN_IN;
    return { rounds: await listRounds(tx, { publishedOnly: !mayReadPlans(visit.principal) }) };
  },
  view({ rounds }, visit) {
    const t = matchingText(visit.locale);
    const create = runsRounds(visit.principal) ? (
      <ButtonLink href={`${plansAddress(pathIn(visit))}/nouveau`}>{t('plans.new')}</ButtonLink>
    ) : null;
    return {
      title: t('plans.short'),
      body: (
        <>
          <PageHead
            title={t('plans.title', { n: rounds.length })}
            lead={t('plans.lead')}
            actions={
              <>
                {mayReadConflicts(visit.principal) ? (
                  <ButtonLink tone="quiet" href={conflictsAddress(pathIn(visit))}>
                    {t('conflicts.short')}
                  </ButtonLink>
                ) : null}
                {rounds.length > 0 ? create : null}
              </>
            }
          />
          <DataTable<RoundLine>
            caption={t('plans.caption')}
            rows={rounds}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title={t('plans.empty.title')} action={create}>
                {t(runsRounds(visit.principal) ? 'plans.empty.team' : 'plans.empty.other')}
              </EmptyState>
            }
            columns={columnsOf(visit, t)}
          />
        </>
      ),
    };
  },
});

function columnsOf(visit: TerritoryVisit, t: MatchingText): Column<RoundLine>[] {
  const write = formatter(visit.locale, visit.territory.zone);
  const base = pathIn(visit);
  const tries: Column<RoundLine>[] = mayReadPlans(visit.principal)
    ? [{ key: 'runs', title: t('plans.column.runs'), numeric: true, cell: ({ runs }) => write.number(runs) }]
    : [];
  return [
    {
      key: 'title',
      title: t('plans.column.title'),
      heading: true,
      cell: ({ id, title }) => <a href={roundAddress(base, id)}>{title}</a>,
    },
    {
      key: 'period',
      title: t('plans.column.period'),
      cell: ({ startsOn, endsOn }) => write.period(startsOn, endsOn.subtract({ days: 1 })),
    },
    {
      key: 'state',
      title: t('plans.column.state'),
      cell: ({ state }) => <Tag tone={ROUND_TONES[state]}>{t(`round.state.${state}`)}</Tag>,
    },
    { key: 'served', title: t('plans.column.served'), numeric: true, cell: (round) => servedOf(round, write) },
    {
      key: 'least',
      title: t('plans.column.least'),
      numeric: true,
      cell: ({ summary }) => (summary?.leastCovered ? write.percent(summary.leastCovered.perMille / 1000) : ''),
    },
    ...tries,
  ];
}

function servedOf({ summary }: RoundLine, write: Formatter) {
  if (summary === null) return '';
  return (
    <>
      <span class="units">{write.number(summary.served)}</span> / {write.number(summary.needs)}
    </>
  );
}
