/** Programmes with what they received, spent and delivered; a programme's years; the form that names one. */
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { sumOfYears, type ProgrammeLine, type ProgrammeYear } from '../programme-queries.server.ts';
import type { Programme } from '../year-commands.server.ts';
import type { BookWords } from './words.ts';

interface Props {
  readonly visit: TerritoryVisit;
  readonly words: BookWords;
}

export function programmeName({ labelFr, labelEn }: Programme, { locale }: Pick<TerritoryVisit, 'locale'>): string {
  return locale === 'fr' ? labelFr : labelEn;
}

export function ProgrammeTable({ programmes, visit, words }: Props & { programmes: readonly ProgrammeLine[] }) {
  const { t } = words;
  const rows = programmes.map((programme) => ({ programme, ...sumOfYears(programme.years) }));
  return (
    <DataTable<(typeof rows)[number]>
      caption={t('programmes.title')}
      hideCaption
      rows={rows}
      rowKey={({ programme }) => programme.code}
      empty={<EmptyState title={t('programmes.empty')}>{t('programmes.emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'name',
          title: t('filter.programme'),
          heading: true,
          cell: ({ programme }) => (
            <a href={pathIn(visit, 'comptes', 'programmes', programme.code)}>{programmeName(programme, visit)}</a>
          ),
        },
        ...sumColumns<(typeof rows)[number]>(words),
      ]}
    />
  );
}

export function YearTable({ programme, visit, words }: Props & { programme: ProgrammeLine }) {
  const { t } = words;
  const address = `${pathIn(visit, 'comptes', 'grand-livre')}?programme=${programme.code}`;
  return (
    <Section title={t('programme.years')}>
      <DataTable<ProgrammeYear>
        caption={t('programme.years')}
        hideCaption
        rows={programme.years}
        rowKey={({ year }) => String(year)}
        empty={<EmptyState title={t('programme.empty')}>{t('programme.emptyBody')}</EmptyState>}
        columns={[
          {
            key: 'year',
            title: t('filter.year'),
            heading: true,
            cell: ({ year }) => <a href={`${address}&annee=${year}`}>{year}</a>,
          },
          ...sumColumns<ProgrammeYear>(words),
        ]}
      />
    </Section>
  );
}

export function ProgrammeForm({ visit, words: { t }, form }: Props & { form: FormState }) {
  const field = fieldsOf(form);
  return (
    <Section title={t('programme.new')} lead={t('programme.newLead')}>
      <Form form={form} idempotencyKey={formKey(visit)}>
        <TextField {...field('labelFr')} label={t('programme.labelFr')} maxlength={120} />
        <TextField {...field('labelEn')} label={t('programme.labelEn')} maxlength={120} />
        <SubmitButton>{t('programme.send')}</SubmitButton>
      </Form>
    </Section>
  );
}

/** What is left is what was called less what was spent, as « Where the money goes » tells it. */
function sumColumns<Row extends Omit<ProgrammeYear, 'year'>>({ t, write, amount }: BookWords) {
  const euros = (cents: bigint) => amount('eur-cent', cents);
  return [
    { key: 'income', title: t('programme.income'), numeric: true, cell: (row: Row) => euros(row.incomeCents) },
    { key: 'spent', title: t('programme.spent'), numeric: true, cell: (row: Row) => euros(row.spentCents) },
    {
      key: 'left',
      title: t('programme.left'),
      numeric: true,
      cell: (row: Row) => euros(row.incomeCents - row.spentCents),
    },
    {
      key: 'delivered',
      title: t('programme.delivered'),
      cell: ({ delivered }: Row) => write.list(delivered.map((line) => amount(line.unit, line.amount))),
    },
  ];
}
