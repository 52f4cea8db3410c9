/** The lines of aid of one organisation, with what may be done about each. */
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import type { OrganisationId } from '../../../lib/ids.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { mayContestAid, mayDecideAid } from '../aid-policy.ts';
import type { AidLine } from '../aid-queries.server.ts';
import { leavesWindowOn } from '../aid.ts';
import { AidLineActs } from './aid-line-acts.tsx';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly lines: readonly AidLine[];
  readonly organisationId: OrganisationId;
  readonly visit: TerritoryVisit;
  readonly words: AidWords;
  readonly form: FormState;
}

export function AidLines({ lines, organisationId, visit, words, form }: Props) {
  const { t, write, money } = words;
  const columns: Column<AidLine>[] = [
    {
      key: 'title',
      title: t('column.title'),
      heading: true,
      cell: ({ title, authority }) => (
        <>
          {title} <span class="soft">{authority}</span>
        </>
      ),
    },
    { key: 'day', title: t('column.grantedOn'), cell: ({ grantedOn }) => write.date(grantedOn) },
    { key: 'amount', title: t('column.amount'), numeric: true, cell: ({ cents }) => money(cents) },
    { key: 'basis', title: t('column.basis'), cell: ({ basis }) => t(`basis.${basis}`) },
    {
      key: 'leaves',
      title: t('column.leaves'),
      cell: ({ grantedOn, state }) => (state === 'withdrawn' ? '–' : write.date(leavesWindowOn(grantedOn))),
    },
    { key: 'state', title: t('column.state'), cell: (line) => <State line={line} words={words} /> },
  ];
  if (mayDecideAid(visit.principal) || mayContestAid(visit.principal, organisationId))
    columns.push({
      key: 'acts',
      title: t('column.acts'),
      hideTitle: true,
      cell: (line) => (
        <AidLineActs line={line} organisationId={organisationId} visit={visit} words={words} form={form} />
      ),
    });
  return (
    <DataTable<AidLine>
      caption={t('lines.caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<EmptyState title={t('lines.empty')}>{t('lines.emptyBody')}</EmptyState>}
    />
  );
}

function State({ line, words: { t } }: { line: AidLine; words: AidWords }) {
  const tone = line.state === 'contested' ? 'warn' : line.state === 'withdrawn' ? 'neutral' : 'good';
  return (
    <>
      <Tags>
        <Tag tone={tone}>{t(`state.${line.state}`)}</Tag>
        {line.origin === 'declared' ? <Tag>{t('origin.declared')}</Tag> : null}
      </Tags>
      {line.contestReason === null ? null : <p class="small">{line.contestReason}</p>}
      {line.withdrawnReason === null ? null : <p class="small soft">{line.withdrawnReason}</p>}
    </>
  );
}
