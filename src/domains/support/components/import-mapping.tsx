/** Which column is which field, and what holds when the file says nothing: corrected by a person. */
import type { FormState } from '../../../lib/form-state.ts';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf as formFields } from '../../../ui/form-state.ts';
import { directoryText } from '../../territory/messages.ts';
import { PARTS } from '../../territory/organisation.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { textOfCell } from '../cells.ts';
import { FIELD_SPECS, fieldsOf, type FieldName } from '../file-fields.ts';
import { columnField } from '../import-schema.ts';
import type { Import } from '../import.ts';
import { kindLabel, type SupportKind } from '../kind.ts';
import { supportText } from '../messages.ts';
import { VISIBILITIES } from '../need.ts';
import type { OrganisationOption } from '../stated-queries.server.ts';

export interface MappingProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly given: Import;
  readonly columns: readonly string[];
  /** The first rows, for an example of each column. */
  readonly rows: readonly { readonly cells: readonly (string | readonly string[] | undefined)[] }[];
  readonly kinds: readonly SupportKind[];
  readonly organisations: readonly OrganisationOption[];
}

/** Settings first, since most files lack the same few answers; the columns are folded once they are well guessed. */
export function ImportMapping(props: MappingProps) {
  const { visit, form, given, columns } = props;
  const t = supportText(visit.locale);
  const recognised = new Set(Object.values(given.mapping).flat()).size;
  return (
    <Form form={form} name="preview" idempotencyKey={formKey(visit)}>
      <Section title={t('files.defaults')} id="reglages">
        <Settings {...props} />
      </Section>
      <More
        summary={t('files.columns', { n: recognised, of: columns.length })}
        open={given.mapping.title === undefined}
      >
        <div class="stack">
          <p class="soft small">{t('files.mappingLead')}</p>
          <div class="columns two">{fieldsOf(given.subject).flatMap((field) => columnSelects(props, field))}</div>
        </div>
      </More>
      <div class="row">
        <SubmitButton tone="quiet">{t('files.refresh')}</SubmitButton>
      </div>
    </Form>
  );
}

/** One select for each column that the field has, and one more as long as it may take another. */
function columnSelects({ visit, form, given, columns, rows }: MappingProps, field: FieldName) {
  const t = supportText(visit.locale);
  const chosen = given.mapping[field] ?? [];
  const most = FIELD_SPECS[field].columns ?? 1;
  const label = t(`files.field.${field}`);
  const isRequired = field === 'title';
  return Array.from({ length: Math.min(most, chosen.length + 1) }, (_, place) => {
    const column = chosen[place] ?? '';
    return (
      <Select
        {...formFields(form)(columnField(field, place + 1), column)}
        label={most === 1 || place === 0 ? label : t('files.nth', { field: label, n: place + 1 })}
        help={exampleOf(column, columns, rows)}
        blank={t('files.noColumn')}
        options={columns.map((name) => ({ value: name, label: name }))}
        optional={!isRequired}
      />
    );
  });
}

function exampleOf(column: string, columns: MappingProps['columns'], rows: MappingProps['rows']): string | undefined {
  const place = columns.indexOf(column);
  const text = rows.map((row) => textOfCell(row.cells[place])).find((cell) => cell !== '');
  return text === undefined
    ? undefined
    : `${text.replace(/\s+/gu, ' ').slice(0, 80).toWellFormed()}${text.length > 80 ? '…' : ''}`;
}

function Settings({ visit, form, given, kinds, organisations }: MappingProps) {
  const t = supportText(visit.locale);
  const part = directoryText(visit.locale);
  const field = formFields(form);
  const { settings } = given;
  return (
    <div class="columns two">
      <Select
        {...field('kind', settings.kind ?? '')}
        label={t('files.default.kind')}
        options={kinds.map((kind) => ({ value: kind.code, label: kindLabel(visit.locale, kind) }))}
        optional
      />
      <NumberField {...field('units', settings.units)} label={t('files.default.units')} />
      <Select
        {...field('organisation', settings.organisation ?? '')}
        label={t('files.default.organisation')}
        blank={t('files.default.noOrganisation')}
        options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        optional
      />
      <TextField
        {...field('source', settings.source)}
        label={t('files.default.source')}
        help={t('files.default.sourceHelp')}
        maxlength={80}
      />
      <div class="stack close">
        <CheckField
          {...field('createsOrganisations', settings.createsOrganisations ? 'yes' : '')}
          label={t('files.default.creates')}
        />
        <CheckField
          {...field('createsThemes', settings.createsThemes ? 'yes' : '')}
          label={t('files.default.themes')}
        />
      </div>
      <Select
        {...field('part', settings.part)}
        label={t('files.default.part')}
        blank={false}
        options={PARTS.map((value) => ({ value, label: part(`part.${value}`) }))}
      />
      <ChoiceCards
        {...field('visibility', settings.visibility)}
        label={t('files.default.visibility')}
        choices={VISIBILITIES.map((value) => ({ value, label: t(`visibility.${value}`) }))}
      />
    </div>
  );
}
