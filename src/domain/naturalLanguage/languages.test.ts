import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recurrenceProblems, startRecurrence } from '../recurrence/recurrence.ts';
import type { RecurrencePattern } from '../recurrence/recurrencePatterns.ts';
import { toDay, weekdays } from '../time/time.ts';
import { patchOf as patchOfTokens } from './fields.ts';
import { parserLanguages } from './languages.ts';
import { parseText } from './parser.ts';

// A Wednesday.
const now = '2026-03-18T11:24:00.000';

function patchOf(line: string, locale: string, preferred: readonly string[] = []) {
  const parsed = parseText(line, { now, locale, preferred, firstDayOfWeek: 'monday' });
  return patchOfTokens(parsed, { now, zone: 'Europe/Paris' });
}

const daily = { type: 'daily', interval: 1 };
const weekly = (interval: number, ...daysOfWeek: string[]) => ({ type: 'weekly', interval, daysOfWeek });
const monthly = (dayOfMonth: number, interval = 1) => ({ type: 'absoluteMonthly', interval, dayOfMonth });
const lastFriday = { type: 'relativeMonthly', interval: 1, index: 'last', daysOfWeek: ['friday'] };
const fifthOfMay = { type: 'absoluteYearly', interval: 1, month: 5, dayOfMonth: 5 };

