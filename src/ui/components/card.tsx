import type { ComponentChildren } from 'preact';

/** Things of one kind side by side, as a list. */
export function Cards({ children }: { children: ComponentChildren }) {
  return <ul class="cards">{children}</ul>;
}

export interface CardProps {
  readonly title: ComponentChildren;
  readonly href?: string | undefined;
  /** What, where, since when. */
  readonly meta?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly tags?: ComponentChildren;
}

/** One thing; the whole card follows its title's link. */
export function Card({ title, href, meta, children, tags }: CardProps) {
  return (
    <li class="card">
      <h3>{href ? <a href={href}>{title}</a> : title}</h3>
      {meta ? <p class="meta small soft">{meta}</p> : null}
      {children}
      {tags ? <div class="tags">{tags}</div> : null}
    </li>
  );
}
