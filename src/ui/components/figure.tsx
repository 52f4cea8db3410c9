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

export function Figure({ value, label, href }: FigureProps) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>{href ? <a href={href}>{value}</a> : value}</dd>
    </div>
  );
}
