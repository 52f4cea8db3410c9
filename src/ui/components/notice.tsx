import type { ComponentChildren } from 'preact';

export type NoticeTone = 'good' | 'warn' | 'info' | 'plain';

export interface NoticeProps {
  readonly tone?: NoticeTone | undefined;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** `status` for what just happened; `alert` only for what stops the person. */
  readonly role?: 'status' | 'alert' | undefined;
  readonly small?: boolean | undefined;
}

/** A sentence set apart: an explanation, a refusal with its reason, a confirmation. */
export function Notice({ tone = 'good', title, children, role, small }: NoticeProps) {
  const look = ['note', tone === 'good' ? '' : tone, small ? 'small' : ''].filter(Boolean).join(' ');
  return (
    <div class={look} role={role}>
      {title ? <p class="note-title">{title}</p> : null}
      {children ? <div>{children}</div> : null}
    </div>
  );
}
