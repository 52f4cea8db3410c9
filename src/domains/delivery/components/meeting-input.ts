/** A meeting as its form was posted: read, placed in the territory's time, refused beside its field. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import type { ActionOutcome } from '../../../platform/web/page.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { PlanRefusal, RescheduleRefusal } from '../commands.server.ts';
import { deliveryText } from '../messages.ts';
import { meetingForm } from '../schema.ts';
import { momentOf, type Meeting } from '../session.ts';

export type ReadMeeting =
  | { readonly ok: true; readonly meeting: Meeting & { readonly version: number } }
  | { readonly ok: false; readonly form: FormState };

export function readMeeting(visit: TerritoryVisit, input: FormInput): ReadMeeting {
  const parsed = parseForm(meetingForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return parsed;
  const { day, time, duration, place, link, version } = parsed.value;
  const startsAt = momentOf(day, time, visit.territory.zone);
  if (startsAt === undefined) {
    return { ok: false, form: formError(input, deliveryText(visit.locale)('refused.no-such-hour'), 'time') };
  }
  return { ok: true, meeting: { startsAt, durationMinutes: duration, place, link, version } };
}

/** The answer to a refused meeting: beside the day when the day is at fault, above the form otherwise. */
export function refuseMeeting(
  visit: TerritoryVisit,
  input: FormInput,
  reason: PlanRefusal | RescheduleRefusal,
): ActionOutcome {
  if (reason === 'not-found') return { kind: 'not-found' };
  const isAboutDay = reason === 'too-far-ahead' || reason === 'too-long-ago';
  const sentence = deliveryText(visit.locale)(`refused.${reason}`);
  return { kind: 'invalid', form: formError(input, sentence, isAboutDay ? 'day' : undefined) };
}

/** What is not for this visitor does not exist; whoever is signed out may sign in first. */
export function hidden(visit: TerritoryVisit): ActionOutcome {
  return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
}
