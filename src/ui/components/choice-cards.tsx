import type { ComponentChildren } from 'preact';
import { textOf, textsOf } from '../../lib/form-state.ts';
import { fieldId, type FieldProps } from '../form-state.ts';
import { FieldGroup } from './field.tsx';

export interface Choice {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly help?: ComponentChildren;
  readonly disabled?: boolean | undefined;
}

export interface ChoiceProps extends FieldProps {
  readonly choices: readonly Choice[];
  /** One a line, for long labels. */
  readonly list?: boolean | undefined;
}

/** One of a few, all in sight. */
export function ChoiceCards(props: ChoiceProps) {
  const value = textOf(props.value);
  return <ChoiceGroup props={props} type="radio" isChecked={(choice) => choice === value} />;
}

/** Any number of a few. */
export function Checkboxes(props: ChoiceProps) {
  const values = textsOf(props.value);
  return (
    <ChoiceGroup
      props={{ ...props, optional: props.optional ?? false }}
      type="checkbox"
      isChecked={(choice) => values.includes(choice)}
    />
  );
}

interface GroupProps {
  readonly props: ChoiceProps;
  readonly type: 'radio' | 'checkbox';
  readonly isChecked: (value: string) => boolean;
}

function ChoiceGroup({ props, type, isChecked }: GroupProps) {
  const { name, choices, optional, error, list } = props;
  return (
    <FieldGroup field={props}>
      <div class={list ? 'choices list' : 'choices'}>
        {choices.map(({ value, label, help, disabled }, index) => (
          <label class="choice">
            <input
              type={type}
              id={index === 0 ? fieldId(name) : undefined}
              name={name}
              value={value}
              checked={isChecked(value)}
              disabled={disabled}
              required={type === 'radio' && !optional}
              aria-invalid={error ? 'true' : undefined}
            />
            <span>
              {label}
              {help ? <span class="help">{help}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
