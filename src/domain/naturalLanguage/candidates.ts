import { addDays, weekdayOf, weekdays } from '../time/time.ts';
import type { Day } from '../time/time.ts';
import { workdays } from '../time/weekdays.ts';
import type { UnboundMeaning } from './meanings.ts';
import { isDuration, momentsAt, phraseEnds, rangesAt } from './moments.ts';
import type { MomentRead } from './moments.ts';
import type { Certainty, Reading } from './reading.ts';
import { seriesAt } from './series.ts';
import { isEndOfSpan, timesAt } from './times.ts';
import { find } from './vocabulary.ts';

/** Words that may have a meaning; places are numbers of words. */
export type Candidate = {
  from: number;
  to: number;
  certainty: Certainty;
  meanings: readonly UnboundMeaning[];
  /** Said by a word such as "due" or a sign, so that it goes before a day that is only named. */
  isExplicit: boolean;
  isAfterCompletion: boolean;
  hasEndTime: boolean;
};

const morning = '09:00';

/** Names that contain a weekday. */
const namedDays = new Set([
  'black',
  'good',
  'ash',
  'palm',
  'easter',
  'cyber',
  'casual',
  'holy',
  'super',
  'bloody',
  'ruby',
  'taco',
]);

/** Words that leave out the day after them, in any language, without accents. */
const excludingWords = new Set(
  `after except nach außer ausser apres sauf despues tras excepto salvo dopo tranne eccetto depois apos exceto behalve
  oprocz`.split(/\s+/),
);
const articles = new Set('the on am dem den de del do le la el il'.split(' '));

/** Everything in the line that may have a meaning, the longest at each place, in order and without overlaps. */
export function findCandidates(reading: Reading, all: Reading): readonly Candidate[] {
  const found: Candidate[] = [];
  const { words } = reading;
  for (let at = 0; at < words.length;) {
    const longest = mayOpen(reading, at) ? longestAt(reading, all, at) : null;
    if (longest !== null && !isExcluded(reading, longest)) found.push(longest);
    at = longest === null ? at + 1 : longest.to;
  }
  return found;
}

/** "after friday" and "sauf le vendredi" name a day that is not meant. */
function isExcluded(reading: Reading, { from, meanings }: Candidate): boolean {
  const { words } = reading;
  const kind = meanings[0]?.kind;
  if (kind !== 'due' && kind !== 'range') return false;
  const [before, last] = [words[from - 2]?.text ?? '', words[from - 1]?.text ?? ''];
  const isSign = words[from]?.text === '^' || words[from]?.text === '>';
  const follows = excludingWords.has(last) || (excludingWords.has(before) && articles.has(last));
  // "after 3pm on friday" names the day of the task.
  return follows && !isSign && timesAt(reading, from).length === 0;
}

function mayOpen(reading: Reading, at: number): boolean {
  const { words, vocabularies } = reading;
  const word = words[at];
  if (word?.canOpen !== true) return false;
  if (isEndOfSpan(reading, at) || (word.isNumber && isEndOfSpan(reading, at - 1))) return false;
  return word.isNumber || /^[\^>+]$/.test(word.text) || vocabularies.some(({ openers }) => openers.has(word.text));
}

function longestAt(reading: Reading, all: Reading, at: number): Candidate | null {
  const { words } = reading;
  let longest: Candidate | null = null;
  for (const candidate of candidatesAt(reading, all, at)) {
    const isComplete = words[candidate.to - 1]?.canClose === true && candidate.meanings.length > 0;
    if (isComplete && candidate.to > (longest?.to ?? at)) longest = candidate;
  }
  return longest;
}

type Rest = Pick<Candidate, 'from' | 'isExplicit'>;

/** @param all the same line in every language, for what follows a sign. */
function candidatesAt(reading: Reading, all: Reading, at: number): readonly Candidate[] {
  const { words } = reading;
  const plain: Rest = { from: at, isExplicit: false };
  const explicit: Rest = { from: at, isExplicit: true };
  const sign = words[at]?.text;
  if (sign === '^' || sign === '>') {
    if (words[at + 1]?.isGlued !== true) return [];
    return momentsAt(all, at + 1, true).map((moment) => ({
      ...(sign === '^' ? due(moment, explicit) : start(moment, explicit)),
      certainty: 'sure' as const,
    }));
  }
  const reminders = phraseEnds(reading, ['remind'], at).flatMap((place) =>
    momentsAt(all, place).map((moment) => reminder(moment, explicit)),
  );
  const starts = phraseEnds(reading, ['starts'], at).flatMap((place) =>
    momentsAt(reading, place, true).map((moment) => start(moment, explicit)),
  );
  const limits = phraseEnds(reading, ['by', 'until'], at).flatMap((place) =>
    momentsAt(reading, place, true).map((moment) => afterPreposition(moment, due(moment, explicit))),
  );
  const befores = phraseEnds(reading, ['before'], at).flatMap((place) =>
    momentsAt(reading, place).map((moment) => before(moment, explicit)),
  );
  const named = reading.vocabularies.flatMap((vocabulary) => {
    const on = find(vocabulary, 'on', words, at);
    if (on === null) return [];
    const isArticle = vocabulary.language.hasBareDates === true;
    const moments = momentsAt(reading, on.end).filter(({ meanings }) => !isArticle || meanings[0]?.day !== null);
    return moments.map((moment) => {
      const candidate = due(moment, plain);
      return isArticle ? candidate : afterPreposition(moment, candidate);
    });
  });
  const froms = phraseEnds(reading, ['from'], at).flatMap((place) =>
    timesOrDays(reading, place).map((moment): Candidate => {
      const either = [due(moment, plain), start(moment, plain)].flatMap(({ meanings }) => meanings);
      return { ...due(moment, plain), certainty: 'ask', meanings: either };
    }),
  );
  const isName = namedDays.has(words[at - 1]?.text ?? '');
  const moments = isName ? [] : momentsAt(reading, at).map((moment) => due(moment, plain));
  return [
    ...reminders,
    ...series(reading, at),
    ...ranges(reading, at),
    ...starts,
    ...limits,
    ...befores,
    ...named,
    ...froms,
    ...moments,
  ];
}

