/** When things happen in the demonstration: all of it is placed around the day on which it is loaded. */
export interface DemonstrationCalendar {
  readonly now: Temporal.Instant;
  readonly zone: string;
  readonly today: Temporal.PlainDate;
  /** First day of the current quarter, and of the two before. */
  readonly quarters: readonly [current: Temporal.PlainDate, previous: Temporal.PlainDate, before: Temporal.PlainDate];
}

export function calendarAround(now: Temporal.Instant, zone: string): DemonstrationCalendar {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const current = today.with({ month: today.month - ((today.month - 1) % 3), day: 1 });
  return { now, zone, today, quarters: [current, current.subtract({ months: 3 }), current.subtract({ months: 6 })] };
}

/** A moment of a day at the place, moved back before `now` when it would lie after it. */
export function momentOn(
  calendar: DemonstrationCalendar,
  day: Temporal.PlainDate,
  hour: number,
  minute = 0,
): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: calendar.zone, plainTime: new Temporal.PlainTime(hour, minute) }).toInstant();
}

/** The same day, or the Monday after when it falls on a week-end. */
export function workingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek <= 5 ? day : day.add({ days: 8 - day.dayOfWeek });
}
