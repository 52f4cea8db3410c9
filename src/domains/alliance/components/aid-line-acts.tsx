/** What a reader may do about one line: contest it, answer, withdraw it, say that it was filed. */
import type { FormState } from '../../../lib/form-state.ts';
import { textOf } from '../../../lib/form-state.ts';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import type { OrganisationId } from '../../../lib/ids.ts';
import { EMPTY_FORM } from '../../../lib/form-state.ts';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { mustBeRegistered } from '../aid-eligibility.ts';
import { mayContestAid, mayDecideAid } from '../aid-policy.ts';
import type { AidLine } from '../aid-queries.server.ts';
import { IssueForm } from '../documents/components/issue-form.tsx';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly line: AidLine;
  readonly organisationId: OrganisationId;
  readonly visit: TerritoryVisit;
  readonly words: AidWords;
  readonly form: FormState;
}

export function AidLineActs({ organisationId, form, ...rest }: Props) {
  const { line, visit } = rest;
  // What was typed comes back to the line that it was typed for.
  const own = textOf(form.values['grant']) === line.id ? form : EMPTY_FORM;
  const props = { ...rest, form: own };
  const decides = mayDecideAid(visit.principal);
  const contests = line.state === 'decided' && mayContestAid(visit.principal, organisationId);
  const isToFile =
    line.origin === 'decided' &&
    line.state !== 'withdrawn' &&
    line.filedOn === null &&
    mustBeRegistered(line.basis, line.grantedOn);
  return (
    <>
      {contests ? <Contest {...props} /> : null}
      {decides && line.state === 'contested' ? <Answer {...props} /> : null}
      {decides && isToFile ? <File {...props} /> : null}
      {decides && line.state === 'decided' ? <Withdraw {...props} /> : null}
      {decides && line.origin === 'decided' && line.state !== 'withdrawn' ? (
        <IssueForm visit={visit} form={own} kind="aid-notice" subject={line.id} />
      ) : null}
    </>
  );
}

type ActProps = Omit<Props, 'organisationId'>;

function Contest({ line, visit, words: { t }, form }: ActProps) {
  const field = fieldsOf(form);
  return (
    <More summary={t('act.contest')} open={form.values['reason'] !== undefined}>
      <Form name="contest" idempotencyKey={formKey(visit)} hidden={{ grant: line.id }}>
        <TextArea {...field('reason')} label={t('act.contestReason')} maxlength={1000} />
        <SubmitButton small>{t('act.contestSend')}</SubmitButton>
      </Form>
    </More>
  );
}

function Answer({ line, visit, words: { t }, form }: ActProps) {
  const field = fieldsOf(form);
  const options = (['kept', 'upheld'] as const).map((value) => ({ value, label: t(`verdict.${value}`) }));
  return (
    <More summary={t('act.answer')} open={form.values['verdict'] !== undefined}>
      <Form name="answer" idempotencyKey={formKey(visit)} hidden={{ grant: line.id }}>
        <Select {...field('verdict')} label={t('act.verdict')} options={options} />
        <TextArea {...field('answer')} label={t('act.answerText')} maxlength={500} />
        <SubmitButton small>{t('act.answerSend')}</SubmitButton>
      </Form>
    </More>
  );
}

function File({ line, visit, words: { t, write }, form }: ActProps) {
  const field = fieldsOf(form);
  return (
    <More summary={t('act.file')} open={form.values['reference'] !== undefined}>
      <Form name="file" idempotencyKey={formKey(visit)} hidden={{ grant: line.id }}>
        <DateField {...field('filedOn', write.date(visit.today))} label={t('act.filedOn')} />
        <TextField {...field('reference')} label={t('act.reference')} maxlength={120} />
        <SubmitButton small>{t('act.fileSend')}</SubmitButton>
      </Form>
    </More>
  );
}

function Withdraw({ line, visit, words: { t }, form }: ActProps) {
  const field = fieldsOf(form);
  return (
    <More summary={t('act.withdraw')} open={form.values['withdrawal'] !== undefined}>
      <Form name="withdraw" idempotencyKey={formKey(visit)} hidden={{ grant: line.id }}>
        <TextArea
          {...field('withdrawal')}
          label={t('act.withdrawReason')}
          help={t('act.withdrawHelp')}
          maxlength={500}
        />
        <SubmitButton small tone="danger">
          {t('act.withdrawSend')}
        </SubmitButton>
      </Form>
    </More>
  );
}