/** "14h" after "de" is a time of day. */
function timesOrDays(reading: Reading, at: number): readonly MomentRead[] {
  return momentsAt(reading, at).filter((moment) => !isDuration(moment));
}

function candidate({ end, certainty }: MomentRead, rest: Rest, meanings: readonly UnboundMeaning[]): Candidate {
  return { ...rest, to: end, certainty, meanings, isAfterCompletion: false, hasEndTime: false };
}

function due(moment: MomentRead, rest: Rest): Candidate {
  return candidate(
    moment,
    rest,
    moment.meanings.map(({ day, time }): UnboundMeaning => {
      return day === null ? { kind: 'time', time: time ?? morning } : { kind: 'due', day, time };
    }),
  );
}

/** "by sat" and "on mon" are days, but "for 3d" is as often something else. */
function afterPreposition({ certainty, isFloating }: MomentRead, candidate: Candidate): Candidate {
  return isFloating || certainty === 'edge' ? { ...candidate, certainty: 'sure' } : candidate;
}

function start(moment: MomentRead, rest: Rest): Candidate {
  const days = [...new Set(moment.meanings.flatMap(({ day }) => day ?? []))];
  return candidate(
    { ...moment, certainty: 'sure' },
    rest,
    days.map((day) => ({ kind: 'start', day })),
  );
}

/** "before friday" may leave Friday out. */
function before(moment: MomentRead, rest: Rest): Candidate {
  const days = [...new Set(moment.meanings.flatMap(({ day, time }) => (time === null ? (day ?? []) : [])))];
  return candidate(
    { ...moment, certainty: 'sure' },
    rest,
    days.slice(0, 1).flatMap((day): UnboundMeaning[] => [
      { kind: 'due', day: addDays(day, -1), time: null },
      { kind: 'due', day, time: null },
    ]),
  );
}

/** A day alone means nine in the morning. */
function reminder(moment: MomentRead, rest: Rest): Candidate {
  return candidate(
    { ...moment, certainty: 'sure' },
    rest,
    moment.meanings.map(({ day, time }) => ({ kind: 'reminder', day, time: time ?? morning })),
  );
}

function series(reading: Reading, at: number): readonly Candidate[] {
  return seriesAt(reading, at).map(({ end, certainty, meanings, isAfterCompletion }) => ({
    from: at,
    to: end,
    certainty,
    isExplicit: true,
    isAfterCompletion,
    hasEndTime: false,
    meanings: meanings.map((meaning) => ({ kind: 'repeat', ...meaning })),
  }));
}

function ranges(reading: Reading, at: number): readonly Candidate[] {
  return rangesAt(reading, at).map(({ end, certainty, meanings, isWeekdays }) => {
    const all = meanings.map(({ start, due, time }): UnboundMeaning => {
      return start === due ? { kind: 'due', day: due, time } : { kind: 'range', start, due, time };
    });
    const [first] = meanings;
    // "mon-fri" may be these days or those of every week.
    const isEvery = isWeekdays && first !== undefined && all.length === 1;
    return {
      from: at,
      to: end,
      certainty,
      isExplicit: true,
      isAfterCompletion: false,
      hasEndTime: meanings.some(({ hasEndTime }) => hasEndTime),
      meanings: isEvery ? [...all, everyDayFrom(reading, first.start, first.due)] : all,
    };
  });
}

function everyDayFrom({ firstDayOfWeek }: Reading, start: Day, due: Day): UnboundMeaning {
  const days = [0, 1, 2, 3, 4, 5, 6].map((count) => addDays(start, count)).filter((day) => day <= due);
  const named = new Set(days.map((day) => weekdayOf(day)));
  const daysOfWeek = weekdays.filter((day) => named.has(day));
  const isWork = daysOfWeek.length === 5 && workdays.every((day) => daysOfWeek.includes(day));
  const pattern = {
    type: 'weekly' as const,
    interval: 1,
    daysOfWeek: isWork ? workdays : daysOfWeek,
    firstDayOfWeek,
  };
  return { kind: 'repeat', pattern, range: { type: 'noEnd' }, time: null, from: null };
}
