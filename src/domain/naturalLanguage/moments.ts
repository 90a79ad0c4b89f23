import { addDays, toDay } from '../time/time.ts';
import type { Day } from '../time/time.ts';
import { datePairAt } from './dates.ts';
import { daysAt } from './days.ts';
import { longestFirst, oncePerPlace, skipComma } from './reading.ts';
import type { Certainty, DayPart, DayRead, Reading } from './reading.ts';
import { partsAt, timesAt, timesInPart } from './times.ts';
import type { TimeRead } from './times.ts';
import { find } from './vocabulary.ts';
import type { PhraseName } from './vocabulary.ts';

/** A day, a time of day, or both: every meaning that the words may have, the most likely first. */
export type MomentRead = {
  end: number;
  certainty: Certainty;
  isFloating: boolean;
  /** 'HH:mm'; a time alone has no day. */
  meanings: readonly { day: Day | null; time: string | null }[];
};

type Parts = { end: number; day: DayRead | null; time: TimeRead | null; part: DayPart | null };

/** The end of each phrase with one of these names at a place, in any of the languages. */
export function phraseEnds(reading: Reading, names: readonly PhraseName[], at: number): readonly number[] {
  const ends = reading.vocabularies.flatMap((vocabulary) =>
    names.flatMap((name) => find(vocabulary, name, reading.words, at)?.end ?? []),
  );
  return [...new Set(ends)].toSorted((a, b) => b - a);
}

const momentsOnce = oncePerPlace((reading, at) => readMoments(reading, at, false));
const momentsAfterPrefix = oncePerPlace((reading, at) => readMoments(reading, at, true));

/**
 * "tomorrow", "tomorrow 3pm", "15 Uhr am Freitag", "friday evening", "tonight at 8". After a word such as "by", a number
 * may be a day: "by 15.".
 */
export function momentsAt(reading: Reading, at: number, isAfterPrefix = false): readonly MomentRead[] {
  return (isAfterPrefix ? momentsAfterPrefix : momentsOnce)(reading, at);
}

function readMoments(reading: Reading, at: number, isAfterPrefix: boolean): readonly MomentRead[] {
  const none: Parts = { end: at, day: null, time: null, part: null };
  const days = daysAt(reading, at, isAfterPrefix).map((day): Parts => ({ ...none, end: day.end, day }));
  const times = timesAt(reading, at).map((time): Parts => ({ ...none, end: time.end, time }));
  const parts = partsAt(reading, at).map(({ part, end }): Parts => ({ ...none, end, part }));
  return longestFirst(
    [...days, ...times, ...parts]
      .flatMap((first) => [...extended(reading, first), first])
      .filter(({ day, time }) => day !== null || time !== null)
      .map((parts) => momentOf(reading, parts)),
  );
}

/** The same with what is still missing after it, in any order. */
function extended(reading: Reading, parts: Parts): readonly Parts[] {
  // "in 2 hours" and "tonight" have their time.
  const next = skipComma(reading.words, parts.end);
  const all: Parts[] = [];
  if (parts.day === null) {
    for (const start of [next, ...phraseEnds(reading, ['on'], next)]) {
      for (const day of daysAt(reading, start)) all.push({ ...parts, end: day.end, day });
    }
  }
  if (parts.time === null && parts.day?.time === undefined) {
    for (const time of timesAt(reading, next)) all.push({ ...parts, end: time.end, time });
  }
  if (parts.part === null && parts.day?.part === undefined && parts.day?.time === undefined) {
    for (const { part, end } of partsAt(reading, next)) all.push({ ...parts, end, part });
  }
  return all.flatMap((more) => [...extended(reading, more), more]);
}

function momentOf({ now }: Reading, { end, day, time, part }: Parts): MomentRead {
  const days = day === null ? [null] : day.other === undefined ? [day.day] : [day.day, day.other];
  const own = day?.time === undefined ? timesInPart(time, part ?? day?.part ?? null) : [{ time: day.time }];
  const isTonight = day?.part === 'night';
  // "tonight at 1" is of the following day, unless that hour of today is still to come.
  const dayAt = (day: Day | null, { time, night }: (typeof own)[number]) => {
    const isNext = night === 'next' || (night === 'either' && isTonight);
    return day === null || !isNext || (isTonight && time > now.slice(11, 16)) ? day : addDays(day, 1);
  };
  const isBoth = day !== null && (time !== null || part !== null);
  return {
    end,
    certainty: isBoth ? 'sure' : (day?.certainty ?? time?.certainty ?? 'sure'),
    isFloating: day?.isFloating === true,
    meanings: days.flatMap((day): MomentRead['meanings'] =>
      own.length === 0 ? [{ day, time: null }] : own.map((read) => ({ day: dayAt(day, read), time: read.time })),
    ),
  };
}

/** A span of days: "from tomorrow to friday", "12–15 dec", "mon - wed". */
export type RangeRead = {
  end: number;
  certainty: Certainty;
  meanings: readonly { start: Day; due: Day; time: string | null; hasEndTime: boolean }[];
  /** Both ends are weekdays without a date: the days of every week may be meant. */
  isWeekdays: boolean;
};

const dashes = new Set(['-', '–', '—']);

