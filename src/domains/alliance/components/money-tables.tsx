/** Sources and uses as a picture, and the same in two tables. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FlowPicture } from '../../../ui/components/flow-picture.tsx';
import { Section } from '../../../ui/components/section.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { MoneySource, MoneyUse, MoneyYear } from '../money-queries.server.ts';
import { flowOf, isMadeUp, moneyWords, sourceId } from './money-words.ts';

interface MoneyProps {
  readonly visit: TerritoryVisit;
  readonly year: MoneyYear;
}

export function MoneyPicture({ visit, year }: MoneyProps) {
  const words = moneyWords(visit);
  const { t, money } = words;
  const flow = flowOf(year);
  const sources = new Map(year.sources.map((source) => [sourceId(source), source]));
  const uses = new Map<string, MoneyUse>(year.uses.map((use) => [use.nature, use]));
  const labelOf = (id: string) => {
    if (isMadeUp(id)) return t(`money.${id}`);
    const [source, use] = [sources.get(id), uses.get(id)];
    return source === undefined ? (use === undefined ? id : words.use(use)) : words.source(source);
  };
  return (
    <FlowPicture
      label={t('money.picture', { income: money(year.incomeCents), spent: money(year.spentCents) })}
      unit={t('money.unit')}
      left={flow.sources.map(({ id }) => {
        const source = sources.get(id);
        return {
          id,
          label: labelOf(id),
          tone: source === undefined ? 'ink' : source.kind === 'partner' ? 'green' : 'slate',
          href: source === undefined ? undefined : words.sourceHref(source),
        };
      })}
      right={flow.uses.map(({ id }) => ({ id, label: labelOf(id) }))}
      links={flow.ribbons.map(({ from, to, cents }) => ({ from, to, value: Number(cents) }))}
      write={(cents) => words.write.money(BigInt(cents), { round: true })}
      height={320}
    />
  );
}

export function MoneyTables({ visit, year }: MoneyProps) {
  const words = moneyWords(visit);
  const { t, money } = words;
  return (
    <div class="columns two section">
      <Section title={t('money.sources')}>
        <DataTable<MoneySource>
          caption={t('money.sources')}
          hideCaption
          dense
          rows={year.sources}
          rowKey={sourceId}
          empty={<p class="soft">{t('none')}</p>}
          columns={[
            {
              key: 'source',
              title: t('column.source'),
              heading: true,
              cell: (source) => {
                const href = words.sourceHref(source);
                return href === undefined ? words.source(source) : <a href={href}>{words.source(source)}</a>;
              },
              total: t('total'),
            },
            {
              key: 'cents',
              title: t('column.amount'),
              numeric: true,
              cell: ({ cents }) => money(cents),
              total: money(year.incomeCents),
            },
          ]}
        />
      </Section>
      <Section title={t('money.uses')}>
        <DataTable<MoneyUse>
          caption={t('money.uses')}
          hideCaption
          dense
          rows={year.uses}
          rowKey={({ nature }) => nature}
          empty={<p class="soft">{t('none')}</p>}
          columns={[
            { key: 'use', title: t('column.use'), heading: true, cell: words.use, total: t('total') },
            {
              key: 'cents',
              title: t('column.amount'),
              numeric: true,
              cell: ({ cents }) => money(cents),
              total: money(year.spentCents),
            },
          ]}
        />
      </Section>
    </div>
  );
}
