import type { ComponentChildren } from 'preact';
import { useText } from '../text.ts';
import { buttonClass } from './button.tsx';

export interface PagerProps {
  readonly previousHref?: string | undefined;
  readonly nextHref?: string | undefined;
  /** Where we stand: « 50 sur 231 ». */
  readonly children?: ComponentChildren;
}

/** Paging by cursor. Draws nothing when everything is shown. */
export function Pager({ previousHref, nextHref, children }: PagerProps) {
  const t = useText();
  if (!previousHref && !nextHref) return null;
  const look = buttonClass({ tone: 'quiet', small: true });
  return (
    <nav class="pager" aria-label={t('pager')}>
      <span class="soft small">{children}</span>
      <span class="row">
        {previousHref ? (
          <a class={look} href={previousHref} rel="prev">
            {t('pager.previous')}
          </a>
        ) : null}
        {nextHref ? (
          <a class={look} href={nextHref} rel="next">
            {t('pager.next')}
          </a>
        ) : null}
      </span>
    </nav>
  );
}