describe('repeating in other languages', () => {
  it.each<[string, string, object]>([
    ['en-DE', 'jeden Tag', daily],
    ['en-DE', 'täglich', daily],
    ['en-DE', 'jeden Montag und Donnerstag', weekly(1, 'monday', 'thursday')],
    ['en-DE', 'montags', weekly(1, 'monday')],
    ['en-DE', 'jeden zweiten Freitag', weekly(2, 'friday')],
    ['en-DE', 'alle 2 Wochen am Mo, Do', weekly(2, 'monday', 'thursday')],
    ['en-DE', 'werktags', { type: 'weekly', daysOfWeek: expect.objectContaining({ length: 5 }) }],
    ['en-DE', 'jeden Monat am 1.', monthly(1)],
    ['en-DE', 'monatlich am letzten Freitag', lastFriday],
    ['en-DE', 'jedes Jahr am 5. Mai', fifthOfMay],
    ['de-DE', 'every day', daily],
    ['en-FR', 'tous les jours', daily],
    ['en-FR', 'chaque lundi et jeudi', weekly(1, 'monday', 'thursday')],
    ['en-FR', 'tous les lundis', weekly(1, 'monday')],
    ['en-FR', 'toutes les 2 semaines le lundi', weekly(2, 'monday')],
    ['en-FR', 'tous les deux mois le 15', monthly(15, 2)],
    ['en-FR', 'tous les mois le 1er', monthly(1)],
    ['en-FR', 'chaque mois le dernier vendredi', lastFriday],
    ['en-FR', 'chaque année le 5 mai', fifthOfMay],
    ['en-ES', 'todos los días', daily],
    ['en-ES', 'cada lunes y jueves', weekly(1, 'monday', 'thursday')],
    ['en-ES', 'cada 2 semanas los miércoles', weekly(2, 'wednesday')],
    ['en-ES', 'cada mes el 1', monthly(1)],
    ['en-ES', 'cada mes el último viernes', lastFriday],
    ['en-ES', 'cada año el 5 de mayo', fifthOfMay],
    ['en-IT', 'ogni giorno', daily],
    ['en-IT', 'ogni lunedì e giovedì', weekly(1, 'monday', 'thursday')],
    ['en-IT', 'ogni 2 settimane il lunedì', weekly(2, 'monday')],
    ['en-IT', 'ogni mese il 1°', monthly(1)],
    ['en-IT', "ogni mese l'ultimo venerdì", lastFriday],
    ['en-IT', 'ogni anno il 5 maggio', fifthOfMay],
    ['en-NL', 'elke dag', daily],
    ['en-NL', 'elke maandag en donderdag', weekly(1, 'monday', 'thursday')],
    ['en-NL', 'om de 2 weken op maandag', weekly(2, 'monday')],
    ['en-NL', 'om de vrijdag', weekly(2, 'friday')],
    ['en-NL', 'elke maand op de 1e', monthly(1)],
    ['en-NL', 'elke maand op de laatste vrijdag', lastFriday],
    ['en-NL', 'elk jaar op 5 mei', fifthOfMay],
    ['en-BR', 'todos os dias', daily],
    ['en-BR', 'toda segunda e quinta', weekly(1, 'monday', 'thursday')],
    ['en-BR', 'a cada 2 semanas na sexta-feira', weekly(2, 'friday')],
    ['en-BR', 'todo mês no dia 1', monthly(1)],
    ['en-BR', 'todo mês na última sexta', lastFriday],
    ['en-BR', 'todo ano em 5 de maio', fifthOfMay],
  ])('%s: %s', (locale, words, pattern) => {
    const { subject, recurrence } = patchOf(`Yoga ${words}`, locale);
    expect(subject).toBe('Yoga');
    expect(recurrence?.pattern).toMatchObject(pattern);
    expect(recurrence?.range.type).toBe('noEnd');
  });

  it.each([
    ['en-DE', 'Yoga jeden Tag bis 30. Juni'],
    ['en-FR', "Yoga tous les jours jusqu'au 30 juin"],
    ['en-ES', 'Yoga cada día hasta el 30 de junio'],
    ['en-IT', 'Yoga ogni giorno fino al 30 giugno'],
    ['en-NL', 'Yoga elke dag tot en met 30 juni'],
    ['en-BR', 'Yoga todo dia até 30 de junho'],
  ])('%s: %s', (locale, line) => {
    expect(patchOf(line, locale)).toMatchObject({
      subject: 'Yoga',
      recurrence: { pattern: daily, range: { type: 'endDate', endDate: '2026-06-30' } },
    });
  });

  it.each([
    ['en-DE', 'Yoga täglich 12 Mal'],
    ['en-FR', 'Yoga chaque jour, 12 fois'],
    ['en-ES', 'Yoga cada día 12 veces'],
    ['en-IT', 'Yoga ogni giorno 12 volte'],
    ['en-NL', 'Yoga dagelijks 12 keer'],
    ['en-PT', 'Yoga todos os dias, 12 vezes'],
  ])('%s: %s', (locale, line) => {
    expect(patchOf(line, locale).recurrence?.range).toMatchObject({ type: 'numbered', numberOfOccurrences: 12 });
  });

  it.each([
    ['en-FR', 'Payer le loyer le 12 mars rappel 9:00', 'Payer le loyer', '2027-03-12'],
    ['en-DE', 'Miete zahlen am 1. April erinnern 9:00', 'Miete zahlen', '2026-04-01'],
    ['en-NL', 'Huur betalen op 1 april herinner me om 9:00', 'Huur betalen', '2026-04-01'],
  ])('%s: %s', (locale, line, subject, day) => {
    expect(patchOf(line, locale)).toMatchObject({
      subject,
      due: { local: `${day}T00:00:00.000` },
      reminder: { local: `${day}T09:00:00.000` },
    });
  });

  it.each([
    ['en-GB', 'Yoga jeden Montag'],
    ['en-FR', 'Ranger tous les papiers'],
    ['en-DE', 'Alle Rechnungen zahlen'],
    ['en-DE', 'Jeden einzeln fragen'],
    ['en-ES', 'Cada cosa en su sitio'],
    ['en-IT', 'Ogni tanto telefonare'],
    ['en-NL', 'Alle boeken terug'],
    ['en-BR', 'Toda a roupa'],
  ])('%s: “%s” stays text', (locale, line) => {
    expect(patchOf(line, locale)).toEqual({ subject: line });
  });

  it('parses the preferred languages of the browser in any region', () => {
    const line = 'Yoga tous les lundis';
    expect(patchOf(line, 'en-CA')).toEqual({ subject: line });
    expect(patchOf(line, 'en-CA', ['fr-CA', 'en-CA']).recurrence?.pattern).toMatchObject(weekly(1, 'monday'));
    expect(parserLanguages('en-US', ['en-US', 'ja', 'es'])).toEqual(['en', 'es']);
  });

  it('makes only valid recurrences from any words', () => {
    const word = fc.constantFrom(
      ...'jeden Montag alle 2 Wochen am letzten Freitag bis 30. Juni tous les mois le 1er cada año 5 de mayo'.split(
        ' ',
      ),
      ...'ogni giorno 12 volte elke maand op de todo dia útil até jusqu’au, x 31 99'.split(' '),
    );
    const lines = fc.array(word, { maxLength: 10 }).map((all) => `Yoga ${all.join(' ')}`);
    fc.assert(
      fc.property(lines, fc.constantFrom('en-DE', 'en-FR', 'en-ES', 'en-IT', 'en-NL', 'en-BR'), (line, locale) => {
        const { recurrence } = patchOf(line, locale);
        if (recurrence) expect(recurrenceProblems(startRecurrence(recurrence, toDay(now)))).toEqual([]);
      }),
    );
  });

  it('maps the names of every weekday in every language', () => {
    for (const [locale, every] of [
      ['en-GB', 'every'],
      ['en-DE', 'jeden'],
      ['en-FR', 'chaque'],
      ['en-ES', 'cada'],
      ['en-IT', 'ogni'],
      ['en-NL', 'elke'],
      ['en-PT', 'cada'],
    ] as const) {
      const language = parserLanguages(locale).at(-1) ?? 'en';
      for (const style of ['long', 'short'] as const) {
        const names = weekdays.map((_day, at) =>
          new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' })
            .format(Date.UTC(2026, 2, 15 + at))
            .replace('.', ''),
        );
        const read = names.map((name) => {
          const pattern: RecurrencePattern | undefined = patchOf(`Yoga ${every} ${name}`, locale).recurrence?.pattern;
          return pattern?.type === 'weekly' ? pattern.daysOfWeek : name;
        });
        expect(read).toEqual(weekdays.map((day) => [day]));
      }
    }
  });
});
