import { useToday } from '../../../../data/account/useTimeZone.ts';
import type { EventItem } from '../../../../domain/task/outlookItem.ts';
import { addDays, addMs, dateOf, instantOf, toDay } from '../../../../domain/time/time.ts';
import type { Day, Instant, ZonedTime } from '../../../../domain/time/time.ts';
import { clockLabel, dateLabel, shortDay } from '../../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';

/** Labels for the times of an item, as read in the mailbox's zone. */
export function useItemTimeLabels() {
  const locale = useDateLocale();
  const { today, zone } = useToday();

  const day = (value: Day) => dateLabel(value, today, locale);

  /** An all-day event keeps its day, whatever zone it was written in. */
  function dayIn(time: ZonedTime, isAllDay: boolean): Day {
    return isAllDay ? toDay(time.local) : dateOf(instantOf(time), zone);
  }

  /** `Tue 17 Mar 10:00–11:00`; empty for an event without a start. */
  function eventTime({ start, end, isAllDay }: EventItem): string {
    if (start === null) return '';
    const first = dayIn(start, isAllDay);
    if (isAllDay) {
      const last = end === null ? first : addDays(dayIn(end, true), -1);
      return last <= first
        ? shortDay(first, today, locale)
        : `${shortDay(first, today, locale)} – ${shortDay(last, today, locale)}`;
    }
    const from = `${shortDay(first, today, locale)} ${clockLabel(instantOf(start), zone, locale)}`;
    if (end === null || instantOf(end) === instantOf(start)) return from;
    const until = clockLabel(instantOf(end), zone, locale);
    // An event that ends at midnight ends on the day before.
    const last = dateOf(addMs(instantOf(end), -1), zone);
    return last === first ? `${from}–${until}` : `${from} – ${shortDay(last, today, locale)} ${until}`;
  }

  /** `Tue 17 Mar 10:00`. */
  function moment(instant: Instant): string {
    return `${shortDay(dateOf(instant, zone), today, locale)} ${clockLabel(instant, zone, locale)}`;
  }

  return { zone, day, eventTime, moment };
}
