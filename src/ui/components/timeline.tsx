import type { ComponentChildren } from 'preact';

export interface Moment {
  /** The date in words. */
  readonly when: string;
  /** The same for machines: `2018-03-12`. */
  readonly dateTime?: string | undefined;
  readonly title: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly tone?: 'good' | 'warn' | undefined;
}

/** What happened, in order. */
export function Timeline({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol class="timeline">
      {moments.map(({ when, dateTime, title, detail, tone }) => (
        <li class={tone}>
          <time datetime={dateTime}>{when}</time>
          <p class="strong">{title}</p>
          {detail ? <div class="small soft">{detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}
