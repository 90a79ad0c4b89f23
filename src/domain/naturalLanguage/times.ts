import { longestFirst, oncePerPlace, partTimes, two } from './reading.ts';
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

/** The times that a time and a part of the day mean together: "5 in the evening" is 17:00. */
export function timesInPart(time: TimeRead | null, part: DayPart | null): readonly string[] {
  if (time === null) return part === null ? [] : [partTimes[part]];
  const all = time.other === undefined ? [time.time] : [time.time, time.other];
  if (part === null) return all;
  const hour = Number(time.time.slice(0, 2));
  const isLate = part === 'afternoon' || part === 'evening' || (part === 'night' && hour >= 6);
  const half = isLate && hour < 12 ? hour + 12 : isLate ? hour : hour >= 12 && part !== 'noon' ? hour - 12 : hour;
  return [`${two(half)}${time.time.slice(2)}`];
}
