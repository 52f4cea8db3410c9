/** Who gains and who loses, and what one more unit of each offer would be worth. */
import { formatNumber } from '../../../i18n/format.ts';
import { HorizontalBars } from '../../../ui/components/horizontal-bars.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import type { NeedChange, Price } from '../explore.ts';
import { changesIn } from '../what-if.ts';
import { nameOf, unitOf, type ExplorerProps } from './explorer-props.ts';

const CHANGES_SHOWN = 6;
const PRICES_SHOWN = 8;

export function WhoChanges(props: ExplorerProps) {
  const { t, comparison, whatIf } = props;
  const { gains, loses, added, withdrawn } = comparison;
  const isSame = gains.length + loses.length + added.length + withdrawn.length === 0;
  return (
    <Panel id="qui" title={t('who.title')}>
      {isSame ? <p class="soft">{t(changesIn(whatIf) === 0 ? 'who.same' : 'who.none')}</p> : null}
      <Changes {...props} title={t('who.loses', { n: loses.length })} list={loses} tone="warn" />
      <Changes {...props} title={t('who.gains', { n: gains.length })} list={gains} tone="good" />
      <Changes {...props} title={t('who.added', { n: added.length })} list={added} tone="info" />
      <Changes {...props} title={t('who.withdrawn', { n: withdrawn.length })} list={withdrawn} tone="neutral" />
    </Panel>
  );
}

interface ChangesProps extends ExplorerProps {
  readonly title: string;
  readonly list: readonly NeedChange[];
  readonly tone: 'good' | 'warn' | 'info' | 'neutral';
}

function Changes(props: ChangesProps) {
  const { t, title, list } = props;
  if (list.length === 0) return null;
  const rest = list.slice(CHANGES_SHOWN);
  return (
    <>
      <h3 class="small">{title}</h3>
      <ChangeList {...props} list={list.slice(0, CHANGES_SHOWN)} />
      {rest.length > 0 ? (
        <More summary={t('who.more', { n: rest.length })}>
          <ChangeList {...props} list={rest} />
        </More>
      ) : null}
    </>
  );
}

function ChangeList(props: ChangesProps) {
  const { t, page, list, tone } = props;
  return (
    <ul class="changes">
      {list.map((one) => {
        const { name, title, isAdded } = nameOf(props, 'need', one.need);
        const { before, after, wanted } = one;
        return (
          <li key={one.need}>
            <Tag tone={tone}>{formatNumber(page.locale, after - before, { signed: true })}</Tag>
            <span>
              <strong>{name}</strong>, {title}{' '}
              <span class="soft nowrap">
                {isAdded ? t('who.addedLine', { after, wanted }) : t('who.line', { before, after, wanted })}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

export function Prices(props: ExplorerProps) {
  const { t, explored } = props;
  const prices = explored.kind === 'found' ? explored.prices : [];
  const rest = prices.slice(PRICES_SHOWN);
  const isKnown = explored.kind === 'found' && explored.isProven;
  return (
    <Panel id="prix" title={t('prices.title')} lead={prices.length > 0 ? t('prices.lead') : undefined}>
      {prices.length === 0 ? <p class="soft">{t(isKnown ? 'prices.none' : 'prices.unknown')}</p> : null}
      {prices.length > 0 ? <PriceBars {...props} prices={prices.slice(0, PRICES_SHOWN)} of={prices} /> : null}
      {rest.length > 0 ? (
        <More summary={t('prices.more', { n: rest.length })}>
          <PriceBars {...props} prices={rest} of={prices} />
        </More>
      ) : null}
    </Panel>
  );
}

function PriceBars(props: ExplorerProps & { readonly prices: readonly Price[]; readonly of: readonly Price[] }) {
  const { t, page, prices, of } = props;
  return (
    <HorizontalBars
      caption={t('prices.caption')}
      hideCaption
      max={Math.max(1, ...of.map(({ points }) => points))}
      bars={prices.map(({ offer, serves, points }) => {
        const giver = nameOf(props, 'offer', offer);
        const served = serves === null ? undefined : nameOf(props, 'need', serves);
        return {
          label: (
            <>
              {giver.name}, {giver.title}
              <br />
              <span class="small soft">
                {t(`unit.${unitOf(props, giver.kind)}`, { n: 1 })}{' '}
                {served ? t('prices.serves', { name: served.name, title: served.title }) : t('prices.closer')}
              </span>
            </>
          ),
          value: Math.max(0, points),
          text: formatNumber(page.locale, points, { signed: true }),
          tone: serves === null ? 'slate' : 'green',
        };
      })}
    />
  );
}
