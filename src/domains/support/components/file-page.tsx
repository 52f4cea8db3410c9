/** The two screens of loading a file, for needs and for offers alike. For the team. */
import { formatter } from '../../../i18n/format.ts';
import { SIGN_IN } from '../../../platform/web/page.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FileField } from '../../../ui/components/file-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, territoryPage, type TerritoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import type { Subject } from '../file-fields.ts';
import { abandonFile, correctFile, loadFile, readReview, takeFile, WORDS, type Review } from '../import-acts.server.ts';
import { latestImports } from '../import-queries.server.ts';
import { MAX_FILE_BYTES, type Import } from '../import.ts';
import { supportText } from '../messages.ts';
import { mayLoadFiles } from '../policy.ts';
import { importForm } from '../import-schema.ts';
import { fileForm, importTwin, importsTwin, nothingForm } from '../twin-schema.ts';
import { ImportDone, ImportReview } from './import-review.tsx';

/** The file and what a browser writes around it. */
const UPLOAD_BYTES = MAX_FILE_BYTES + 64 * 1024;

/** Which file to load? */
export function filePage(subject: Subject): TerritoryPage<readonly Import[]> {
  return territoryPage<readonly Import[]>({
    path: `/:territory/${WORDS[subject]}/charger`,
    twin: {
      areas: ['support'],
      response: importsTwin,
      of: (files) => ({ files }),
      bodies: { default: fileForm },
    },
    maxBodyBytes: UPLOAD_BYTES,
    async load(visit, tx) {
      return mayLoadFiles(visit.principal) ? latestImports(tx, visit.principal, subject) : SIGN_IN;
    },
    actions: { default: (visit, input, tx) => takeFile(visit, input, tx, subject) },
    view(imports, visit, form) {
      const t = supportText(visit.locale);
      const back = pathIn(visit, WORDS[subject]);
      return {
        title: t(`files.title.${subject}`),
        width: 'reading',
        body: (
          <>
            <PageHead
              breadcrumb={[{ label: t(`${subject}.title`), href: back }, { label: t(`files.title.${subject}`) }]}
              title={t(`files.question.${subject}`)}
              lead={t('files.lead')}
            />
            <Form form={form} files idempotencyKey={formKey(visit)}>
              <FileField
                {...fieldsOf(form)('file')}
                label={t('files.file')}
                help={t('files.fileHelp')}
                maximum={t('files.maximum')}
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz"
              />
              <SubmitButton>{t('files.send')}</SubmitButton>
            </Form>
            <Latest visit={visit} imports={imports} />
          </>
        ),
      };
    },
  });
}

/** What will loading this file do? */
export function importPage(subject: Subject): TerritoryPage<Review | Import> {
  return territoryPage<Review | Import>({
    path: `/:territory/${WORDS[subject]}/charger/:import`,
    twin: {
      areas: ['support'],
      response: importTwin,
      of: reviewForPrograms,
      bodies: { preview: importForm(subject), load: importForm(subject), abandon: nothingForm },
    },
    load: (visit, tx) => readReview(visit, tx, subject),
    actions: {
      preview: (visit, input, tx) => correctFile(visit, input, tx, subject),
      load: (visit, input, tx) => loadFile(visit, input, tx, subject),
      abandon: (visit, input, tx) => abandonFile(visit, input, tx, subject),
    },
    view(data, visit, form) {
      const t = supportText(visit.locale);
      const given = 'given' in data ? data.given : data;
      const list = pathIn(visit, WORDS[subject]);
      const title =
        'given' in data
          ? t(`files.previewTitle.${subject}`, { n: data.lots.create.length })
          : given.report === null
            ? t('files.abandonedTitle')
            : t(`files.loadedTitle.${subject}`, { n: given.report.created });
      return {
        title,
        body: (
          <>
            <PageHead
              breadcrumb={[
                { label: t(`${subject}.title`), href: list },
                { label: t(`files.title.${subject}`), href: `${list}/charger` },
                { label: given.fileName },
              ]}
              title={title}
              lead={given.state === 'previewed' ? undefined : given.fileName}
            />
            {'given' in data ? (
              <ImportReview visit={visit} form={form} {...data} />
            ) : given.report === null ? null : (
              <ImportDone visit={visit} given={given} report={given.report} />
            )}
          </>
        ),
      };
    },
  });
}

function reviewForPrograms(data: Review | Import): object {
  if (!('given' in data)) return { file: data, preview: null };
  const { given, table, lots } = data;
  const [create, already] = [lots.create.length, lots.already.length];
  return {
    file: given,
    preview: { columns: table.columns, rows: table.rows.length, create, already, refused: lots.refused },
  };
}

function Latest({ visit, imports }: { visit: TerritoryVisit; imports: readonly Import[] }) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (imports.length === 0) return null;
  return (
    <Section title={t('files.latest')}>
      <DataTable<Import>
        caption={t('files.latest')}
        hideCaption
        rows={imports}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'file',
            title: t('files.column.file'),
            heading: true,
            cell: (each) => <a href={pathIn(visit, WORDS[each.subject], 'charger', each.id)}>{each.fileName}</a>,
          },
          { key: 'when', title: t('files.column.when'), cell: ({ createdAt }) => write.dateTime(createdAt) },
          {
            key: 'state',
            title: t('files.column.state'),
            cell: ({ state }) => <Tag tone={state === 'loaded' ? 'good' : 'warn'}>{t(`files.state.${state}`)}</Tag>,
          },
          {
            key: 'created',
            title: t('files.column.created'),
            numeric: true,
            cell: ({ report }) => report?.created ?? '',
          },
        ]}
      />
    </Section>
  );
}
