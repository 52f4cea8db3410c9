/** What could not be read or found: row, field, reason; and the rows themselves, to correct and bring again. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { addressWith } from '../../territory/visit.ts';
import type { ProblemLine } from '../import-queries.server.ts';
import { importText } from '../messages.ts';
import type { ReviewProps } from './review-props.ts';

const FORMATS = ['xlsx', 'csv'] as const;

export function ImportProblems({ visit, problems, tables }: ReviewProps) {
  const t = importText(visit.locale);
  const nameOf = (table: number) => tables.find(({ position }) => position === table)?.name ?? '';
  const concerned = tables.filter(({ position }) => problems.some(({ table }) => table === position));
  return (
    <div class="stack">
      <p>{t('problems.rest')}</p>
      {concerned.map((table) => (
        <p>
          {t('problems.download', { table: table.name })}{' '}
          {FORMATS.map((format) => (
            <>
              <a href={addressWith(visit, { format, tableau: String(table.position) })} download data-no-prefetch>
                {format.toUpperCase()}
              </a>{' '}
            </>
          ))}
        </p>
      ))}
      <DataTable<ProblemLine>
        caption={t('problems.caption')}
        hideCaption
        rows={problems}
        rowKey={(each) => `${each.table} ${each.number} ${each.column} ${each.code} ${each.text}`}
        columns={[
          { key: 'table', title: t('table'), cell: ({ table }) => nameOf(table) },
          { key: 'row', title: t('row'), heading: true, cell: ({ number }) => number },
          { key: 'field', title: t('field'), cell: ({ column }) => column },
          {
            key: 'reason',
            title: t('reason'),
            cell: ({ code, text, isRefusal }) => (
              <>
                {isRefusal ? <Tag tone="warn">{t('problems.refused')}</Tag> : null} {t(`problem.${code}`, { text })}
              </>
            ),
          },
        ]}
        empty={<p>{t('empty')}</p>}
        dense
      />
    </div>
  );
}
