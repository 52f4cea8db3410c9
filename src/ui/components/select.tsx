import { textOf } from '../../lib/form-state.ts';
import type { FieldProps } from '../form-state.ts';
import { useText } from '../text.ts';
import { describe, Field, inputClass } from './field.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

export interface SelectProps extends FieldProps {
  readonly options: readonly (Option | OptionGroup)[];
  /** The first line, which chooses nothing; « Choisir… » unless told. `false` leaves it out. */
  readonly blank?: string | false | undefined;
}

/** One of many. Up to about seven, `ChoiceCards` shows them all. */
export function Select(props: SelectProps) {
  const t = useText();
  const value = textOf(props.value);
  return (
    <Field field={props}>
      <select {...describe(props)} class={inputClass(props.width)}>
        {props.blank === false ? null : <option value="">{props.blank ?? t('select.choose')}</option>}
        <SelectOptions options={props.options} value={value} />
      </select>
    </Field>
  );
}

export function SelectOptions({ options, value }: { options: SelectProps['options']; value: string }) {
  return options.map((option) =>
    'options' in option ? (
      <optgroup label={option.label}>
        <SelectOptions options={option.options} value={value} />
      </optgroup>
    ) : (
      <option value={option.value} disabled={option.disabled} selected={option.value === value}>
        {option.label}
      </option>
    ),
  );
}
