import { afterEach, expect, it, test, vi } from 'vitest';
import { weekStartOf } from './weekStart.ts';

const locales = [
  ['en-GB', 'monday'],
  ['de', 'monday'],
  ['en-US', 'sunday'],
  ['pt-BR', 'sunday'],
  ['ja', 'sunday'],
] as const;

test.each(locales)('weeks in %s begin on %s', (locale, day) => {
  expect(weekStartOf(locale)).toBe(day);
});

test('weeks in ar-EG begin on saturday', () => expect(weekStartOf('ar-EG')).toBe('saturday'));

it('is Monday for a name that is no locale', () => expect(weekStartOf('C!')).toBe('monday'));

const { Locale } = Intl;
afterEach(() => vi.unstubAllGlobals());

test.each(locales)('without week data of the runtime, weeks in %s begin on %s', (locale, day) => {
  class WithoutWeeks {
    readonly #locale: Intl.Locale;
    constructor(text: string) {
      this.#locale = new Locale(text);
    }
    maximize() {
      return this.#locale.maximize();
    }
  }
  vi.stubGlobal('Intl', { Locale: WithoutWeeks });
  expect(weekStartOf(locale)).toBe(day);
});
