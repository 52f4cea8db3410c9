/** Which files should fill the directory, and what became of the earlier ones? For the team. */
import { formatter } from '../../../i18n/format.ts';
import { SIGN_IN } from '../../../platform/web/page.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FileField } from '../../../ui/components/file-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { addressOf, takeFiles } from '../import-acts.server.ts';
import { listImports } from '../import-queries.server.ts';
import { isUnderWay, MAX_IMPORT_BYTES, type Import } from '../import.ts';
import { importText } from '../messages.ts';
import { mayImport } from '../policy.ts';
import { importFiles, importsTwin } from '../twin-schema.ts';

export const importsPage = territoryPage<readonly Import[]>({
  path: '/:territory/imports',
  twin: {
    areas: ['directory', 'people'],
    response: importsTwin,
    of: (imports) => ({ imports }),
    bodies: { default: importFiles },
  },
  maxBodyBytes: MAX_IMPORT_BYTES + 1024 * 1024,
  maySendFiles: (visit) => mayImport(visit.principal),
  async load(visit, tx) {
    return mayImport(visit.principal) ? listImports(tx) : SIGN_IN;
  },
  actions: { default: takeFiles },
  view(imports, visit, form) {
    const t = importText(visit.locale);
    return {
      title: t('title'),
      width: 'reading',
      body: (
        <>
          <PageHead title={t('question')} lead={t('lead')} />
          <Form form={form} files idempotencyKey={formKey(visit)}>
            <FileField
              {...fieldsOf(form)('files')}
              label={t('files')}
              help={t('filesHelp')}
              maximum={t('maximum')}
              accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,.xlsx"
              multiple
            />
            <SubmitButton>{t('send')}</SubmitButton>
          </Form>
          <Latest visit={visit} imports={imports} />
        </>
      ),
    };
  },
});

function Latest({ visit, imports }: { visit: TerritoryVisit; imports: readonly Import[] }) {
  const t = importText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (imports.length === 0) return null;
  const isDone = ({ state }: Import) => state === 'applied' || state === 'undone';
  return (
    <Section title={t('latest')}>
      <DataTable<Import>
        caption={t('latest')}
        hideCaption
        rows={imports}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'files',
            title: t('column.files'),
            heading: true,
            cell: (each) => <a href={addressOf(visit, each.id)}>{each.fileNames.join(', ')}</a>,
          },
          { key: 'when', title: t('column.when'), cell: ({ createdAt }) => write.dateTime(createdAt) },
          { key: 'who', title: t('column.who'), cell: ({ createdBy }) => createdBy ?? '' },
          {
            key: 'state',
            title: t('column.state'),
            cell: ({ state }) => <Tag tone={toneOf(state)}>{t(`state.${state}`)}</Tag>,
          },
          {
            key: 'created',
            title: t('column.created'),
            numeric: true,
            cell: (each) => (isDone(each) ? write.number(each.counts.create) : ''),
          },
          {
            key: 'changed',
            title: t('column.changed'),
            numeric: true,
            cell: (each) => (isDone(each) ? write.number(each.counts.change) : ''),
          },
        ]}
      />
    </Section>
  );
}

function toneOf(state: Import['state']): 'good' | 'warn' | undefined {
  if (state === 'applied') return 'good';
  return isUnderWay(state) || state === 'mapping' || state === 'previewed' || state === 'failed' ? 'warn' : undefined;
}
