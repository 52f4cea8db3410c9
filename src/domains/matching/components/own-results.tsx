/** A published round as an organisation sees it: its own matches, and its own needs that got less than they asked. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { isMemberOf } from '../../territory/principal.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { matchesAddress, plansAddress } from '../address.ts';
import type { MatchingText } from '../messages.ts';
import { unmetNeeds, type LightPlan } from '../plan.ts';
import type { LightPool } from '../pool.ts';
import type { OwnRound } from '../round-screen.server.ts';
import { MatchTable } from './match-table.tsx';
import { amount, namesOf, planTitle, unmetSentence } from './sentences.ts';
import { ROUND_TONES } from './tones.ts';

interface Screen {
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

export function OwnResults({ round, planned, matches, visit, t }: OwnRound & Screen) {
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <>
      <PageHead
        breadcrumb={[{ label: t('plans.short'), href: plansAddress(pathIn(visit)) }, { label: round.title }]}
        title={t('own.title', { n: matches.length })}
        tags={<Tag tone={ROUND_TONES[round.state]}>{t(`round.state.${round.state}`)}</Tag>}
        lead={
          <>
            {t('round.period', { period: write.period(round.startsOn, round.endsOn.subtract({ days: 1 })) })}
            {planned ? ` ${t('own.whole', { title: planTitle(t, planned.plan) })}` : null}
          </>
        }
        actions={
          matches.length > 0 ? <ButtonLink href={matchesAddress(pathIn(visit))}>{t('own.answer')}</ButtonLink> : null
        }
      />
      {matches.length > 0 && planned ? (
        <MatchTable
          matches={matches}
          names={namesOf(visit.locale, planned.pool)}
          caption={t('own.caption')}
          visit={visit}
          t={t}
        />
      ) : (
        <EmptyState title={t('own.empty.title')}>{t('own.empty')}</EmptyState>
      )}
      {planned ? <OwnUnmet {...planned} visit={visit} t={t} /> : null}
    </>
  );
}

function OwnUnmet({ pool, plan, visit, t }: Screen & { pool: LightPool; plan: LightPlan }) {
  const own = unmetNeeds(plan).filter(({ need }) => {
    const organisationId = pool.needs[need]?.organisationId;
    return organisationId !== undefined && isMemberOf(visit.principal, organisationId);
  });
  if (own.length === 0) return null;
  return (
    <Section title={t('own.unmet', { n: own.length })} lead={t('own.unmetLead')}>
      <div class="stack">
        {own.map(({ need, served, unmet }) => (
          <Panel
            level={3}
            title={<a href={`${pathIn(visit)}/besoins/${pool.needs[need]?.id}`}>{pool.needs[need]?.title}</a>}
          >
            <p>
              {t('own.got', {
                served,
                asked: amount(t, pool.needs[need]?.unit ?? 'half-day', pool.needs[need]?.left ?? 0),
              })}
            </p>
            <p>{unmetSentence(t, visit.locale, pool, need, unmet)}</p>
          </Panel>
        ))}
      </div>
    </Section>
  );
}
