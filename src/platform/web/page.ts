/**
 * A page: what GET shows, what POST does, the view. This is all that stands between a route and its slice.
 *
 * Must always hold: an action runs in one territory transaction together with the reading of the visitor's rights;
 * anything but `done` rolls it back. What a visitor may not see answers 404, as if it did not exist.
 */
import type { ComponentChildren } from 'preact';
import type { FormState } from '../../lib/form-state.ts';
import type { FormInput } from './form.ts';
import type { Twin } from './twin.ts';

export interface Page<Visit, Transaction, Data> {
  /** Hono's pattern, such as `/:territory/besoins/:need`. */
  readonly path: string;
  /** What GET shows: plain values, or one of the answers below. */
  load(visit: Visit, tx: Transaction): Promise<Data | PageAnswer>;
  /** What POST does, by the name that the pressed button sends (`default` when the page has one action). */
  readonly actions?: Readonly<Record<string, Action<Visit, Transaction>>>;
  view(data: Data, visit: Visit, form: FormState): View;
  /** How programs read this page and do its acts at `/api/…`; without it they cannot. */
  readonly twin?: Twin<Data, Visit>;
  /** Largest body of a POST in bytes; 256 kB unless the page takes files. */
  readonly maxBodyBytes?: number;
  /**
   * Its files may be larger than the memory: they are laid on the disk, for visitors who may send them. Asked before
   * the body is read.
   */
  maySendFiles?(visit: Visit): boolean;
}

export type Action<Visit, Transaction> = (visit: Visit, input: FormInput, tx: Transaction) => Promise<ActionOutcome>;

export interface View {
  /** The question the page answers, for the title bar and the history. */
  readonly title: string;
  readonly description?: string;
  readonly body: ComponentChildren;
  readonly width?: 'reading' | 'wide';
  /** Seconds after which a page without script asks again (progress of long work). */
  readonly refreshSeconds?: number;
  /** Names of the islands that stand on this page. */
  readonly islands?: readonly string[];
  /** Keep out of search engines (working pages are kept out anyway). */
  readonly unlisted?: boolean;
  /** Data for machines, written as application/ld+json. */
  readonly structuredData?: object;
  /** News of what the page shows, as an Atom feed of this site. */
  readonly feed?: { readonly href: string; readonly title: string };
  /** The picture that stands for the page where it is shared: a PNG of this site, 1200 by 630. */
  readonly shareImage?: string;
}

/** An answer other than the page's own data; recognised by its mark, so that data may have any shape. */
export class PageAnswer {
  readonly kind: 'not-found' | 'sign-in' | 'redirect' | 'response';
  readonly location: string | undefined;
  readonly response: Response | undefined;
  constructor(kind: PageAnswer['kind'], location?: string, response?: Response) {
    this.kind = kind;
    this.location = location;
    this.response = response;
  }
}

/** What may not be seen does not exist. */
export const NOT_FOUND = new PageAnswer('not-found');
/** Whoever is signed out is asked to sign in, then comes back here. */
export const SIGN_IN = new PageAnswer('sign-in');

export function redirectTo(location: string): PageAnswer {
  return new PageAnswer('redirect', location);
}

/** A file or another answer that is not a page (CSV, ICS, JSON). */
export function respondWith(response: Response): PageAnswer {
  return new PageAnswer('response', undefined, response);
}

/** The act of this name, if the page has it: words that every object knows name none. */
export function actionOf<Visit, Transaction>(
  page: Pick<Page<Visit, Transaction, unknown>, 'actions'>,
  name: string,
): Action<Visit, Transaction> | undefined {
  return page.actions !== undefined && Object.hasOwn(page.actions, name) ? page.actions[name] : undefined;
}

export type ActionOutcome =
  | {
      readonly kind: 'done';
      readonly location: string;
      /** A sentence for the next page, already translated. */
      readonly notice?: string;
      /** What was not done yet: it waits for somebody's agreement. */
      readonly waiting?: readonly string[];
      /** Runs once the transaction is committed (enqueue a job, send a mail); its failure is logged, not shown. */
      readonly afterCommit?: () => Promise<void>;
      /** `Set-Cookie` values that go with the answer (signing in and out). */
      readonly setCookies?: readonly string[];
    }
  /** Done, and the same page at once with something that is shown this once (a new token). */
  | { readonly kind: 'shown'; readonly location: string; readonly form: FormState }
  | { readonly kind: 'invalid'; readonly form: FormState }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'signed-out' };

export type DoneOutcome = Extract<ActionOutcome, { readonly kind: 'done' }>;

export function doneAt(location: string, notice?: string, afterCommit?: () => Promise<void>): DoneOutcome {
  return {
    kind: 'done',
    location,
    ...(notice === undefined ? {} : { notice }),
    ...(afterCommit === undefined ? {} : { afterCommit }),
  };
}

export function invalid(form: FormState): ActionOutcome {
  return { kind: 'invalid', form };
}

/** Text as a file to keep; `fileName` is ASCII. */
export function download(body: string | Uint8Array<ArrayBuffer>, fileName: string, contentType: string): PageAnswer {
  const headers = { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"` };
  return respondWith(new Response(body, { headers }));
}
