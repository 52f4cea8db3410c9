import type { ComponentChildren } from 'preact';

export interface PanelProps {
  readonly title?: ComponentChildren;
  /** Names the panel for links (`#id`) and for readers of the screen. */
  readonly id?: string | undefined;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly level?: 2 | 3 | undefined;
}

/** A framed part of a page, with its heading. */
export function Panel({ title, id, lead, children, level = 2 }: PanelProps) {
  const Heading = `h${level}` as 'h2' | 'h3';
  return (
    <section class="panel" id={id}>
      {title ? <Heading class="panel-title">{title}</Heading> : null}
      {lead ? <p class="small soft">{lead}</p> : null}
      {children}
    </section>
  );
}
