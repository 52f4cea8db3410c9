import type { ComponentChildren } from 'preact';
import type { FormState } from '../../lib/form-state.ts';
import { Button, type ButtonTone } from './button.tsx';
import { ErrorSummary } from './error-summary.tsx';

export interface FormProps {
  /** The address that receives it: the page itself unless told. */
  readonly action?: string | undefined;
  /** Which of the page's actions it asks for; sent as `_action`. */
  readonly name?: string | undefined;
  /** Sent as `_key`: the same key never acts twice, whatever is clicked. */
  readonly idempotencyKey?: string | undefined;
  /** What came back after a refusal: its errors are listed first. */
  readonly form?: FormState | undefined;
  readonly hidden?: Readonly<Record<string, string>> | undefined;
  /** It sends files. */
  readonly files?: boolean | undefined;
  readonly id?: string | undefined;
  /** Fields side by side in a row, for one-line forms in tables. */
  readonly inline?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** Sends something to change. The browser's own bubbles are off: our sentences say more, and stay. */
export function Form({ action, name, idempotencyKey, form, hidden, files, id, inline, children }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={inline ? 'row' : 'form'}
      enctype={files ? 'multipart/form-data' : undefined}
      novalidate
    >
      {form ? <ErrorSummary form={form} /> : null}
      <HiddenFields
        values={{
          ...hidden,
          ...(name ? { _action: name } : {}),
          ...(idempotencyKey ? { _key: idempotencyKey } : {}),
        }}
      />
      {children}
    </form>
  );
}

/** A name with several values is sent once for each. */
export function HiddenFields({ values }: { values: Readonly<Record<string, string | readonly string[]>> }) {
  const pairs = Object.entries(values).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const));
  return (
    <>
      {pairs.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

export interface SubmitButtonProps {
  readonly children: ComponentChildren;
  /** When a form has several ways to be sent: the action that this one asks for. */
  readonly action?: string | undefined;
  readonly tone?: ButtonTone | undefined;
  readonly small?: boolean | undefined;
  readonly full?: boolean | undefined;
}

export function SubmitButton({ children, action, ...look }: SubmitButtonProps) {
  return (
    <Button {...look} type="submit" {...(action ? { name: '_action', value: action } : {})}>
      {children}
    </Button>
  );
}
