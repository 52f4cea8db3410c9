/** Mergers and splits: the list, and the form that records one. */
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select, type OptionGroup } from '../../../ui/components/select.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { SuccessionLine } from '../aid-queries.server.ts';
import { HEIRS } from '../aid-schema.ts';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly successions: readonly SuccessionLine[];
  readonly sides: readonly OptionGroup[];
  readonly visit: TerritoryVisit;
  readonly words: AidWords;
  readonly form: FormState;
}

export function Successions({ successions, sides, visit, words, form }: Props) {
  const { t, write, money } = words;
  const field = fieldsOf(form);
  return (
    <Section id="fusions" title={t('succession.title')} lead={t('succession.lead')}>
      <DataTable<SuccessionLine>
        caption={t('succession.caption')}
        hideCaption
        rows={successions}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('succession.empty')}>{t('succession.emptyBody')}</EmptyState>}
        columns={[
          { key: 'from', title: t('succession.from'), heading: true, cell: ({ from }) => from },
          { key: 'heir', title: t('succession.heir'), cell: ({ heir }) => heir },
          { key: 'on', title: t('succession.on'), cell: ({ effectiveOn }) => write.date(effectiveOn) },
          {
            key: 'equity',
            title: t('succession.equity'),
            numeric: true,
            cell: ({ equityCents }) => (equityCents === 0n ? '' : money(equityCents)),
          },
        ]}
      />
      <h3>{t('succession.new')}</h3>
      <Form name="succeed" idempotencyKey={formKey(visit)}>
        <Select {...field('from')} label={t('succession.from')} options={sides} />
        <DateField {...field('effectiveOn', write.date(visit.today))} label={t('succession.on')} />
        {HEIRS.map((place) => (
          <>
            <Select
              {...field(`heir${place}`)}
              label={t('succession.heirAt', { n: place })}
              help={place === 2 ? t('succession.heirHelp') : undefined}
              options={sides}
              optional={place > 1}
            />
            <NumberField
              {...field(`equity${place}`)}
              label={t('succession.equityAt', { n: place })}
              unit="€"
              width="medium"
              decimal
              optional
            />
          </>
        ))}
        <SubmitButton>{t('succession.send')}</SubmitButton>
      </Form>
    </Section>
  );
}
