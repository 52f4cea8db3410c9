/** A step under way: how far, how long still, and how to stop it. And the end of an import that came to nothing. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Progress } from '../../../ui/components/progress.tsx';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { secondsLeft, type Import } from '../import.ts';
import { importText } from '../messages.ts';

interface Props {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly given: Import;
}

export function ImportProgress({ visit, form, given }: Props) {
  const t = importText(visit.locale);
  const percent = given.stepTotal === 0 ? 0 : Math.floor((given.stepDone / given.stepTotal) * 100);
  const seconds = secondsLeft(given, visit.now);
  const detail = given.cancelRequested
    ? t('stopping')
    : seconds === undefined
      ? t('progress', { percent })
      : t('progressLeft', { percent, seconds });
  return (
    <div class="stack">
      <Progress
        label={t(`step.${given.state as 'reading'}`)}
        {...(given.stepTotal === 0 ? {} : { value: percent, max: 100 })}
        detail={detail}
        tone={given.cancelRequested ? 'warn' : 'good'}
      />
      <p class="soft">{t('leave')}</p>
      {given.state === 'undoing' || given.cancelRequested ? null : (
        <Form form={form} name="stop" idempotencyKey={formKey(visit)}>
          <div class="row">
            <SubmitButton tone="quiet">{t('stop')}</SubmitButton>
          </div>
        </Form>
      )}
    </div>
  );
}

export function ImportOver({ visit, given }: Props) {
  const t = importText(visit.locale);
  return (
    <div class="stack">
      <Failure visit={visit} given={given} />
      <div class="row">
        <ButtonLink href={pathIn(visit, 'imports')}>{t('another')}</ButtonLink>
      </div>
    </div>
  );
}

/** Why the last step did not end as it should. */
export function Failure({ visit, given }: { visit: TerritoryVisit; given: Import }) {
  const t = importText(visit.locale);
  if (given.failure === null) return null;
  const [reason = 'unexpected', ...rest] = given.failure.split(' ');
  const text = rest.join(' ');
  return <Notice tone="warn">{t(`failure.${reason as 'unexpected'}`, { file: text, names: text || '…' })}</Notice>;
}
