/**
 * Mails as the house writes them, and when one that did not leave is tried again.
 *
 * Must always hold: plain text only; a mail is tried a bounded number of times, never after its `expiresAt`
 * (a sign-in link that arrives late would only puzzle), and never twice at once.
 */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** An iCalendar object (RFC 5545), which mail programs offer to put into the calendar. */
  readonly calendar?: { readonly fileName: string; readonly content: string };
  /** Not worth sending from this moment on. */
  readonly expiresAt?: Temporal.Instant;
}

/** Minutes to wait after the first, second… failure; then the mail is given up, with its failure kept. */
const WAITS_MINUTES = [1, 5, 15, 60, 240, 720] as const;

/** When to try again after `attempts` failures, or undefined when that was the last. */
export function nextAttempt(
  attempts: number,
  now: Temporal.Instant,
  expiresAt: Temporal.Instant | null,
): Temporal.Instant | undefined {
  const minutes = WAITS_MINUTES[attempts - 1];
  if (minutes === undefined) return undefined;
  const next = now.add({ minutes });
  return expiresAt !== null && Temporal.Instant.compare(next, expiresAt) >= 0 ? undefined : next;
}

/** The METHOD of an iCalendar object, which its media type must repeat (RFC 6047). */
export function calendarMethod(content: string): string {
  return /^METHOD:([A-Z-]+)\s*$/mu.exec(content)?.[1] ?? 'PUBLISH';
}
