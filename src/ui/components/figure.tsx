import type { ComponentChildren } from 'preact';

export interface FigureProps {
  /** The number, already written with its unit. */
  readonly value: ComponentChildren;
  readonly label: ComponentChildren;
  /** The rows that the number sums. */
  readonly href?: string | undefined;
}

/** The few numbers that answer the page's question; each links to its rows. */
export function Figures({ children }: { children: ComponentChildren }) {
  return <dl class="figures">{children}</dl>;
}

/** The narrow space of the display face is too narrow at this size: 1 284 would read as 1284. */
export function Figure({ value, label, href }: FigureProps) {
  const shown = typeof value === 'string' ? value.replaceAll('\u202f', '\u00a0') : value;
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>{href ? <a href={href}>{shown}</a> : shown}</dd>
    </div>
  );
}
