import type { ComponentChildren } from 'preact';

/** Something more, for those who want it: a calculation, the same figures in rows. */
export function More({
  summary,
  children,
  open,
}: {
  summary: ComponentChildren;
  children: ComponentChildren;
  open?: boolean | undefined;
}) {
  return (
    <details class="more" open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