/** Where the second half of a range begins, for each way to connect it. */
function connectorEnds(reading: Reading, at: number): readonly number[] {
  const isDash = dashes.has(reading.words[at]?.text ?? '');
  return [...(isDash ? [at + 1] : []), ...phraseEnds(reading, ['to'], at)];
}

export function rangesAt(reading: Reading, at: number): readonly RangeRead[] {
  const all: RangeRead[] = [];
  const starts = [at, ...phraseEnds(reading, ['from'], at)];
  for (const start of starts) {
    for (const vocabulary of reading.vocabularies) {
      const pair = datePairAt(reading, vocabulary, start, (place) => connectorEnds(reading, place)[0] ?? null);
      if (pair === null) continue;
      const meaning = { start: pair.start, due: pair.due, time: null, hasEndTime: false };
      all.push({ end: pair.end, certainty: 'sure', meanings: [meaning], isWeekdays: false });
    }
    // "14h" in "14h – 15h" is no duration.
    const firsts = momentsAt(reading, start, start > at).filter((moment) => !isDuration(moment));
    for (const first of firsts.slice(0, 4)) {
      for (const place of connectorEnds(reading, skipComma(reading.words, first.end))) {
        const range = rangeTo(reading, first, place);
        if (range !== null)
          all.push({ ...range, isWeekdays: start === at && isWeekday(reading, at) && isWeekday(reading, place) });
      }
    }
  }
  return longestFirst([...all, ...timedDays(reading, at)]);
}

/** "2h" and the like, unless a day or a preposition makes it a time. */
export function isDuration({ certainty, isFloating, meanings }: MomentRead): boolean {
  return certainty === 'endAsk' && !isFloating && meanings[0]?.day !== null;
}

/** "de 14h à 15h demain", "tomorrow from 2pm to 3pm": a day with both ends of its time. */
function timedDays(reading: Reading, at: number): readonly RangeRead[] {
  const read = (end: number, { day, other }: DayRead, { time, other: otherTime }: TimeRead): RangeRead => {
    const days = other === undefined ? [day] : [day, other];
    const times = otherTime === undefined ? [time] : [time, otherTime];
    const meanings = days.flatMap((day) => times.map((time) => ({ start: day, due: day, time, hasEndTime: true })));
    return { end, certainty: 'sure', meanings, isWeekdays: false };
  };
  const timeFirst = timeSpansAt(reading, at).flatMap(({ end, time }) => {
    const next = skipComma(reading.words, end);
    const days = [next, ...phraseEnds(reading, ['on'], next)].flatMap((place) => plainDaysAt(reading, place));
    return days.map((day) => read(day.end, day, time));
  });
  const dayFirst = plainDaysAt(reading, at).flatMap((day) =>
    timeSpansAt(reading, skipComma(reading.words, day.end)).map(({ end, time }) => read(end, day, time)),
  );
  return [...timeFirst, ...dayFirst];
}

function plainDaysAt(reading: Reading, at: number): readonly DayRead[] {
  return daysAt(reading, at).filter(({ time, certainty }) => time === undefined && certainty !== 'endAsk');
}

function timeSpansAt(reading: Reading, at: number): readonly { end: number; time: TimeRead }[] {
  return phraseEnds(reading, ['from'], at).flatMap((start) =>
    timesAt(reading, start).flatMap((time) =>
      connectorEnds(reading, time.end).flatMap((place) => timesAt(reading, place).map(({ end }) => ({ end, time }))),
    ),
  );
}

function isWeekday(reading: Reading, at: number): boolean {
  return [at, ...phraseEnds(reading, ['on'], at)].some((place) =>
    reading.vocabularies.some((vocabulary) => find(vocabulary, 'weekday', reading.words, place) !== null),
  );
}

function rangeTo(reading: Reading, first: MomentRead, place: number): Omit<RangeRead, 'isWeekdays'> | null {
  // "15h" after "à" is no day.
  const [second] = momentsAt(reading, place, true).filter(
    ({ certainty, isFloating }) => certainty !== 'endAsk' || isFloating,
  );
  if (second === undefined) return null;
  const meanings = first.meanings.flatMap(({ day: start, time }) => {
    if (start === null) return [];
    const [end] = second.meanings;
    if (end === undefined) return [];
    // "friday 14:00 – 15:00"
    if (end.day === null) {
      return time === null ? [] : [{ start, due: start, time, hasEndTime: true, isDay: true }];
    }
    const due = end.day > start || !second.isFloating ? end.day : (floatedDay(reading, place, start) ?? end.day);
    return due < start ? [] : [{ start, due, time, hasEndTime: end.time !== null }];
  });
  if (meanings.length === 0) return null;
  return { end: second.end, certainty: 'sure', meanings };
}

/** The second day of a range, counted from its first: "friday to tuesday". */
function floatedDay(reading: Reading, place: number, start: Day): Day | null {
  const later = { ...reading, today: addDays(start, 1), now: `${addDays(start, 1)}T00:00:00.000` };
  const [moment] = momentsAt(later, place, true);
  return moment?.meanings[0]?.day ?? null;
}

/** Whether a moment is over: a day before today, or a time of today before now. */
export function isPast(day: Day, time: string | null, now: string): boolean {
  const today = toDay(now);
  return day < today || (day === today && time !== null && time <= now.slice(11, 16));
}
