/** Sessions as rows, and the same rows as a file. */
import type { ComponentChildren } from 'preact';
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { ledgerUnitOf } from '../../../lib/quantity.ts';
import { amountCell } from '../../ledger/amount.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { SessionView } from '../session-queries.server.ts';
import { phaseOf } from '../session.ts';
import { deliveryWords, PhaseTag } from './words.tsx';

interface SessionTableProps {
  readonly visit: TerritoryVisit;
  readonly sessions: readonly SessionView[];
  readonly caption: string;
  readonly empty: ComponentChildren;
  /** Past sessions say what was given, the others how long they are. */
  readonly isPast: boolean;
}

export function SessionTable({ visit, sessions, caption, empty, isPast }: SessionTableProps) {
  const words = deliveryWords(visit);
  const { t } = words;
  const given: Column<SessionView> = {
    key: 'given',
    title: t('column.given'),
    numeric: true,
    cell: (session) => (session.state === 'confirmed' ? words.amountOf(session, session.giver?.amount ?? 0n) : ''),
  };
  return (
    <DataTable<SessionView>
      caption={caption}
      hideCaption
      rows={sessions}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'session',
          title: t('column.session'),
          heading: true,
          cell: ({ id, needTitle }) => <a href={words.sessionHref(id)}>{needTitle}</a>,
        },
        {
          key: 'when',
          title: t('column.when'),
          cell: (session) => <time datetime={session.startsAt.toString()}>{words.when(session)}</time>,
        },
        { key: 'giver', title: t('column.giver'), cell: ({ giverName }) => giverName },
        { key: 'receiver', title: t('column.receiver'), cell: ({ receiverName }) => receiverName },
        isPast
          ? given
          : {
              key: 'duration',
              title: t('column.duration'),
              numeric: true,
              cell: ({ durationMinutes }) => words.write.hours(durationMinutes),
            },
        { key: 'state', title: t('column.state'), cell: (session) => <PhaseTag session={session} visit={visit} /> },
      ]}
    />
  );
}

export function sessionsCsv(visit: TerritoryVisit, sessions: readonly SessionView[]): string {
  const words = deliveryWords(visit);
  const { t } = words;
  return writeCsv<SessionView>(
    [
      {
        label: t('column.when'),
        cell: ({ startsAt }) =>
          startsAt.toZonedDateTimeISO(visit.territory.zone).toString({ smallestUnit: 'minute', timeZoneName: 'never' }),
      },
      { label: t('column.session'), cell: ({ needTitle }) => needTitle },
      { label: t('column.kind'), cell: (session) => words.kind(session) },
      { label: t('column.giver'), cell: ({ giverName }) => giverName },
      { label: t('column.receiver'), cell: ({ receiverName }) => receiverName },
      { label: t('column.duration'), cell: ({ durationMinutes }) => amountCell('minute', BigInt(durationMinutes)) },
      { label: t('column.state'), cell: (session) => t(`phase.${phaseOf(session, visit.now)}`) },
      {
        label: t('column.given'),
        cell: ({ state, unit, giver }) =>
          state === 'confirmed' ? amountCell(ledgerUnitOf(unit), giver?.amount ?? 0n) : null,
      },
      { label: t('account.unit'), cell: ({ unit }) => t(`unit.${ledgerUnitOf(unit)}`) },
    ],
    sessions,
  );
}
