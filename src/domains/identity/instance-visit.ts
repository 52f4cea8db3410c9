/**
 * One request to a page of the instance, which belongs to no territory: signing in and out, the demonstration's mails.
 * Made once by the composition root; the clock is read there and nowhere below.
 */
import type { Locale } from '../../i18n/translator.ts';
import type { FillRandom } from '../../lib/ids.ts';
import type { InstanceTransaction } from '../../platform/postgres/database.ts';
import type { Page } from '../../platform/web/page.ts';
import type { Identity, SignedIn } from './identity.ts';

export interface InstanceVisit {
  readonly locale: Locale;
  readonly now: Temporal.Instant;
  readonly url: URL;
  /** The parts of the path named by the page's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly fillRandom: FillRandom;
  readonly identity: Identity;
  readonly signedIn: SignedIn | undefined;
  /** The request's own headers: cookies and the name of the browser. */
  readonly headers: Headers;
  /** Address of the machine that asks, after the proxies that the configuration trusts. */
  readonly clientAddress: string;
  /** True when no mail server is configured: mails stay on the page `/mails` of a demonstration. */
  readonly keepsMails: boolean;
}

export type InstancePage<Data> = Page<InstanceVisit, InstanceTransaction, Data>;

/** Declares a page of the instance, so that its data's type is inferred from `load`. */
export function instancePage<Data>(page: InstancePage<Data>): InstancePage<Data> {
  return page;
}
