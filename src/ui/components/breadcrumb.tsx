import type { ComponentChildren } from 'preact';
import { useText } from '../text.ts';

export interface Crumb {
  readonly label: ComponentChildren;
  /** Left out for the page itself. */
  readonly href?: string | undefined;
}

/** The way back, from the widest to the page itself. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useText();
  return (
    <nav class="crumbs" aria-label={t('breadcrumb')}>
      <ol>
        {crumbs.map(({ label, href }) => (
          <li>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}
