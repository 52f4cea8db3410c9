import type { ComponentChildren } from 'preact';
import { Breadcrumb, type Crumb } from './breadcrumb.tsx';

export interface PageHeadProps {
  /** The answer of the page in a sentence. */
  readonly title: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly breadcrumb?: readonly Crumb[] | undefined;
  /** Tags on the state of the thing shown. */
  readonly tags?: ComponentChildren;
  /** The main action last; at most one is not quiet. */
  readonly actions?: ComponentChildren;
  /** A large opening, for the first page of a public site. */
  readonly hero?: boolean | undefined;
}

/** The only `h1` of a page, with the way back and the main action. */
export function PageHead({ title, lead, breadcrumb, tags, actions, hero = false }: PageHeadProps) {
  return (
    <div class={hero ? 'page-head hero' : 'page-head'}>
      <div>
        {breadcrumb ? <Breadcrumb crumbs={breadcrumb} /> : null}
        <h1>{title}</h1>
        {tags ? <div class="tags">{tags}</div> : null}
        {lead ? <p class="lead">{lead}</p> : null}
      </div>
      {actions ? <div class="row">{actions}</div> : null}
    </div>
  );
}
