/** A page with several forms gets one state back: each form takes it only when it holds its own field. */
import { EMPTY_FORM, type FormState } from '../../../lib/form-state.ts';

export function formOf(form: FormState, field: string): FormState {
  return field in form.values || field in form.errors ? form : EMPTY_FORM;
}
