/**
 * A week of the territory, as an address names it (ISO 8601: `2026-W48`, weeks begin on Monday, the first of a year holds
 * its first Thursday). Must always hold: what was written is read back the same; anything else is no week.
 */
export interface Week {
  readonly monday: Temporal.PlainDate;
}

export function weekOf(day: Temporal.PlainDate): Week {
  return { monday: day.subtract({ days: day.dayOfWeek - 1 }) };
}

export function readWeek(text: string): Week | undefined {
  const [, year = '', week = ''] = /^(\d{4})-W(\d{2})$/u.exec(text) ?? [];
  const number = Number(week);
  if (year === '' || Number(year) < 1900 || Number(year) > 2200 || number < 1 || number > 53) return undefined;
  const firstMonday = weekOf(new Temporal.PlainDate(Number(year), 1, 4)).monday;
  const found = { monday: firstMonday.add({ days: (number - 1) * 7 }) };
  return writeWeek(found) === text ? found : undefined;
}

export function writeWeek({ monday }: Week): string {
  const { yearOfWeek, weekOfYear } = monday;
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}`;
}

export function otherWeek({ monday }: Week, weeks: number): Week {
  return { monday: monday.add({ days: weeks * 7 }) };
}

export function daysOf({ monday }: Week): Temporal.PlainDate[] {
  return Array.from({ length: 7 }, (_, index) => monday.add({ days: index }));
}

/** From the first moment of Monday until the first moment of the next one, in the place's zone. */
export function momentsOf(
  { monday }: Week,
  zone: string,
): { readonly from: Temporal.Instant; readonly until: Temporal.Instant } {
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant();
  return { from: start(monday), until: start(monday.add({ days: 7 })) };
}
