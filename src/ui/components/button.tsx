import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

export type ButtonTone = 'main' | 'quiet' | 'danger' | 'plain';

interface Look {
  readonly children: ComponentChildren;
  /** One `main` button a page; the others are `quiet`. */
  readonly tone?: ButtonTone | undefined;
  readonly small?: boolean | undefined;
  readonly full?: boolean | undefined;
}

export type ButtonProps = Look & Omit<ButtonHTMLAttributes, 'class' | 'children'>;

/** Does something. Sends its form unless `type="button"`. */
export function Button({ children, tone, small, full, ...rest }: ButtonProps) {
  return (
    <button {...rest} class={buttonClass({ tone, small, full })}>
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends Look {
  readonly href: string;
  readonly id?: string | undefined;
  readonly rel?: string | undefined;
  readonly lang?: string | undefined;
  readonly download?: boolean | undefined;
  readonly 'aria-label'?: string | undefined;
}

/** Goes somewhere. */
export function ButtonLink({ children, tone, small, full, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} class={buttonClass({ tone, small, full })}>
      {children}
    </a>
  );
}

export function buttonClass({ tone = 'main', small, full }: Omit<Look, 'children'>): string {
  return ['button', tone === 'main' ? '' : tone, small ? 'small' : '', full ? 'full' : ''].filter(Boolean).join(' ');
}
