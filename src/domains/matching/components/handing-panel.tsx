/** Who of one's own organisation carries a match, and handing it to a colleague. */
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey } from '../../territory/visit.ts';
import { handingSide } from '../delegation.server.ts';
import { takesUnits } from '../match.ts';
import { REASON_LENGTH } from '../schema.ts';
import type { MatchViewProps } from './view-props.ts';

export function HandingPanel({ match, handing, visit, t, form }: MatchViewProps) {
  if (handingSide(visit.principal, match) === undefined || !takesUnits(match.state)) return null;
  const field = fieldsOf(form);
  const [current] = handing.delegations;
  const isOwn = form.errors['person'] !== undefined || form.errors['note'] !== undefined;
  const carried =
    current === undefined ? t('hand.nobody') : t('hand.carried', { name: current.name, by: current.by ?? t('system') });
  return (
    <Panel id="confier" title={t('hand.title')} lead={carried}>
      {isOwn ? <ErrorSummary form={form} /> : null}
      {current === undefined || current.note === '' ? null : <p class="soft">{current.note}</p>}
      {handing.colleagues.length === 0 ? (
        <p class="small soft">{t('hand.alone')}</p>
      ) : (
        <More summary={t('hand.open')} open={isOwn}>
          <Form name="delegate" idempotencyKey={formKey(visit)}>
            <Select
              {...field('person')}
              label={t('hand.person')}
              options={handing.colleagues.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <TextField {...field('note')} label={t('hand.note')} maxlength={REASON_LENGTH} optional />
            <SubmitButton tone="quiet">{t('hand.send')}</SubmitButton>
          </Form>
        </More>
      )}
    </Panel>
  );
}
