/** The texts of an agreement and what happened to it, the latest first. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { AgreementLine, FactLine } from '../agreement-queries.server.ts';
import { AGREEMENT_EVENTS } from '../events.ts';
import { allianceWords, StateTag } from './words.tsx';

interface HistoryProps {
  readonly visit: TerritoryVisit;
  readonly texts: readonly AgreementLine[];
  readonly facts: readonly FactLine[];
}

export function AgreementHistory({ visit, texts, facts }: HistoryProps) {
  const words = allianceWords(visit);
  const { t, write } = words;
  return (
    <Section title={t('agreement.history')}>
      {texts.length < 2 ? null : (
        <DataTable<AgreementLine>
          caption={t('agreement.textsCaption')}
          hideCaption
          rows={texts}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'text',
              title: t('column.text'),
              heading: true,
              cell: (text) => <a href={words.agreementHref(text.id)}>{words.textName(text)}</a>,
            },
            { key: 'period', title: t('column.period'), cell: words.period },
            { key: 'state', title: t('column.state'), cell: (text) => <StateTag agreement={text} visit={visit} /> },
            { key: 'cents', title: t('column.cents'), numeric: true, cell: ({ cents }) => words.money(cents) },
          ]}
        />
      )}
      <Timeline
        moments={facts.flatMap((fact) => {
          const kind = AGREEMENT_EVENTS.find((each) => each === fact.kind);
          if (kind === undefined) return [];
          const { cents, reason } = fact.payload;
          const by = fact.personName === null ? '' : t('event.by', { person: fact.personName });
          const isUndone = kind.endsWith('-cancelled') || kind.endsWith('-reversed');
          return [
            {
              when: write.dateTime(fact.at, { year: true }),
              dateTime: fact.at.toString(),
              title: t(`event.${kind}`, { amount: typeof cents === 'string' ? words.money(BigInt(cents)) : '' }),
              detail: [typeof reason === 'string' ? reason : '', by].filter((text) => text !== '').join(', '),
              tone: isUndone ? ('warn' as const) : undefined,
            },
          ];
        })}
      />
    </Section>
  );
}
