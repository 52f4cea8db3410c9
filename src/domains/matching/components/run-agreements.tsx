/** Who receives what from whom, and why; each line may be pinned or forbidden by hand. */
import type { ComponentChildren } from 'preact';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { addressWith, pathIn } from '../../territory/visit.ts';
import { runAddress } from '../address.ts';
import type { Agreement } from '../plan.ts';
import { runsRounds } from '../policy.ts';
import { takesTries } from '../round.ts';
import { shownAgreements } from './agreements-csv.ts';
import { DeadlineTag } from './deadline-tag.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import type { RunViewProps } from './view-props.ts';
import { Scarcity } from './scarcity.tsx';
import { askerOf, namesOf, whySentence } from './sentences.ts';

/** Needs on one page. */
const PAGE_SIZE = 200;

/** One need with everybody who gives to it. */
interface Line {
  readonly need: number;
  readonly agreements: readonly Agreement[];
}

export function RunAgreements(props: RunViewProps) {
  const { screen, visit, t } = props;
  const address = runAddress(pathIn(visit), screen.round.id, screen.run.id);
  const shown = shownAgreements(visit, screen);
  const lines = [...Map.groupBy(shown, ({ need }) => need)]
    .map(([need, agreements]): Line => ({ need, agreements }))
    .toSorted((a, b) => a.need - b.need);
  const start = readStart(visit.url.searchParams.get('debut'), lines.length);
  const words = visit.url.searchParams.get('q') ?? '';
  return (
    <div class="columns side">
      <div>
        <DecisionPanel {...props} />
        <FilterBar
          action={address}
          label={t('agreements.filter')}
          search={{ name: 'q', label: t('agreements.search'), value: words }}
          active={words === '' ? [] : [{ label: words, href: addressWith(visit, { q: '', debut: '' }) }]}
          exports={
            <a href={addressWith(visit, { format: 'csv', debut: '', paire: '' })} download data-no-prefetch>
              {t('agreements.export')}
            </a>
          }
        />
        <Lines {...props} lines={lines.slice(start, start + PAGE_SIZE)} />
        <Pager
          previousHref={
            start > 0 ? addressWith(visit, { debut: String(Math.max(0, start - PAGE_SIZE)), paire: '' }) : undefined
          }
          nextHref={
            start + PAGE_SIZE < lines.length
              ? addressWith(visit, { debut: String(start + PAGE_SIZE), paire: '' })
              : undefined
          }
        >
          {t('agreements.page', { from: start + 1, to: Math.min(lines.length, start + PAGE_SIZE), of: lines.length })}
        </Pager>
      </div>
      <Scarcity {...props} />
    </div>
  );
}

function Lines({ screen, visit, t, lines }: RunViewProps & { lines: readonly Line[] }) {
  const { pool, plan, round } = screen;
  const names = namesOf(visit.locale, pool);
  const base = pathIn(visit);
  const mayDecide = runsRounds(visit.principal) && takesTries(round.state);
  return (
    <DataTable<Line>
      caption={t(mayDecide ? 'agreements.captionTeam' : 'agreements.caption')}
      rows={lines}
      rowKey={({ need }) => String(need)}
      empty={<EmptyState title={t('agreements.empty.title')}>{t('agreements.empty')}</EmptyState>}
      columns={[
        {
          key: 'need',
          title: t('run.column.need'),
          heading: true,
          cell: ({ need }) => (
            <>
              <a href={`${base}/besoins/${pool.needs[need]?.id}`}>{askerOf(pool, need).name}</a>
              <br />
              {pool.needs[need]?.title} <NeedTag need={need} screen={screen} visit={visit} t={t} />
            </>
          ),
        },
        {
          key: 'givers',
          title: t('run.column.offer'),
          cell: (line) => (
            <Each
              line={line}
              draw={(one) => <Giver agreement={one} screen={screen} visit={visit} t={t} mayDecide={mayDecide} />}
            />
          ),
        },
        {
          key: 'units',
          title: t('run.column.units'),
          numeric: true,
          cell: ({ need, agreements }) => (
            <span title={t(`unitName.${pool.needs[need]?.unit ?? 'half-day'}`)}>
              <span class="units">{agreements.map(({ units }) => units).join(' + ')}</span> / {pool.needs[need]?.left}
            </span>
          ),
        },
        {
          key: 'why',
          title: t('run.column.why'),
          kind: 'why',
          cell: (line) => (
            <>
              <Each line={line} draw={(one) => <span>{whySentence(t, names, one.why)}</span>} />
              {plan.needs[line.need]?.unmet ? (
                <>
                  {' '}
                  <a href={`${addressWith(visit, { vue: 'non-servis', paire: '', q: '' })}#besoin-${line.need}`}>
                    {t('agreements.missing', { n: plan.needs[line.need]?.unmet?.missing ?? 0 })}
                  </a>
                </>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}

function Each({ line, draw }: { line: Line; draw: (agreement: Agreement) => ComponentChildren }) {
  return line.agreements.map((agreement, place) => (
    <>
      {place > 0 ? <br /> : null}
      {draw(agreement)}
    </>
  ));
}

function Giver({
  agreement,
  screen,
  visit,
  t,
  mayDecide,
}: Omit<RunViewProps, 'form'> & { agreement: Agreement; mayDecide: boolean }) {
  const [need, offer] = [screen.pool.needs[agreement.need], screen.pool.offers[agreement.offer]];
  const giver = screen.pool.organisations.find(({ id }) => id === offer?.organisationId);
  const decided = screen.decisions.find((one) => one.needId === need?.id && one.offerId === offer?.id);
  const label = decided === undefined ? t('decision.open') : t(`decision.is.${decided.decision}`);
  return (
    <>
      <a href={`${pathIn(visit)}/apports/${offer?.id}`}>{giver?.name}</a>, <span class="soft">{offer?.title}</span>{' '}
      {mayDecide ? (
        <a
          class="small nowrap"
          href={`${addressWith(visit, { paire: `${need?.id}.${offer?.id}` })}#decision`}
          aria-label={t('decision.openFor', { label, giver: giver?.name ?? '', need: need?.title ?? '' })}
          rel="nofollow"
        >
          {label}
        </a>
      ) : agreement.isPinned ? (
        <Tag tone="good">{t('decision.is.pin')}</Tag>
      ) : null}
    </>
  );
}

export function NeedTag({ need: place, screen, visit, t }: Omit<RunViewProps, 'form'> & { need: number }) {
  const need = screen.pool.needs[place];
  if (need === undefined) return null;
  if (need.neededBy === null) return need.urgency === 3 ? <Tag tone="warn">{t('urgent')}</Tag> : null;
  return <DeadlineTag day={Temporal.PlainDate.from(need.neededBy)} urgent={need.urgency === 3} visit={visit} t={t} />;
}

function readStart(text: string | null, length: number): number {
  const start = /^\d{1,9}$/u.test(text ?? '') ? Number(text) : 0;
  return start < length ? start - (start % PAGE_SIZE) : 0;
}
