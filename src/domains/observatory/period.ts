/** The period of the public figures: from the start of the story, 2016, to the end of today. */
export const STORY_BEGINS = Temporal.PlainDate.from('2016-01-01');

export function sinceTheStart(today: Temporal.PlainDate): {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
} {
  return { from: STORY_BEGINS, until: today.add({ days: 1 }) };
}

/** Reads `2026-11-03~<id>`, the key of the last row shown; undefined when it is anything else. */
export function readDayCursor(
  text: string | null,
): { readonly day: Temporal.PlainDate; readonly id: string } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})~([0-9a-f-]{36})$/u.exec(text ?? '');
  if (match === null) return undefined;
  try {
    return { day: Temporal.PlainDate.from(match[1] ?? ''), id: match[2] ?? '' };
  } catch {
    return undefined;
  }
}

export function writeDayCursor(day: Temporal.PlainDate, id: string): string {
  return `${day}~${id}`;
}
