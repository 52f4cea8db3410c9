import { textOf } from '../../lib/form-state.ts';
import { fieldId, type FieldProps } from '../form-state.ts';
import { useText } from '../text.ts';
import { describe, Field, inputClass } from './field.tsx';

export interface DateFieldProps extends FieldProps {
  /** Likely dates, offered as the person types: « vendredi 30 mars 2018 ». */
  readonly suggestions?: readonly string[] | undefined;
  /** The date as it was read, in words, shown back under the field. */
  readonly understood?: string | undefined;
  /** The browser's own calendar, in the browser's own language; it sends `2018-03-12`. */
  readonly native?: boolean | undefined;
}

/** A date written as people write it, in French or English, and shown back in words. */
export function DateField(props: DateFieldProps) {
  const t = useText();
  const field = { ...props, help: props.help ?? (props.native ? undefined : t('date.help')) };
  const list = props.suggestions?.length ? `${fieldId(props.name)}-list` : undefined;
  return (
    <Field field={field}>
      <input
        {...describe(field)}
        class={inputClass(props.width ?? 'medium')}
        type={props.native ? 'date' : 'text'}
        value={textOf(props.value)}
        autocomplete="off"
        list={list}
      />
      {list ? (
        <datalist id={list}>
          {props.suggestions?.map((text) => (
            <option value={text}>{text}</option>
          ))}
        </datalist>
      ) : null}
      {props.understood && !props.error ? <p class="help">{t('date.understood', { date: props.understood })}</p> : null}
    </Field>
  );
}
