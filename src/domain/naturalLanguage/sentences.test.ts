import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecurrenceRequest } from '../task/task.ts';
import { isSameDaySet, weekendDays, workdays } from '../time/weekdays.ts';
import { fieldsOf } from './fields.ts';
import type { Meaning } from './meanings.ts';
import { parseText } from './parser.ts';

const now = '2026-03-18T11:24:00.000';
/** Their other day is a subject of its own: "Discuss friday". */
const outranked = new Set(['Discuss friday by monday']);
const folder = new URL('./sentences/', import.meta.url);

type Row = { locale: string; sentence: string; expected: string };
type Table = { rows: readonly Row[]; folders: readonly string[]; categories: readonly string[] };

function readTable(file: string): Table {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n');
  const setting = (name: string) =>
    lines
      .find((line) => line.startsWith(`# ${name} `))
      ?.slice(name.length + 3)
      .split(', ') ?? [];
  const [locale = 'en-GB'] = setting('locale');
  const rows = lines
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line): Row => {
      const [left = '', expected = ''] = line.split(' => ');
      const own = /^\[([\w-]+)\] /.exec(left);
      return { locale: own?.[1] ?? locale, sentence: left.slice(own?.[0].length ?? 0), expected };
    });
  return { rows, folders: setting('folders'), categories: setting('categories') };
}

/** A day without this year. */
const short = (text: string) => text.replace(/^2026-/, '');

function patternText({ pattern, range }: RecurrenceRequest): string {
  const every = (name: string) => (pattern.interval === 1 ? name : `${name}/${pattern.interval}`);
  const days = 'daysOfWeek' in pattern ? pattern.daysOfWeek : [];
  const names = isSameDaySet(days, workdays)
    ? 'workday'
    : isSameDaySet(days, weekendDays)
      ? 'weekend'
      : days.length === 7
        ? 'anyday'
        : days.map((day) => day.slice(0, 3)).join(',');
  const pad = (n: number) => String(n).padStart(2, '0');
  const often = {
    daily: () => every('daily'),
    weekly: () => `${every('weekly')} ${names}`,
    absoluteMonthly: () => `${every('monthly')} ${'dayOfMonth' in pattern ? pattern.dayOfMonth : ''}`,
    relativeMonthly: () => `${every('monthly')} ${'index' in pattern ? pattern.index : ''} ${names}`,
    absoluteYearly: () =>
      `${every('yearly')} ${'month' in pattern ? pad(pattern.month) : ''}-${'dayOfMonth' in pattern ? pad(pattern.dayOfMonth) : ''}`,
    relativeYearly: () =>
      `${every('yearly')} ${'index' in pattern ? pattern.index : ''} ${names} ${'month' in pattern ? pad(pattern.month) : ''}`,
  }[pattern.type]();
  const limit =
    range.type === 'endDate'
      ? ` until ${short(range.endDate)}`
      : range.type === 'numbered'
        ? ` x${range.numberOfOccurrences}`
        : '';
  return often + limit;
}

function meaningText(meaning: Meaning): string {
  const at = (time: string | null) => (time === null ? '' : ` ${time}`);
  switch (meaning.kind) {
    case 'due':
      return `due ${short(meaning.day)}${at(meaning.time)}`;
    case 'range':
      return `due ${short(meaning.due)} start ${short(meaning.start)}${at(meaning.time)}`;
    case 'start':
      return `start ${short(meaning.day)}`;
    case 'time':
      return `time ${meaning.time}`;
    case 'reminder':
      return `remind ${short(meaning.day ?? '')} ${meaning.time}`;
    case 'repeat':
      return `${patternText(meaning.rule)}${at(meaning.time)}`;
    case 'importance':
      return meaning.importance;
    case 'category':
    case 'folder':
      return `${meaning.kind} ${meaning.name}`;
  }
}

function resultOf({ locale, sentence }: Row, { folders, categories }: Table): string {
  const parsed = parseText(sentence, { now, locale, firstDayOfWeek: 'monday', folders, categories });
  const { start, due, reminder, rule } = fieldsOf(parsed.tokens, now);
  const texts = (...kinds: readonly Meaning['kind'][]) =>
    parsed.tokens.filter(({ meaning }) => kinds.includes(meaning.kind)).map(({ meaning }) => meaningText(meaning));
  const sets = [
    ...(due === null ? [] : [`due ${short(due)}`]),
    ...(start === null ? [] : [`start ${short(start)}`]),
    ...(reminder === null ? [] : [`remind ${short(reminder).replace('T', ' ').slice(0, -7)}`]),
    ...(rule === null ? [] : [patternText(rule)]),
    ...texts('folder'),
    ...texts('category'),
    ...texts('importance'),
    ...(parsed.tokens.some(({ isPast }) => isPast) ? ['past'] : []),
    ...parsed.questions.map(({ choices }) => `ask ${choices.map(({ meaning }) => meaningText(meaning)).join(' / ')}`),
    ...parsed.notes.map(({ kind }) => `note ${kind}`),
  ];
  return `${parsed.subject} | ${sets.join('; ')}`.trim();
}

const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));

describe.each(files)('%s', (file) => {
  const table = readTable(file);
  it.each(table.rows)('$locale: $sentence', (row) => {
    expect([resultOf(row, table)]).toEqual([row.expected.trim()]);
  });

  it('leaves a subject in which nothing is found', () => {
    const left = table.rows.flatMap(({ locale, sentence }) => {
      const options = {
        now,
        locale,
        firstDayOfWeek: 'monday',
        folders: table.folders,
        categories: table.categories,
      } as const;
      const { subject, questions, tokens } = parseText(sentence, options);
      // A single date is a subject, and what is asked stays in it.
      if (tokens.length === 0 || questions.length > 0 || outranked.has(sentence)) return [];
      const again = parseText(subject, options);
      return again.tokens.length + again.questions.length === 0 ? [] : [sentence];
    });
    expect(left).toEqual([]);
  });
});

it('there are at least 400 sentences in eight languages', () => {
  expect(files).toHaveLength(8);
  expect(files.flatMap((file) => readTable(file).rows).length).toBeGreaterThanOrEqual(400);
});
