/** What loading a file will do, before anything is done: figures, first rows, remarks, refused rows. */
import { formatter } from '../../../i18n/format.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { addressWith, type TerritoryVisit } from '../../territory/visit.ts';
import type { Subject } from '../file-fields.ts';
import type { ImportedRow } from '../row-reading.ts';
import { countRemarks, type RefusedRow, type RemarkCount } from '../import.ts';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { noteSentence } from '../note-words.ts';
import { PlainText } from './plain-text.tsx';
import { amount } from './words.tsx';

const SAMPLE = 10;
const REFUSED_SHOWN = 50;

export interface PreviewFigures {
  readonly create: number;
  readonly already: number;
  readonly refused: number;
  readonly over: number;
  readonly organisations: number;
  readonly themes: number;
}

export function ImportFigures({
  visit,
  figures,
  isLoaded,
}: {
  visit: TerritoryVisit;
  figures: PreviewFigures;
  isLoaded: boolean;
}) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const more = [
    [figures.over, t('files.figure.over')],
    [figures.organisations, t('files.figure.organisations')],
    [figures.themes, t('files.figure.themes')],
  ] as const;
  return (
    <Figures>
      <Figure
        value={write.number(figures.create)}
        label={t(isLoaded ? 'files.figure.created' : 'files.figure.create')}
        href={isLoaded || figures.create === 0 ? undefined : '#apercu'}
      />
      <Figure value={write.number(figures.already)} label={t('files.figure.already')} />
      <Figure
        value={write.number(figures.refused)}
        label={t('files.figure.refused')}
        href={figures.refused > 0 ? '#refus' : undefined}
      />
      {more
        .filter(([n]) => n > 0)
        .map(([n, label]) => (
          <Figure value={write.number(n)} label={label} />
        ))}
    </Figures>
  );
}

export function SampleRows({
  visit,
  rows,
  subject,
  organisationNames,
}: {
  visit: TerritoryVisit;
  rows: readonly ImportedRow[];
  subject: Subject;
  organisationNames: ReadonlyMap<string, string>;
}) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (rows.length === 0) return null;
  const day = (row: ImportedRow) =>
    subject === 'needs' ? row.neededBy : row.conditions.availableUntil?.subtract({ days: 1 });
  return (
    <Section title={t('files.sample')} id="apercu">
      <DataTable<ImportedRow>
        caption={t('files.sampleCaption', { n: Math.min(SAMPLE, rows.length) })}
        rows={rows.slice(0, SAMPLE)}
        rowKey={({ number }) => String(number)}
        columns={[
          {
            key: 'title',
            title: t(subject === 'needs' ? 'column.need' : 'column.offer'),
            heading: true,
            cell: (row) => <SampleText row={row} />,
          },
          {
            key: 'organisation',
            title: t('column.organisation'),
            cell: ({ organisation }) =>
              'id' in organisation ? organisationNames.get(organisation.id) : organisation.name,
          },
          {
            key: 'kind',
            title: t('column.kind'),
            cell: ({ kind }) => (
              <Tags>
                <Tag>{kindLabel(visit.locale, kind)}</Tag>
              </Tags>
            ),
          },
          {
            key: 'units',
            title: t(subject === 'needs' ? 'column.asked' : 'column.capacity'),
            cell: ({ kind, units }) => amount(t, kind.unit, units),
          },
          {
            key: 'day',
            title: t(subject === 'needs' ? 'column.neededBy' : 'column.to'),
            cell: (row) => shownDay(day(row), write),
          },
          {
            key: 'remarks',
            title: t('files.remark'),
            kind: 'why',
            cell: ({ remarks }) => remarks.map((note) => noteSentence(visit.locale, note)).join(' '),
          },
        ]}
      />
    </Section>
  );
}

function shownDay(day: Temporal.PlainDate | null | undefined, write: ReturnType<typeof formatter>): string {
  return day === null || day === undefined ? '' : write.date(day);
}

/** The title, and the whole text for who wants to read it. */
function SampleText({ row }: { row: ImportedRow }) {
  if (row.body === '') return <>{row.title}</>;
  return (
    <More summary={row.title}>
      <div class="prose small">
        <PlainText text={row.body} />
      </div>
    </More>
  );
}

export function Remarks({ visit, rows }: { visit: TerritoryVisit; rows: readonly ImportedRow[] }) {
  const t = supportText(visit.locale);
  const remarks = countRemarks(rows);
  if (remarks.length === 0) return null;
  return (
    <Section title={t('files.remarks')} id="remarques">
      <DataTable<RemarkCount>
        caption={t('files.remarksCaption')}
        hideCaption
        rows={remarks}
        rowKey={({ note }) => `${note.code}-${note.field}`}
        columns={[
          { key: 'field', title: t('files.field'), heading: true, cell: ({ note }) => t(`files.field.${note.field}`) },
          { key: 'remark', title: t('files.example'), cell: ({ note }) => noteSentence(visit.locale, note) },
          { key: 'row', title: t('files.row'), numeric: true, cell: ({ number }) => number },
          { key: 'count', title: t('files.times'), numeric: true, cell: ({ count }) => count },
        ]}
      />
    </Section>
  );
}

export function RefusedRows({ visit, refused }: { visit: TerritoryVisit; refused: readonly RefusedRow[] }) {
  const t = supportText(visit.locale);
  if (refused.length === 0) return null;
  const caption =
    refused.length > REFUSED_SHOWN ? t('files.refusedCaption', { shown: REFUSED_SHOWN }) : t('files.refusedAll');
  return (
    <Section title={t('files.refusedTitle', { n: refused.length })} id="refus">
      <DataTable<RefusedRow>
        caption={caption}
        rows={refused.slice(0, REFUSED_SHOWN)}
        rowKey={({ number }) => String(number)}
        columns={[
          { key: 'row', title: t('files.row'), heading: true, cell: ({ number }) => number },
          {
            key: 'field',
            title: t('files.field'),
            cell: ({ notes }) => [...new Set(notes.map((note) => t(`files.field.${note.field}`)))].join(', '),
          },
          {
            key: 'reason',
            title: t('files.reason'),
            cell: ({ notes }) => notes.map((note) => noteSentence(visit.locale, note)).join(' '),
          },
        ]}
      />
      <p>
        <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
          {t('files.refusedDownload')}
        </a>
      </p>
    </Section>
  );
}
