/** Fiscal years as a table, the forms that open and close them, and the choice of who keeps the books. */
import type { FormState } from '../../../lib/form-state.ts';
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { Keeper } from '../fec-queries.server.ts';
import type { FiscalYear } from '../fiscal-year.ts';
import { mayCloseYears } from '../policy.ts';
import type { KeeperChoice } from '../year-commands.server.ts';
import type { BookWords } from './words.ts';

interface Props {
  readonly visit: TerritoryVisit;
  readonly words: BookWords;
}

export function FiscalYearTable({
  years,
  ...props
}: Props & { years: readonly FiscalYear[]; keeper: Keeper | undefined }) {
  const { t } = props.words;
  const acts: Column<FiscalYear> = {
    key: 'close',
    title: t('years.acts'),
    hideTitle: true,
    cell: (year) => <CloseYear year={year} {...props} />,
  };
  return (
    <DataTable<FiscalYear>
      caption={t('years.caption')}
      hideCaption
      rows={years}
      rowKey={({ code }) => code}
      empty={<EmptyState title={t('years.empty')}>{t('years.emptyBody')}</EmptyState>}
      columns={[...yearColumns(props), ...(mayCloseYears(props.visit.principal) ? [acts] : [])]}
    />
  );
}

function yearColumns({
  keeper,
  visit,
  words: { t, write },
}: Props & { keeper: Keeper | undefined }): Column<FiscalYear>[] {
  const hasSiren = keeper !== undefined && keeper.siren !== null;
  return [
    {
      key: 'code',
      title: t('years.year'),
      heading: true,
      cell: ({ code }) => (
        <a href={`${pathIn(visit, 'comptes')}?vue=balance&exercice=${code}`}>{t('years.name', { code })}</a>
      ),
    },
    {
      key: 'period',
      title: t('years.period'),
      cell: ({ startsOn, endsOn }) => t('years.fromTo', { from: write.date(startsOn), until: write.date(endsOn) }),
    },
    {
      key: 'state',
      title: t('years.state'),
      cell: ({ closedAt }) =>
        closedAt === null ? <Tag>{t('years.open')}</Tag> : <>{t('years.closedOn', { day: write.dayOf(closedAt) })}</>,
    },
    {
      key: 'hash',
      title: t('years.hash'),
      cell: ({ closedHash }) => (closedHash === null ? '' : <code title={closedHash}>{closedHash.slice(0, 12)}…</code>),
    },
    {
      key: 'fec',
      title: t('years.fec'),
      cell: ({ code }) =>
        hasSiren ? (
          <a href={`?fec=${code}`} download data-no-prefetch>
            {t('years.download')}
          </a>
        ) : (
          <span class="soft">{t('years.noSiren')}</span>
        ),
    },
  ];
}

function CloseYear({ year, visit, words: { t } }: Props & { year: FiscalYear }) {
  if (year.state === 'closed') return null;
  return (
    <ConfirmDialog
      id={`close-${year.code}`}
      trigger={t('years.close')}
      title={t('years.closeTitle', { code: year.code })}
      confirm={t('years.closeConfirm')}
      tone="danger"
      small
      name="close"
      hidden={{ code: year.code }}
      idempotencyKey={formKey(visit)}
    >
      {t('years.closeBody')}
    </ConfirmDialog>
  );
}

/** The next year is proposed: the one after the last. */
export function NewYearForm({
  years,
  form,
  visit,
  words: { t, write },
}: Props & { years: readonly FiscalYear[]; form: FormState }) {
  const field = fieldsOf(form);
  const last = years[0];
  const startsOn = last === undefined ? visit.today.with({ month: 1, day: 1 }) : last.endsOn.add({ days: 1 });
  const endsOn = startsOn.add({ years: 1 }).subtract({ days: 1 });
  return (
    <Section title={t('years.new')}>
      <Form idempotencyKey={formKey(visit)} name="open">
        <DateField {...field('startsOn', write.date(startsOn))} label={t('years.startsOn')} />
        <DateField {...field('endsOn', write.date(endsOn))} label={t('years.endsOn')} />
        <SubmitButton>{t('years.openIt')}</SubmitButton>
      </Form>
    </Section>
  );
}

export function KeeperForm({
  keeper,
  choices,
  form,
  visit,
  words: { t },
}: Props & { keeper: Keeper | undefined; choices: readonly KeeperChoice[]; form: FormState }) {
  const field = fieldsOf(form);
  return (
    <Section title={t('years.keeper')}>
      <Form idempotencyKey={formKey(visit)} name="keeper">
        <Select
          {...field('organisation', keeper?.id)}
          label={t('years.keeperLabel')}
          help={t('years.keeperHelp')}
          options={choices.map(({ id, name, siren }) => ({
            value: id,
            label: siren === null ? t('years.withoutSiren', { name }) : name,
          }))}
        />
        <SubmitButton tone="quiet">{t('years.keeperChoose')}</SubmitButton>
      </Form>
    </Section>
  );
}
