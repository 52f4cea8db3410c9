import type { ComponentChildren } from 'preact';
import { fieldId, type FieldProps } from '../form-state.ts';
import { useText } from '../text.ts';

/** What an input says of itself to assistive tools, from the props of its field. */
export function describe({ name, help, error, optional }: FieldProps) {
  const id = fieldId(name);
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    name,
    required: !optional,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  };
}

export function inputClass(width: FieldProps['width']): string {
  return width === 'short' || width === 'medium' ? `input ${width}` : 'input';
}

/** The frame of a field with one input: label, help, the input, its error. */
export function Field({ field, extra, children }: { field: FieldProps; extra?: string; children: ComponentChildren }) {
  const id = fieldId(field.name);
  return (
    <div class={['field', field.error ? 'bad' : '', extra ?? ''].filter(Boolean).join(' ')}>
      <label for={id}>
        {field.label} <Optional field={field} />
      </label>
      <Help field={field} />
      {children}
      <FieldError field={field} />
    </div>
  );
}

/** The frame of a field with several inputs. */
export function FieldGroup({ field, children }: { field: FieldProps; children: ComponentChildren }) {
  const { 'aria-describedby': describedBy } = describe(field);
  return (
    <fieldset class={field.error ? 'field bad' : 'field'} aria-describedby={describedBy}>
      <legend>
        {field.label} <Optional field={field} />
      </legend>
      <Help field={field} />
      {children}
      <FieldError field={field} />
    </fieldset>
  );
}

function Optional({ field }: { field: FieldProps }) {
  const t = useText();
  return field.optional ? <span class="optional">({t('optional')})</span> : null;
}

function Help({ field: { name, help } }: { field: FieldProps }) {
  return help ? (
    <p class="help" id={`${fieldId(name)}-help`}>
      {help}
    </p>
  ) : null;
}

function FieldError({ field: { name, error } }: { field: FieldProps }) {
  return error ? (
    <p class="error" id={`${fieldId(name)}-error`}>
      {error}
    </p>
  ) : null;
}
