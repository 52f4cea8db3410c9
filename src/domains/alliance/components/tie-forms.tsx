/** The ties between firms: the list, and the forms that name a firm, record a tie and end one. */
import type { FormState } from '../../../lib/form-state.ts';
import { textOf } from '../../../lib/form-state.ts';
import { EMPTY_FORM } from '../../../lib/form-state.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select, type OptionGroup } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { LinkLine } from '../aid-queries.server.ts';
import { FIRM_KINDS, LINK_GROUNDS } from '../undertaking.ts';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly visit: TerritoryVisit;
  readonly words: AidWords;
  readonly form: FormState;
}

export function LinkTable({ links, ...props }: Props & { links: readonly LinkLine[] }) {
  const { t, write } = props.words;
  const columns: Column<LinkLine>[] = [
    { key: 'holder', title: t('ties.holder'), heading: true, cell: ({ holder }) => holder },
    { key: 'held', title: t('ties.held'), cell: ({ held }) => held },
    {
      key: 'ground',
      title: t('ties.ground'),
      cell: ({ ground, votesPerMyriad }) =>
        votesPerMyriad === null
          ? t(`ground.${ground}`)
          : t('ties.votesOf', { share: write.percent(votesPerMyriad / 10_000, { digits: 2 }) }),
    },
    { key: 'since', title: t('ties.since'), cell: ({ since }) => write.date(since) },
    {
      key: 'until',
      title: t('ties.until'),
      cell: (link) => (link.until === null ? <EndLink link={link} {...props} /> : write.date(link.until)),
    },
    { key: 'evidence', title: t('ties.evidence'), kind: 'why', cell: ({ evidence }) => evidence },
  ];
  return (
    <DataTable<LinkLine>
      caption={t('ties.caption')}
      hideCaption
      rows={links}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<EmptyState title={t('ties.empty')}>{t('ties.emptyBody')}</EmptyState>}
    />
  );
}

function EndLink({ link, visit, words: { t, write }, form }: Props & { link: LinkLine }) {
  const isOwn = textOf(form.values['link']) === link.id;
  const field = fieldsOf(isOwn ? form : EMPTY_FORM);
  return (
    <More summary={t('ties.end')} open={isOwn}>
      <Form name="end" idempotencyKey={formKey(visit)} hidden={{ link: link.id }}>
        <DateField {...field('lastDay', write.date(visit.today))} label={t('ties.lastDay')} />
        <SubmitButton small>{t('ties.endSend')}</SubmitButton>
      </Form>
    </More>
  );
}

export function LinkForm({ visit, words: { t, write }, form, sides }: Props & { sides: readonly OptionGroup[] }) {
  const field = fieldsOf(form);
  const grounds = LINK_GROUNDS.map((value) => ({ value, label: t(`ground.${value}`) }));
  return (
    <Section title={t('ties.new')} lead={t('ties.newLead')}>
      <Form name="link" idempotencyKey={formKey(visit)}>
        <Select {...field('holder')} label={t('ties.holder')} options={sides} />
        <Select {...field('held')} label={t('ties.held')} options={sides} />
        <Select {...field('ground')} label={t('ties.ground')} options={grounds} />
        <NumberField {...field('votes')} label={t('ties.votes')} help={t('ties.votesHelp')} unit="%" decimal optional />
        <DateField {...field('since', write.date(visit.today))} label={t('ties.since')} />
        <DateField {...field('until')} label={t('ties.until')} optional />
        <TextField {...field('evidence')} label={t('ties.evidence')} maxlength={500} optional />
        <SubmitButton>{t('ties.send')}</SubmitButton>
      </Form>
    </Section>
  );
}

export function FirmForm({ visit, words: { t }, form }: Props) {
  const field = fieldsOf(form);
  return (
    <Section title={t('firm.new')} lead={t('firm.lead')}>
      <Form name="firm" idempotencyKey={formKey(visit)}>
        <TextField {...field('name')} label={t('firm.name')} maxlength={200} />
        <Select
          {...field('kind', 'firm')}
          label={t('firm.kind')}
          options={FIRM_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <TextField {...field('siren')} label="SIREN" width="medium" maxlength={14} optional />
        <TextField {...field('memberState', 'FR')} label={t('firm.memberState')} width="short" maxlength={2} />
        <SubmitButton tone="quiet">{t('firm.send')}</SubmitButton>
      </Form>
    </Section>
  );
}
