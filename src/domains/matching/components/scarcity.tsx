/** Beside a plan: what the territory lacks most, and the first needs that go without. */
import { formatNumber, formatPercent } from '../../../i18n/format.ts';
import { HorizontalBars } from '../../../ui/components/horizontal-bars.tsx';
import type { Tone } from '../../../ui/components/track.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { addressWith } from '../../territory/visit.ts';
import { unmetNeeds } from '../plan.ts';
import type { LightPool } from '../pool.ts';
import type { RunViewProps } from './view-props.ts';
import { amount, askerOf, freeingSentence, giverOf, namesOf, unmetSentence } from './sentences.ts';

const KINDS_SHOWN = 6;
const NEEDS_SHOWN = 3;
const TONES: readonly Tone[] = ['terracotta', 'ochre', 'green'];

export function Scarcity({ screen, visit, t }: RunViewProps) {
  const { pool, plan } = screen;
  const names = namesOf(visit.locale, pool);
  const unmet = unmetNeeds(plan).toSorted((a, b) => a.served - b.served || a.need - b.need);
  const shares = plan.scarcity
    .map((lack) => ({ ...lack, share: lack.missing / Math.max(1, askedOf(pool, lack.kind)) }))
    .toSorted((a, b) => b.share - a.share);
  const [worst] = plan.scarcity
    .filter(({ best }) => best !== null)
    .toSorted((a, b) => (b.best?.points ?? 0) - (a.best?.points ?? 0));
  const all = addressWith(visit, { vue: 'non-servis', paire: '', q: '', debut: '' });
  return (
    <aside class="stack" aria-label={t('scarcity.aside')}>
      <Panel title={t('scarcity.title')} lead={plan.scarcity.length > 0 ? t('scarcity.lead') : undefined}>
        {plan.scarcity.length === 0 ? (
          <p>{t('scarcity.none')}</p>
        ) : (
          <HorizontalBars
            caption={t('scarcity.caption')}
            hideCaption
            max={1}
            bars={shares.slice(0, KINDS_SHOWN).map(({ kind, unit, missing, share }, place) => ({
              label: (
                <>
                  {names.kind(kind)}
                  <br />
                  <span class="small soft">{t('scarcity.missing', { amount: amount(t, unit, missing) })}</span>
                </>
              ),
              value: share,
              text: formatPercent(visit.locale, share),
              tone: TONES[Math.min(place, TONES.length - 1)],
            }))}
          />
        )}
        {worst?.best ? (
          <p class="small foot-note">
            {t('scarcity.worth', {
              amount: amount(t, worst.unit, 1),
              giver: giverOf(pool, worst.best.offer).name,
              need: pool.needs[worst.best.serves]?.title ?? '',
              receiver: askerOf(pool, worst.best.serves).name,
              points: formatNumber(visit.locale, worst.best.points, { signed: true }),
            })}
          </p>
        ) : null}
      </Panel>
      {unmet.length > 0 ? (
        <Panel title={t('unserved.panel')}>
          <div class="stack">
            {unmet.slice(0, NEEDS_SHOWN).map(({ need, unmet: why }) => (
              <p>
                <strong>{askerOf(pool, need).name}</strong>, {pool.needs[need]?.title}
                <br />
                <span class="small soft">
                  {unmetSentence(t, visit.locale, pool, need, why)} {freeingSentence(t, visit.locale, pool, need, why)}
                </span>
              </p>
            ))}
          </div>
          <p class="small foot-note">
            <a href={all}>{t('unserved.all', { n: unmet.length })}</a>
          </p>
        </Panel>
      ) : null}
    </aside>
  );
}

function askedOf(pool: LightPool, kind: string): number {
  return pool.needs.reduce((sum, { kindCode, left }) => sum + (kindCode === kind ? left : 0), 0);
}
