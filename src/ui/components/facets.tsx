import type { ComponentChildren } from 'preact';

export interface FacetChoice {
  readonly label: ComponentChildren;
  /** How many rows it would give, already written. */
  readonly count: string;
  /** The list with this value chosen, or no longer chosen. */
  readonly href: string;
  readonly isChosen: boolean;
}

export interface FacetGroup {
  readonly key: string;
  readonly label: string;
  readonly choices: readonly FacetChoice[];
}

/** Narrows a list by the values that it holds, each with its count: links, so that every state has its address. */
export function Facets({ label, groups }: { label: string; groups: readonly FacetGroup[] }) {
  return (
    <nav class="facets" aria-label={label}>
      {groups.map(({ key, label: name, choices }) => {
        const chosen = choices.filter(({ isChosen }) => isChosen).length;
        return (
          <details class="facet" name="facet" key={key}>
            <summary>
              {name}
              {chosen > 0 ? <span class="strong"> ({chosen})</span> : null}
            </summary>
            <ul>
              {choices.map((choice) => (
                <li>
                  <a href={choice.href} rel="nofollow" aria-current={choice.isChosen ? 'true' : undefined}>
                    <span>{choice.label}</span>
                    <span class="soft">{choice.count}</span>
                  </a>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </nav>
  );
}
