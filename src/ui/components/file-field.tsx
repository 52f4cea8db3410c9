import type { FieldProps } from '../form-state.ts';
import { useText } from '../text.ts';
import { describe, Field } from './field.tsx';

export interface FileFieldProps extends FieldProps {
  /** `.csv,.jsonl` */
  readonly accept?: string | undefined;
  readonly multiple?: boolean | undefined;
  /** The largest size, already written: « 5 Mo ». */
  readonly maximum?: string | undefined;
}

/** A file to send; its form needs `files`. */
export function FileField(props: FileFieldProps) {
  const t = useText();
  const limit = props.maximum ? t('file.help', { size: props.maximum }) : '';
  const field = { ...props, help: [props.help, limit].filter(Boolean).join(' ') || undefined };
  return (
    <Field field={field}>
      <input {...describe(field)} class="input" type="file" accept={props.accept} multiple={props.multiple} />
    </Field>
  );
}
