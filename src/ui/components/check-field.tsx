import { textOf } from '../../lib/form-state.ts';
import type { FieldProps } from '../form-state.ts';
import { describe } from './field.tsx';

export interface CheckFieldProps extends FieldProps {
  /** What is sent when it is ticked. */
  readonly sends?: string | undefined;
}

/** One box to tick: an agreement, an option. Not required unless `optional` is `false`. */
export function CheckField(props: CheckFieldProps) {
  const sends = props.sends ?? 'yes';
  const field = { ...props, optional: props.optional ?? true };
  const { id, ...rest } = describe(field);
  return (
    <div class={props.error ? 'field bad' : 'field'}>
      <label class="check" for={id}>
        <input {...rest} id={id} type="checkbox" value={sends} checked={textOf(props.value) === sends} />
        <span>{props.label}</span>
      </label>
      {props.help ? (
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      ) : null}
      {props.error ? (
        <p class="error" id={`${id}-error`}>
          {props.error}
        </p>
      ) : null}
    </div>
  );
}
