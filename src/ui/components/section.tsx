import type { ComponentChildren } from 'preact';

export interface SectionProps {
  readonly title: ComponentChildren;
  readonly id?: string | undefined;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a page under its own heading, without a frame. */
export function Section({ title, id, lead, children }: SectionProps) {
  return (
    <section class="section" id={id}>
      <h2>{title}</h2>
      {lead ? <p class="soft measure">{lead}</p> : null}
      {children}
    </section>
  );
}
