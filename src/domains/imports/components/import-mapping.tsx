/** What each table and each column mean: proposed, with examples, and corrected by a person. */
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select, SelectOptions } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { textOfCell } from '../../support/cells.ts';
import { directoryText, factsText } from '../../territory/messages.ts';
import { PARTS } from '../../territory/organisation.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { Import } from '../import.ts';
import { columnField, partField, subjectField } from '../mapping-form.ts';
import { importText } from '../messages.ts';
import type { ColumnLook, ImportTable } from '../table.ts';
import { fieldsOf as fieldsOfSubject, SUBJECTS, type FieldName } from '../table-fields.ts';

export interface MappingProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly given: Import;
  readonly tables: readonly ImportTable[];
}

export function ImportMapping(props: MappingProps) {
  const { visit, form, given, tables } = props;
  const t = importText(visit.locale);
  return (
    <>
      <Form form={form} idempotencyKey={formKey(visit)}>
        <TextField
          {...fieldsOf(form)('source', given.source)}
          label={t('source')}
          help={t('sourceHelp')}
          maxlength={80}
        />
        {tables.map((table) => (
          <TableMapping {...props} table={table} />
        ))}
        <div class="row">
          <SubmitButton action="preview">{t('preview')}</SubmitButton>
          <SubmitButton action="correct" tone="quiet">
            {t('refresh')}
          </SubmitButton>
        </div>
      </Form>
      <Form name="stop" idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="plain">{t('abandon')}</SubmitButton>
      </Form>
    </>
  );
}

function TableMapping({ visit, form, tables, table }: MappingProps & { readonly table: ImportTable }) {
  const t = importText(visit.locale);
  const directory = directoryText(visit.locale);
  const field = fieldsOf(form);
  const { settings, columns } = table;
  const names = columns.map(({ name }) => name);
  return (
    <Section title={t('table.rows', { name: table.name, rows: table.rowCount, columns: columns.length })}>
      {settings.subject === 'none' ? (
        <Notice tone="info">{t('noSubject', { columns: names.slice(0, 8).join(', ') })}</Notice>
      ) : null}
      <div class="columns two">
        <Select
          {...field(subjectField(table.position), settings.subject)}
          label={t('subject')}
          blank={false}
          options={SUBJECTS.map((value) => ({ value, label: t(`subject.${value}`) }))}
        />
        {settings.subject === 'organisations' ? (
          <Select
            {...field(partField(table.position), settings.part)}
            label={t('part')}
            blank={false}
            options={PARTS.map((value) => ({ value, label: directory(`part.${value}`) }))}
          />
        ) : null}
      </div>
      {settings.subject === 'none' ? null : (
        <DataTable<ColumnLook & { readonly place: number }>
          caption={table.name}
          hideCaption
          dense
          rows={columns.map((column, place) => ({ ...column, place }))}
          rowKey={({ name }) => name}
          columns={[
            { key: 'column', title: t('column'), heading: true, cell: ({ name }) => name },
            { key: 'example', title: t('example'), kind: 'why', cell: exampleOf },
            {
              key: 'means',
              title: t('means'),
              cell: (column) => (
                <ColumnTarget visit={visit} form={form} table={table} tables={tables} column={column} />
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

interface TargetProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly table: ImportTable;
  readonly tables: readonly ImportTable[];
  readonly column: { readonly name: string; readonly place: number };
}

function ColumnTarget({ visit, form, table, tables, column }: TargetProps) {
  const t = importText(visit.locale);
  const name = columnField(table.position, column.place);
  const target = table.settings.columns[column.name] ?? '';
  const sought = tables.find(({ position }) => position === table.settings.references[column.name]);
  const sent = form.values[name];
  return (
    <>
      <select class="input" name={name} aria-label={`${t('means')} : ${column.name}`}>
        <SelectOptions
          value={typeof sent === 'string' ? sent : target}
          options={[
            { value: '', label: t('target.none') },
            ...(table.settings.subject === 'organisations' ? [{ value: 'extra', label: t('target.extra') }] : []),
            {
              label: t('target.group'),
              options: fieldsOfSubject(table.settings.subject).map((value) => ({
                value,
                label: fieldLabel(visit, value),
              })),
            },
          ]}
        />
      </select>
      {sought === undefined ? null : <p class="soft small">{t('soughtIn', { table: sought.name })}</p>}
    </>
  );
}

const OWN_LABELS = [
  'key',
  'firstName',
  'lastName',
  'email',
  'person',
  'organisation',
  'title',
  'since',
  'until',
  'phase',
  'phaseSince',
  'phaseUntil',
  'incubatedBy',
  'sponsoredBy',
  'partOf',
  'memberOf',
] as const;

export function fieldLabel(visit: TerritoryVisit, field: FieldName): string {
  const own = OWN_LABELS.find((each) => each === field);
  if (own !== undefined) return importText(visit.locale)(`field.${own}`);
  return factsText(visit.locale)(`fact.${field as 'name'}`);
}

/** The first cells that differ, shortened. */
function exampleOf({ samples }: ColumnLook): string {
  const texts = samples.map((cell) => (cell === null ? '' : textOfCell(cell).replaceAll(/\s+/gu, ' ')));
  const shown = [...new Set(texts.filter((text) => text !== ''))].slice(0, 2);
  return shown.map((text) => (text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text)).join(' · ');
}
