import { textOf } from '../../lib/form-state.ts';
import type { FieldProps } from '../form-state.ts';
import { describe, Field, inputClass } from './field.tsx';

export interface NumberFieldProps extends FieldProps {
  /** After the input: « € », « demi-journées ». */
  readonly unit?: string | undefined;
  /** Amounts and hours have decimals or letters; counts do not. */
  readonly decimal?: boolean | undefined;
}

/**
 * A number, an amount or a duration, as text: « 1 234,50 » and « 3 h 30 » must be typed as they are said, and what was
 * typed by mistake must come back. A number input would lose both.
 */
export function NumberField(props: NumberFieldProps) {
  const input = (
    <input
      {...describe(props)}
      class={inputClass(props.width ?? 'short')}
      type="text"
      inputmode={props.decimal ? 'decimal' : 'numeric'}
      autocomplete="off"
      value={textOf(props.value)}
    />
  );
  return (
    <Field field={props}>
      {props.unit ? (
        <div class="with-unit">
          {input}
          <span class="soft">{props.unit}</span>
        </div>
      ) : (
        input
      )}
    </Field>
  );
}
