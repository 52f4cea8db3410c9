/** What changes, in a sentence and four figures; stays in sight while a slider moves. */
import { formatNumber, formatPercent } from '../../../i18n/format.ts';
import { Button, ButtonLink } from '../../../ui/components/button.tsx';
import { changesIn } from '../what-if.ts';
import { nameOf, type ExplorerProps } from './explorer-props.ts';

export function Strip(props: ExplorerProps) {
  const { t, page, before, outcome, whatIf, acts, took, explored } = props;
  const write = (value: number) => formatNumber(page.locale, value);
  const share = (one: typeof outcome) => (one.least === null ? '–' : formatPercent(page.locale, one.least.share));
  const isChanged = changesIn(whatIf) > 0;
  return (
    <section class={explored.kind === 'impossible' ? 'strip warn' : 'strip'} aria-label={t('says.label')}>
      <p class="strip-says">
        <a href="#qui">{shortSentence(props)}</a>{' '}
        {took === undefined ? null : (
          <span class="soft small desk-only">
            {t('live.time', { ms: formatNumber(page.locale, took, { digits: took < 10 ? 1 : 0 }) })}
          </span>
        )}
      </p>
      {acts ? (
        <Button tone="quiet" small type="button" onClick={acts.reset} disabled={!isChanged}>
          {t('reset')}
        </Button>
      ) : isChanged ? (
        <ButtonLink tone="quiet" small href={page.address}>
          {t('reset')}
        </ButtonLink>
      ) : null}
      <dl>
        <Change {...props} label={t('figure.least')} before={share(before)} after={share(outcome)} />
        <Change {...props} label={t('figure.nothing')} before={write(before.nothing)} after={write(outcome.nothing)} />
        <Change {...props} label={t('figure.full')} before={write(before.full)} after={write(outcome.full)} />
        <Change {...props} label={t('figure.score')} before={write(before.score)} after={write(outcome.score)} />
      </dl>
    </section>
  );
}

/** Read aloud once the hand rests. */
export function fullSentence(props: ExplorerProps): string {
  const { t, page, before, outcome, explored, whatIf } = props;
  if (explored.kind !== 'found' || changesIn(whatIf) === 0) return shortSentence(props);
  const { least } = outcome;
  return [
    shortSentence(props),
    t('says.full', { full: outcome.full }),
    ...(least === null
      ? []
      : [t('says.least', { name: leastName(props), share: formatPercent(page.locale, least.share) })]),
    t('says.score', { points: formatNumber(page.locale, outcome.score - before.score, { signed: true }) }),
  ].join(' ');
}

function shortSentence(props: ExplorerProps): string {
  const { t, page, comparison, explored, whatIf } = props;
  if (explored.kind === 'impossible') return `${t('says.impossible')} ${impossibleReason(props, explored.reason)}`;
  if (explored.kind === 'nothing') return t('says.nothing');
  if (changesIn(whatIf) === 0) return t('says.same', { number: page.number });
  const changed = t('says.changed', { gains: comparison.gains.length, loses: comparison.loses.length });
  return explored.isProven ? changed : `${changed} ${t('says.bounded')}`;
}

function impossibleReason(
  props: ExplorerProps,
  reason: Extract<ExplorerProps['explored'], { kind: 'impossible' }>['reason'],
): string {
  const { t } = props;
  const { missing } = reason;
  if (reason.kind === 'need-overfilled')
    return t('impossible.need', { title: nameOf(props, 'need', reason.need).title, missing });
  if (reason.kind === 'offer-overfilled')
    return t('impossible.offer', { title: nameOf(props, 'offer', reason.offer).title, missing });
  return t('impossible.minimums', { missing });
}

function leastName({ problem, outcome }: ExplorerProps): string {
  return problem.data.organisations[outcome.least?.organisation ?? -1] ?? '';
}

interface ChangeProps extends Pick<ExplorerProps, 't'> {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

function Change({ t, label, before, after }: ChangeProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{before === after ? after : t('change', { before, after })}</dd>
    </div>
  );
}
