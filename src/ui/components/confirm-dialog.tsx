import type { ComponentChildren } from 'preact';
import { useText } from '../text.ts';
import { Button, type ButtonTone } from './button.tsx';
import { Form, SubmitButton, type FormProps } from './form.tsx';

export interface ConfirmDialogProps extends Omit<FormProps, 'children' | 'id' | 'inline' | 'form'> {
  /** Unique on the page. */
  readonly id: string;
  /** On the button that opens it; ends with « … ». */
  readonly trigger: ComponentChildren;
  readonly title: ComponentChildren;
  /** What will happen, with its figures. */
  readonly children: ComponentChildren;
  /** The verb: « Publier le plan ». */
  readonly confirm: ComponentChildren;
  readonly tone?: ButtonTone | undefined;
  readonly small?: boolean | undefined;
}

/**
 * Asks before an act that cannot be undone. No script: the button opens a modal dialog where the browser knows
 * `command`, a popover elsewhere; Escape and « Annuler » close both.
 */
export function ConfirmDialog({
  id,
  trigger,
  title,
  children,
  confirm,
  tone = 'main',
  small,
  ...form
}: ConfirmDialogProps) {
  const t = useText();
  return (
    <>
      <Button
        type="button"
        tone={tone === 'danger' ? 'quiet' : tone}
        small={small}
        command="show-modal"
        commandfor={id}
        popovertarget={id}
      >
        {trigger}
      </Button>
      <dialog class="dialog" id={id} popover="auto" aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{title}</h2>
        <div class="stack close">{children}</div>
        <Form {...form}>
          <div class="row">
            <Button
              type="button"
              tone="quiet"
              command="close"
              commandfor={id}
              popovertarget={id}
              popovertargetaction="hide"
              autofocus
            >
              {t('dialog.cancel')}
            </Button>
            <SubmitButton tone={tone}>{confirm}</SubmitButton>
          </div>
        </Form>
      </dialog>
    </>
  );
}
