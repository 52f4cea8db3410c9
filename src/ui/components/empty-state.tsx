import type { ComponentChildren } from 'preact';

export interface EmptyStateProps {
  readonly title: ComponentChildren;
  /** What to do next, or why there is nothing. */
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
}

/** What stands where rows would be. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}
