import { occurrences, recurrenceProblems, startRecurrence } from '../../../domain/recurrence/recurrence.ts';
import type { Recurrence } from '../../../domain/task/task.ts';
import { addMs, isDay, toDay } from '../../../domain/time/time.ts';
import type { Day, Instant } from '../../../domain/time/time.ts';
import type { FileComponent } from './contentLines.ts';
import { fromRrule, readRrule } from './rrule.ts';

/*
 * The offsets of a VTIMEZONE (RFC 5545 §3.6.5). Wall-clock times are counted as if they were UTC, so that differences are
 * offsets.
 */

/** A change of offset at `at`, on the clock that held before. Offsets in milliseconds east of UTC. */
type Change = { at: string; from: number; to: number };
type Rule = { rule: Recurrence; time: string; from: number; to: number; last: Day | undefined };

/** More observances than any zone has had; beyond that, each lookup would take noticeable time. */
const maxChanges = 1_000;

/** The clock that a VTIMEZONE describes; undefined when it describes none completely. */
export function readVtimezone({
  components,
}: FileComponent): { toInstant: (local: string) => Instant; toLocal: (instant: Instant) => string } | undefined {
  const fixed: Change[] = [];
  const rules: Rule[] = [];
  for (const observance of components) {
    if (observance.name !== 'standard' && observance.name !== 'daylight') continue;
    const found = readObservance(observance);
    if (found === undefined) return undefined;
    fixed.push(...found.fixed);
    rules.push(...found.rules);
  }
  if (fixed.length + rules.length === 0 || fixed.length > maxChanges || rules.length > 100) return undefined;
  fixed.sort(byTime);
  const first = fixed[0]?.from ?? 0;
  const byYear = new Map<number, readonly Change[]>();

  function changesUpTo(year: number): readonly Change[] {
    const known = byYear.get(year);
    if (known !== undefined) return known;
    const changes = [...fixed, ...rules.flatMap((rule) => changesOfRule(rule, year))].toSorted(byTime);
    byYear.set(year, changes);
    return changes;
  }
  function offsetAt(instant: Instant): number {
    const changes = changesUpTo(yearOf(instant));
    return changes.findLast(({ at, from }) => instantFrom(at, from) <= instant)?.to ?? changes[0]?.from ?? first;
  }
  return {
    toLocal: (instant) => addMs(instant, offsetAt(instant)).slice(0, -1),
    /** As for other zones: of a time that occurs twice, the first; a time that the clock skips moves forward. */
    toInstant(local) {
      const changes = changesUpTo(yearOf(local));
      const offsets = new Set(changes.flatMap(({ from, to }) => [from, to]));
      const candidates = [...offsets]
        .toSorted((a, b) => b - a)
        .map((offset) => ({ offset, instant: instantFrom(local, offset) }));
      const found = candidates.find(({ offset, instant }) => offsetAt(instant) === offset);
      if (found !== undefined) return found.instant;
      const before = changes.findLast(({ at }) => at <= local)?.from ?? first;
      return instantFrom(local, before);
    },
  };
}

const byTime = (a: Change, b: Change) => (instantFrom(a.at, a.from) < instantFrom(b.at, b.from) ? -1 : 1);
const instantFrom = (local: string, offset: number): Instant => addMs(`${local}Z`, -offset);
const yearOf = (text: string) => Number(text.slice(0, 4));

/** Those of a year and of the year before; of a rule that ended earlier, the last. */
function changesOfRule({ rule, time, from, to, last }: Rule, year: number): readonly Change[] {
  const begin = `${String(Math.max(year - 1, 1601)).padStart(4, '0')}-01-01`;
  const first = isDay(begin) && begin > rule.range.startDate ? begin : toDay(rule.range.startDate);
  const days: Day[] = last !== undefined && last < first ? [last] : [];
  for (const day of occurrences(rule, first)) {
    if (yearOf(day) > year) break;
    days.push(day);
  }
  return days.map((day) => ({ at: `${day}${time}`, from, to }));
}

function readObservance({
  properties,
}: FileComponent): { fixed: readonly Change[]; rules: readonly Rule[] } | undefined {
  const valueOf = (name: string) => properties.find((property) => property.name === name)?.value.trim();
  const [from, to] = [offsetOf(valueOf('tzoffsetfrom') ?? valueOf('tzoffsetto')), offsetOf(valueOf('tzoffsetto'))];
  const start = localTime(valueOf('dtstart') ?? '16010102T000000');
  if (from === undefined || to === undefined || start === undefined) return undefined;
  const dates = properties
    .filter(({ name }) => name === 'rdate')
    .flatMap(({ value }) => value.split(',').slice(0, maxChanges + 1))
    .map(localTime);
  if (!dates.every((date) => date !== undefined)) return undefined;
  const fixed = [start, ...dates].map((at) => ({ at, from, to }));
  const text = valueOf('rrule');
  if (text === undefined) return { fixed, rules: [] };
  const rule = ruleOf(text, toDay(start), from);
  if (rule === undefined) return undefined;
  // Counted once: an ended rule has no date near a later year.
  const last = rule.range.type === 'noEnd' ? undefined : [...occurrences(rule, toDay(start))].at(-1);
  return { fixed: [], rules: [{ rule, time: start.slice(10), from, to, last }] };
}

function ruleOf(text: string, start: Day, from: number): Recurrence | undefined {
  const parts = readRrule(text, (until) => {
    const local = localTime(until);
    if (local === undefined) return isDay(until) ? until : undefined;
    return toDay(/z$/i.test(until) ? addMs(`${local}Z`, from) : local);
  });
  const request = fromRrule(parts, start);
  if (request?.pattern.type !== 'absoluteYearly' && request?.pattern.type !== 'relativeYearly') return undefined;
  const rule = startRecurrence(request, start);
  return recurrenceProblems(rule).length === 0 ? rule : undefined;
}

function localTime(text: string): string | undefined {
  const [matched, year, month, date, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/i.exec(text.trim()) ?? [];
  const day = `${year}-${month}-${date}`;
  if (matched === undefined || !isDay(day) || hour > '23' || minute > '59' || second > '59') return undefined;
  // The store's calendar begins a day later than the rules of Windows do.
  return `${day < '1601-01-02' ? '1601-01-01' : day}T${hour}:${minute}:${second}.000`;
}

function offsetOf(text: string | undefined): number | undefined {
  const [matched, sign, hours, minutes, seconds = '00'] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text ?? '') ?? [];
  if (matched === undefined || Number(hours) > 23) return undefined;
  const ms = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ms : ms;
}
