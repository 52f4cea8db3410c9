import type { FormState } from '../../lib/form-state.ts';
import { fieldId } from '../form-state.ts';
import { useText } from '../text.ts';

/**
 * What to correct, at the top of a form, each line linking to its field. It takes the focus when the page opens,
 * so that a screen reader says it and the next Tab goes to the first link.
 */
export function ErrorSummary({
  form,
  id = 'errors',
}: {
  form: Pick<FormState, 'errors' | 'summary'>;
  id?: string | undefined;
}) {
  const t = useText();
  const errors = Object.entries(form.errors);
  if (errors.length === 0 && !form.summary) return null;
  return (
    <div class="note warn" role="alert" id={id} tabIndex={-1} autofocus>
      <p class="note-title">{form.summary ?? t('errors.title', { count: errors.length })}</p>
      {errors.length > 0 ? (
        <ul>
          {errors.map(([name, sentence]) => (
            <li>
              <a href={`#${fieldId(name)}`}>{sentence}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
