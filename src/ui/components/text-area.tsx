import { textOf } from '../../lib/form-state.ts';
import type { FieldProps } from '../form-state.ts';
import { describe, Field, inputClass } from './field.tsx';

export interface TextAreaProps extends FieldProps {
  readonly rows?: number | undefined;
  readonly maxlength?: number | undefined;
}

/** Several lines of text; grows with them where the browser can. */
export function TextArea(props: TextAreaProps) {
  return (
    <Field field={props}>
      <textarea {...describe(props)} class={inputClass(props.width)} rows={props.rows ?? 3} maxlength={props.maxlength}>
        {textOf(props.value)}
      </textarea>
    </Field>
  );
}
