/** Every undertaking with what fills its window, fullest first. */
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import type { UndertakingLine } from '../aid-queries.server.ts';
import { AidMeter } from './aid-meter.tsx';
import type { AidWords } from './aid-words.ts';

export function UndertakingTable({ lines, words }: { lines: readonly UndertakingLine[]; words: AidWords }) {
  const { t, money } = words;
  const columns: Column<UndertakingLine>[] = [
    {
      key: 'members',
      title: t('undertakings.members'),
      heading: true,
      cell: ({ members }) => <Members members={members} words={words} />,
    },
    {
      key: 'meter',
      title: t('undertakings.used'),
      cell: ({ usedCents, ceilingCents }) => (
        <AidMeter label={t('undertakings.window')} usedCents={usedCents} ceilingCents={ceilingCents} words={words} />
      ),
    },
    { key: 'room', title: t('undertakings.room'), numeric: true, cell: ({ roomCents }) => money(roomCents) },
    { key: 'lines', title: t('undertakings.lines'), numeric: true, cell: ({ lines: count }) => count },
  ];
  return (
    <DataTable<UndertakingLine>
      caption={t('undertakings.caption')}
      hideCaption
      rows={lines}
      rowKey={({ members }) => members[0]?.id ?? ''}
      columns={columns}
      empty={<EmptyState title={t('undertakings.empty')}>{t('undertakings.emptyBody')}</EmptyState>}
    />
  );
}

function Members({ members, words }: { members: UndertakingLine['members']; words: AidWords }) {
  return (
    <>
      {members.map(({ name, organisationSlug }, place) => (
        <>
          {place > 0 ? ' · ' : null}
          {organisationSlug === null ? name : <a href={words.firmHref(organisationSlug)}>{name}</a>}
        </>
      ))}
    </>
  );
}
