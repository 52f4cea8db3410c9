import type { ComponentChildren } from 'preact';

export interface Fact {
  readonly term: ComponentChildren;
  readonly details: ComponentChildren;
}

/** Facts about one thing, name and value. */
export function DescriptionList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ term, details }) => (
        <div>
          <dt>{term}</dt>
          <dd>{details}</dd>
        </div>
      ))}
    </dl>
  );
}
