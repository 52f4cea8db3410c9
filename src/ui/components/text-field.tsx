import type { InputHTMLAttributes } from 'preact';
import { textOf } from '../../lib/form-state.ts';
import type { FieldProps } from '../form-state.ts';
import { describe, Field, inputClass } from './field.tsx';

export interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search' | undefined;
  /** What the browser may fill: `email`, `name`, `organization`… */
  readonly autocomplete?: string | undefined;
  readonly inputmode?: InputHTMLAttributes['inputMode'];
  readonly maxlength?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly readonly?: boolean | undefined;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  // The types want one element a kind; all these kinds are lines of text.
  const type = (props.type ?? 'text') as 'text';
  const { autocomplete, inputmode, maxlength, placeholder, readonly } = props;
  return (
    <Field field={props}>
      <input
        {...describe(props)}
        class={inputClass(props.width)}
        type={type}
        value={textOf(props.value)}
        autocomplete={autocomplete}
        inputmode={inputmode}
        maxlength={maxlength}
        placeholder={placeholder}
        readOnly={readonly}
      />
    </Field>
  );
}
