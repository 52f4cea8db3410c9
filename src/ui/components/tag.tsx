import type { ComponentChildren } from 'preact';

export type TagTone = 'neutral' | 'good' | 'warn' | 'info';

/** A word on the state or the kind of a thing. The colour repeats what the word says, it never says it alone. */
export function Tag({ children, tone = 'neutral' }: { children: ComponentChildren; tone?: TagTone | undefined }) {
  return <span class={tone === 'neutral' ? 'tag' : `tag ${tone}`}>{children}</span>;
}

/** Several tags in a row. */
export function Tags({ children }: { children: ComponentChildren }) {
  return <div class="tags">{children}</div>;
}
