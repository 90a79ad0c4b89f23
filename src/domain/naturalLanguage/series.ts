import type { RecurrenceRequest } from '../task/task.ts';
import type { Day } from '../time/time.ts';
import { lastOfMonth } from './dates.ts';
import { nextMonth } from './days.ts';
import { momentsAt, phraseEnds } from './moments.ts';
import { longestFirst, skipComma } from './reading.ts';
import type { Certainty, DayPart, Reading } from './reading.ts';
import { patternsAt } from './rules.ts';
import type { RulePattern } from './rules.ts';
import { partsAt, timesAt, timesInPart } from './times.ts';
import type { TimeRead } from './times.ts';
import { find } from './vocabulary.ts';

type Range = RecurrenceRequest['range'];

export type SeriesMeaning = { pattern: RulePattern; range: Range; time: string | null; from: Day | null };

/** A recurrence with its time of day and its limits. */
export type SeriesRead = {
  end: number;
  certainty: Certainty;
  meanings: readonly SeriesMeaning[];
  /** "after completion", which a task of the mailbox cannot keep. */
  isAfterCompletion: boolean;
};

type Tails = {
  end: number;
  time: TimeRead | null;
  part: DayPart | null;
  ranges: readonly Range[];
  from: Day | null;
  isAfterCompletion: boolean;
};

/** The recurrences that the words at a place may mean, the longest first. */
export function seriesAt(reading: Reading, at: number): readonly SeriesRead[] {
  const all = reading.vocabularies.flatMap((vocabulary) =>
    longestFirst(patternsAt(reading, vocabulary, at)).slice(0, 3),
  );
  return longestFirst(
    all.map(({ end, patterns, certainty, part }) => {
      const none: Tails = {
        end,
        time: null,
        part: part ?? null,
        ranges: [{ type: 'noEnd' }],
        from: null,
        isAfterCompletion: false,
      };
      const tails = tailsAt(reading, none);
      const own = timesInPart(tails.time, tails.part).map(({ time }) => time);
      const times = own.length === 0 ? [null] : own;
      return {
        end: tails.end,
        certainty: tails.end > end ? 'sure' : certainty,
        isAfterCompletion: tails.isAfterCompletion,
        meanings: patterns.flatMap((pattern) =>
          tails.ranges.flatMap((range) => times.map((time) => ({ pattern, range, time, from: tails.from }))),
        ),
      };
    }),
  );
}

/** What follows a pattern, in any order: a time, "from …", "until …", "12 times", "after completion". */
function tailsAt(reading: Reading, first: Tails): Tails {
  let tails = first;
  for (let count = 0; count < 5; count += 1) {
    const next = nextTail(reading, tails, skipComma(reading.words, tails.end));
    if (next === null) return tails;
    tails = next;
  }
  return tails;
}

function nextTail(reading: Reading, tails: Tails, at: number): Tails | null {
  const [done] = phraseEnds(reading, ['done'], at);
  if (done !== undefined) return { ...tails, end: done, isAfterCompletion: true };
  const hasRange = tails.ranges[0]?.type !== 'noEnd';
  const limit = hasRange ? null : (countAt(reading, at) ?? untilAt(reading, tails.from, at));
  if (limit !== null) return { ...tails, ...limit };
  const start = tails.from === null ? startAt(reading, at) : null;
  if (start !== null) return { ...tails, ...start };
  const [time] = tails.time === null ? timesAt(reading, at) : [];
  if (time !== undefined) return { ...tails, end: time.end, time };
  const [part] = tails.part === null ? partsAt(reading, at) : [];
  return part === undefined ? null : { ...tails, end: part.end, part: part.part };
}

/** "12 times", "for 12 times", "once". */
function countAt(reading: Reading, at: number): Pick<Tails, 'end' | 'ranges'> | null {
  const { words } = reading;
  for (const start of [at, ...phraseEnds(reading, ['by', 'on'], at)]) {
    const word = words[start];
    const [times] = word?.isNumber === true && word.text.length <= 3 ? phraseEnds(reading, ['times'], start + 1) : [];
    const count = Number(word?.text);
    if (times !== undefined && count >= 1) {
      return { end: times, ranges: [{ type: 'numbered', numberOfOccurrences: count }] };
    }
  }
  const [once] = phraseEnds(reading, ['once'], at);
  return once === undefined ? null : { end: once, ranges: [{ type: 'numbered', numberOfOccurrences: 1 }] };
}

function untilAt(reading: Reading, from: Day | null, at: number): Pick<Tails, 'end' | 'ranges'> | null {
  const later = from === null ? reading : { ...reading, today: from, now: `${from}T00:00:00.000` };
  for (const start of phraseEnds(reading, ['until'], at)) {
    const month = monthAt(later, start);
    const [moment] = momentsAt(later, start, true).filter(({ meanings }) => meanings[0]?.day !== null);
    if (moment !== undefined && moment.end >= (month?.end ?? 0)) {
      const days = [...new Set(moment.meanings.flatMap(({ day }) => day ?? []))];
      return { end: moment.end, ranges: days.map((endDate) => ({ type: 'endDate', endDate })) };
    }
    if (month !== null) return { end: month.end, ranges: [{ type: 'endDate', endDate: lastOfMonth(month.first) }] };
  }
  return null;
}

function startAt(reading: Reading, at: number): Pick<Tails, 'end' | 'from'> | null {
  for (const start of phraseEnds(reading, ['from', 'starts'], at)) {
    const month = monthAt(reading, start);
    const [moment] = momentsAt(reading, start, true).filter(({ meanings }) => meanings[0]?.day !== null);
    const day = moment?.meanings[0]?.day ?? null;
    if (moment !== undefined && day !== null && moment.end >= (month?.end ?? 0)) return { end: moment.end, from: day };
    if (month !== null) {
      const from = month.first < reading.today ? reading.today : month.first;
      return { end: month.end, from };
    }
  }
  return null;
}

/** A month alone: "from march". */
function monthAt(reading: Reading, at: number): { first: Day; end: number } | null {
  for (const vocabulary of reading.vocabularies) {
    const month = find(vocabulary, 'monthName', reading.words, at);
    if (month !== null) return { first: nextMonth(reading.today, month.value + 1), end: month.end };
  }
  return null;
}
