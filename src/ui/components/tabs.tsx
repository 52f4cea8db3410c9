import type { ComponentChildren } from 'preact';

export interface Tab {
  readonly label: ComponentChildren;
  readonly href: string;
  readonly current?: boolean | undefined;
  /** How many rows it holds, already written. */
  readonly count?: ComponentChildren;
}

/** Views of one thing, each with its address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ label: name, href, current, count }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {name}
              {count === undefined ? null : <span class="count"> {count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
