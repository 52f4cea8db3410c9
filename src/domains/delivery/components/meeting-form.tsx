/** The form of a meeting: when, how long, where. The same to plan one and to move one. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { SessionView } from '../session-queries.server.ts';
import { deliveryWords } from './words.tsx';

interface MeetingFormProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  /** The meeting as it is; none when one is planned. */
  readonly session?: SessionView;
  readonly durationMinutes: number;
  readonly backHref: string;
}

export function MeetingForm({ visit, form, session, durationMinutes, backHref }: MeetingFormProps) {
  const { t, write } = deliveryWords(visit);
  const field = fieldsOf(form);
  const start = session?.startsAt.toZonedDateTimeISO(visit.territory.zone);
  return (
    <Form form={form} idempotencyKey={formKey(visit)} hidden={{ version: String(session?.version ?? 0) }}>
      <DateField
        {...field('day', start && write.date(start.toPlainDate()))}
        label={t('form.day')}
        help={t('form.dayHelp')}
        suggestions={nextDays(visit).map((day) => write.date(day, { weekday: true }))}
      />
      <TextField
        {...field('time', start && write.time(start.toPlainTime()))}
        label={t('form.time')}
        help={t('form.timeHelp', { zone: placeOf(visit.territory.zone) })}
        width="short"
        maxlength={20}
      />
      <TextField
        {...field('duration', write.hours(session?.durationMinutes ?? durationMinutes))}
        label={t('form.duration')}
        help={t('form.durationHelp')}
        width="short"
        maxlength={30}
      />
      <TextField
        {...field('place', session?.place ?? '')}
        label={t('form.place')}
        help={t('form.placeHelp')}
        maxlength={300}
        autocomplete="off"
        optional
      />
      <TextField
        {...field('link', session?.link ?? '')}
        label={t('form.link')}
        help={t('form.linkHelp')}
        type="url"
        maxlength={1000}
        optional
      />
      <div class="row">
        <SubmitButton>{session === undefined ? t('form.plan') : t('form.move')}</SubmitButton>
        <ButtonLink tone="plain" href={backHref}>
          {t('form.back')}
        </ButtonLink>
      </div>
    </Form>
  );
}

/** The next ten working days: what most people choose. */
function nextDays({ today }: TerritoryVisit): Temporal.PlainDate[] {
  return Array.from({ length: 14 }, (_, index) => today.add({ days: index + 1 })).filter((day) => day.dayOfWeek < 6);
}

/** `Europe/Paris` as a reader says it: Paris. */
function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
