/**
 * The clock of the register (DM-14): working days, without Saturdays, Sundays and the public holidays of France.
 *
 * Must always hold: Easter is computed (Meeus, Jones and Butcher; any Gregorian year); the day of the grant itself is not
 * counted; the last day is a working day.
 */
import { parameterOn } from './legal-parameters.ts';

/** The day on which the register must hold the grant at the latest. */
export function registerBy(grantedOn: Temporal.PlainDate): Temporal.PlainDate {
  return addWorkingDays(grantedOn, Number(parameterOn('register-working-days', grantedOn)));
}

export function addWorkingDays(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = from;
  for (let left = count; left > 0;) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

export function isWorkingDay(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5 && !publicHolidays(day.year).some((holiday) => holiday.equals(day));
}

/** The eleven public holidays of France, in order. */
export function publicHolidays(year: number): readonly Temporal.PlainDate[] {
  const easter = easterSunday(year);
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
  return [
    ...fixed.map((text) => easter.with({ month: Number(text.slice(0, 2)), day: Number(text.slice(3)) })),
    ...[1, 39, 50].map((days) => easter.add({ days })),
  ].toSorted(Temporal.PlainDate.compare);
}

export function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(sum / 31), (sum % 31) + 1);
}
