/** What the team may do with a movement, by where it stands. */
import type { FormState } from '../../../../lib/form-state.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../../ui/components/form.tsx';
import { More } from '../../../../ui/components/more.tsx';
import { Notice } from '../../../../ui/components/notice.tsx';
import { NumberField } from '../../../../ui/components/number-field.tsx';
import { Section } from '../../../../ui/components/section.tsx';
import { TextField } from '../../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../../territory/visit.ts';
import { shareField } from '../bank-schema.ts';
import type { MovementLine } from '../bank-queries.server.ts';
import { standingOfMovement } from '../movement.ts';
import type { OpenReceivable, Suggestion } from '../suggestions.ts';
import { bankWords } from './bank-words.tsx';

export interface Candidate {
  readonly receivable: OpenReceivable;
  readonly suggestion: Suggestion | undefined;
}

interface Props {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly movement: MovementLine;
  readonly candidates: readonly Candidate[];
}

export function MovementActs(props: Props) {
  const { t } = bankWords(props.visit);
  const standing = standingOfMovement(props.movement);
  return (
    <>
      {standing === 'outgoing' ? <Notice tone="plain">{t('movement.outgoing')}</Notice> : null}
      {standing === 'open' ? <ConfirmForm {...props} /> : null}
      {standing === 'open' ? <AsideForm {...props} /> : null}
      {standing === 'set-aside' ? <TakeUpForm {...props} /> : null}
      {props.movement.bookedCents > 0n ? <UndoForm {...props} /> : null}
    </>
  );
}

function ConfirmForm({ visit, form, candidates }: Props) {
  const { t } = bankWords(visit);
  const suggested = candidates.filter(({ suggestion }) => suggestion !== undefined);
  const others = candidates.filter(({ suggestion }) => suggestion === undefined);
  const isTyped = others.some(({ receivable: { id } }) => (form.values[shareField(id)] ?? '') !== '');
  return (
    <Section title={t('movement.match')} lead={t('movement.matchLead')}>
      <Form name="confirm" idempotencyKey={formKey(visit)}>
        {suggested.length === 0 ? <p class="soft">{t('movement.noMatch')}</p> : null}
        {suggested.length > 0 ? <Candidates visit={visit} form={form} candidates={suggested} /> : null}
        {others.length > 0 ? (
          <More summary={t('movement.others', { n: others.length })} open={isTyped}>
            <Candidates visit={visit} form={form} candidates={others} />
          </More>
        ) : null}
        {candidates.length > 0 ? <SubmitButton>{t('movement.confirm')}</SubmitButton> : null}
      </Form>
    </Section>
  );
}

function Candidates({ visit, form, candidates }: Omit<Props, 'movement'>) {
  const { t, write, money } = bankWords(visit);
  const field = fieldsOf(form);
  return (
    <DataTable<Candidate>
      caption={t('movement.match')}
      hideCaption
      rows={candidates}
      rowKey={({ receivable: { id } }) => id}
      columns={[
        {
          key: 'organisation',
          title: t('column.organisation'),
          heading: true,
          cell: ({ receivable: { id, organisationName, dueOn, reference } }) => (
            <>
              <a href={pathIn(visit, 'creances', id)}>{organisationName}</a>{' '}
              <span class="soft">{[write.shortDate(dueOn), reference].filter((text) => text !== '').join(', ')}</span>
            </>
          ),
        },
        {
          key: 'why',
          title: t('column.why'),
          kind: 'why',
          cell: ({ suggestion }) => write.list((suggestion?.reasons ?? []).map((reason) => t(`reason.${reason}`))),
        },
        {
          key: 'awaited',
          title: t('column.awaited'),
          numeric: true,
          cell: ({ receivable }) => money(receivable.awaitedCents),
        },
        {
          key: 'share',
          title: t('column.share'),
          hideTitle: true,
          cell: ({ receivable: { id, organisationName, dueOn }, suggestion }) => (
            <NumberField
              {...field(shareField(id), proposal(suggestion, money))}
              label={t('movement.share', { organisation: organisationName, day: write.shortDate(dueOn) })}
              decimal
              optional
              width="medium"
            />
          ),
        },
      ]}
    />
  );
}

function proposal(suggestion: Suggestion | undefined, money: (cents: bigint) => string): string {
  return suggestion === undefined || suggestion.proposedCents === 0n ? '' : money(suggestion.proposedCents);
}

function AsideForm({ visit, form }: Props) {
  const { t } = bankWords(visit);
  return (
    <More summary={t('movement.aside')}>
      <p class="soft">{t('movement.asideBody')}</p>
      <Form name="aside" idempotencyKey={formKey(visit)}>
        <TextField {...fieldsOf(form)('reason')} label={t('movement.reason')} maxlength={300} />
        <SubmitButton tone="quiet">{t('movement.asideIt')}</SubmitButton>
      </Form>
    </More>
  );
}

function TakeUpForm({ visit, movement }: Props) {
  const { t } = bankWords(visit);
  return (
    <Section title={t('standing.set-aside')}>
      <p>{t('movement.asideReason', { reason: movement.setAsideReason ?? '' })}</p>
      <Form name="take-up" idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="quiet">{t('movement.takeUp')}</SubmitButton>
      </Form>
    </Section>
  );
}

function UndoForm({ visit, form }: Props) {
  const { t } = bankWords(visit);
  return (
    <More summary={t('movement.undo')}>
      <p class="soft">{t('movement.undoBody')}</p>
      <Form name="undo" idempotencyKey={formKey(visit)}>
        <TextField {...fieldsOf(form)('reason')} label={t('movement.reason')} maxlength={300} />
        <SubmitButton tone="danger">{t('movement.undoIt')}</SubmitButton>
      </Form>
    </More>
  );
}
