import { isDayArticle, longestFirst, oncePerPlace, partTimes, two } from './reading.ts';
import type { Certainty, DayPart, Reading } from './reading.ts';
import { find } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A time of day, 'HH:mm', or the two times that the words may mean: the more likely one first. */
export type TimeRead = { end: number; time: string; other?: string; certainty: Certainty };

/** Words that are durations as often as times of day: "5 h", "5 heures". */
const durations = new Set(['h', 'hs', 'heure', 'heures', 'hora', 'horas', 'uur', 'u']);

/** The times of day at a place, in any of the languages, the longest first. */
export const timesAt = oncePerPlace((reading, at): readonly TimeRead[] =>
  longestFirst(reading.vocabularies.flatMap((vocabulary) => timesIn(reading, vocabulary, at))),
);

function timesIn(reading: Reading, vocabulary: Vocabulary, at: number): readonly TimeRead[] {
  const { words } = reading;
  const before = find(vocabulary, 'at', words, at);
  if (before !== null && isEndOfSpanIn(reading, vocabulary, at)) return [];
  const start = before?.end ?? at;
  const noon = find(vocabulary, 'noon', words, start) ?? find(vocabulary, 'noon', words, at);
  if (noon !== null) return [{ end: noon.end, time: partTimes.noon, certainty: before === null ? 'end' : 'sure' }];
  const word = words[start];
  if (word?.isNumber !== true || word.text.length > 2) return [];
  const hour = Number(word.text);
  if (hour > 23) return [];
  const isGlued = (place: number) => words[place]?.isGlued === true;
  const minutesAt = (place: number) =>
    words[place]?.isNumber === true && /^[0-5]\d$/.test(words[place].text) && isGlued(place);

  const sign = words[start + 1]?.text ?? '';
  const hasMinutes = isGlued(start + 1) && minutesAt(start + 2);
  const colon = sign === ':' && hasMinutes ? start + 3 : null;
  const dot = sign === '.' && hasMinutes ? start + 3 : null;
  const clock = colon ?? dot ?? start + 1;
  const minute = clock === start + 1 ? 0 : Number(words[start + 2]?.text);

  const half = halfOfDay(vocabulary, words, clock);
  if (half !== null && hour >= 1 && hour <= 12) {
    return [{ end: half.end, time: clockTime((hour % 12) + (half.isPm ? 12 : 0), minute), certainty: 'sure' }];
  }
  const marked = find(vocabulary, 'oclock', words, clock);
  if (marked !== null && words[clock] !== undefined) {
    const isDuration = durations.has(words[clock].text);
    const after = minutesAt(marked.end) || (!isDuration && /^[0-5]\d$/.test(words[marked.end]?.text ?? ''));
    const hasOwnMinutes = clock === start + 1 && after && words[marked.end]?.isNumber === true;
    const time = clockTime(hour, hasOwnMinutes ? Number(words[marked.end]?.text) : minute);
    const isSure = before !== null || !isDuration || hasOwnMinutes || clock !== start + 1;
    const isTwelve = vocabulary.language.isTwelveHour === true && !isDuration;
    return [
      {
        end: hasOwnMinutes ? marked.end + 1 : marked.end,
        ...(isTwelve ? eitherHalf(hour, time) : { time }),
        certainty: isSure ? 'sure' : 'endAsk',
      },
    ];
  }
  if (colon !== null || (dot !== null && before !== null)) {
    const isWritten = word.text.length === 2;
    const time = clockTime(hour, minute);
    return [
      {
        end: clock,
        ...(reading.isTwelveHour && !word.text.startsWith('0') ? eitherHalf(hour, time) : { time }),
        certainty: before !== null ? 'sure' : isWritten ? 'edge' : 'endAsk',
      },
    ];
  }
  if (before === null) return [];
  // "at 5"; but "a 5" is as often something else.
  const certainty = before.end === at + 1 && words[at]?.text === 'a' ? 'endAsk' : 'end';
  return [{ end: start + 1, ...eitherHalf(hour, clockTime(hour, 0)), certainty }];
}

/** Whether "à 12" in "de 9 à 12" or "to" in "from 2pm to 3pm" is at a place: it ends a span of hours or of numbers. */
export function isEndOfSpan(reading: Reading, at: number): boolean {
  return reading.vocabularies.some((vocabulary) => isEndOfSpanIn(reading, vocabulary, at));
}

function isEndOfSpanIn(reading: Reading, vocabulary: Vocabulary, at: number): boolean {
  const { words } = reading;
  if (find(vocabulary, 'to', words, at) === null) return false;
  return [2, 3, 4, 5].some((back) => {
    const from = find(vocabulary, 'from', words, at - back);
    if (from === null || from.end >= at || words[from.end]?.isNumber !== true) return false;
    if (isDayArticle(words[from.end - 1])) return false;
    return from.end + 1 === at || timesIn(reading, vocabulary, from.end).some(({ end }) => end === at);
  });
}

function halfOfDay(vocabulary: Vocabulary, words: Reading['words'], at: number): { isPm: boolean; end: number } | null {
  const am = find(vocabulary, 'am', words, at);
  if (am !== null) return { isPm: false, end: am.end };
  const pm = find(vocabulary, 'pm', words, at);
  return pm === null ? null : { isPm: true, end: pm.end };
}

/** One to seven are hours of the afternoon as often as of the morning. */
function eitherHalf(hour: number, time: string): { time: string; other?: string } {
  if (hour < 1 || hour > 7) return { time };
  return { time: `${hour + 12}${time.slice(2)}`, other: time };
}

function clockTime(hour: number, minute: number): string {
  return `${two(hour)}:${two(minute)}`;
}

/** The part of the day at a place: "in the morning", "abends". */
export const partsAt = oncePerPlace((reading, at): readonly { part: DayPart; end: number }[] => {
  const parts = ['morning', 'afternoon', 'evening', 'night'] as const;
  return longestFirst(
    reading.vocabularies.flatMap((vocabulary) =>
      parts.flatMap((part) => {
        const found = find(vocabulary, part, reading.words, at);
        return found === null ? [] : [{ part, end: found.end }];
      }),
    ),
  );
});

/** A time, and whether it is of the night that follows the day. */
type TimeInPart = { time: string; night?: 'next' | 'either' };

/** The times that a time and a part of the day mean together: "5 in the evening" is 17:00, "tonight at 1" is after midnight. */
export function timesInPart(time: TimeRead | null, part: DayPart | null): readonly TimeInPart[] {
  if (time === null) return part === null ? [] : [{ time: partTimes[part] }];
  const all = time.other === undefined ? [time.time] : [time.time, time.other];
  if (part === null) return all.map((time) => ({ time }));
  const written = Number(time.time.slice(0, 2));
  const minutes = time.time.slice(2);
  const hour = time.other === undefined ? written : Number(time.other.slice(0, 2));
  if ((part === 'night' || part === 'evening') && (hour === 12 || hour === 0)) {
    return [{ time: `00${minutes}`, night: 'next' }];
  }
  if (part === 'night' && hour < 6) {
    const early: TimeInPart = { time: `${two(hour)}${minutes}`, night: time.other === undefined ? 'either' : 'next' };
    return hour < 5 || time.other === undefined ? [early] : [{ time: `${two(hour + 12)}${minutes}` }, early];
  }
  const isLate = part === 'afternoon' || part === 'evening' || part === 'night';
  const half = isLate && hour < 12 ? hour + 12 : isLate ? hour : hour >= 12 && part !== 'noon' ? hour - 12 : hour;
  return [{ time: `${two(half)}${minutes}` }];
}
