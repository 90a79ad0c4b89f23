import { i18n } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { describe, expect, test } from 'vitest';
import { dateLocale } from './dateLocale.ts';
import { chooseLanguage } from './i18n.ts';

describe('dateLocale', () => {
  test.each<[string, string, string]>([
    ['en', 'en-GB', 'en-GB'],
    ['en', 'en', 'en'],
    ['en', 'de', 'en-DE'],
    ['en', 'pt-BR', 'en-BR'],
    ['en', 'zh-Hant-TW', 'en-TW'],
    ['en', 'C', 'en'],
    ['en', '', 'en'],
  ])('%s words in a %j browser', (language, browser, locale) => {
    expect(dateLocale(language, browser)).toBe(locale);
  });
});

describe('chooseLanguage', () => {
  test.each<[readonly string[], string]>([
    [['en-GB'], 'en'],
    [['xx', 'EN'], 'en'],
    [['xx'], 'en'],
    [[], 'en'],
  ])('%j', (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });
});

test('macros are compiled before the code runs', () => {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  const [count, name] = [2, 'Garden'];
  expect(i18n._(msg`Delete “${name}” and its ${plural(count, { one: '# task', other: '# tasks' })}?`)).toBe(
    'Delete “Garden” and its 2 tasks?',
  );
});
