import type { Importance, Sensitivity, TaskStatus } from '../../../domain/task/task.ts';
import { importanceNames, sensitivityNames, statusNames } from './csvWriter.ts';

/*
 * Column names and words of Outlook's CSV in other languages. Only those that are published for the German version: a
 * column that is matched wrongly is worse than a missing one.
 */

/** The English name of a column, in lower case, by the German one. */
const germanColumns: ReadonlyMap<string, string> = new Map([
  ['betreff', 'subject'],
  ['beginnt am', 'start date'],
  ['fällig am', 'due date'],
  ['erinnerung ein/aus', 'reminder on/off'],
  ['erinnerung am', 'reminder date'],
  ['erinnerungsdatum', 'reminder date'],
  ['erinnerung um', 'reminder time'],
  ['erinnerungszeit', 'reminder time'],
  ['erledigt am', 'date completed'],
  ['% erledigt', '% complete'],
  ['kategorien', 'categories'],
  ['notizen', 'notes'],
  ['priorität', 'priority'],
  ['privat', 'private'],
  ['vertraulichkeit', 'sensitivity'],
  ['status', 'status'],
]);

/** English names of columns in lower case. Columns of a file without the German subject stay as they are. */
export function englishColumns(columns: readonly string[]): readonly string[] {
  const names = columns.map((name) => name.trim().toLowerCase().normalize('NFC'));
  if (names.includes('subject') || !names.includes('betreff')) return names;
  return names.map((name) => germanColumns.get(name) ?? name);
}

type Words<T extends string> = Readonly<Record<T, readonly string[]>>;

export const statusWords: Words<TaskStatus> = {
  notStarted: [statusNames.notStarted, 'Nicht begonnen'],
  inProgress: [statusNames.inProgress, 'In Bearbeitung'],
  completed: [statusNames.completed, 'Erledigt'],
  waitingOnOthers: [statusNames.waitingOnOthers, 'Wartet auf jemand anderen', 'Wartet auf andere'],
  deferred: [statusNames.deferred, 'Zurückgestellt'],
};
export const importanceWords: Words<Importance> = {
  low: [importanceNames.low, 'Niedrig'],
  normal: [importanceNames.normal],
  high: [importanceNames.high, 'Hoch'],
};
export const sensitivityWords: Words<Sensitivity> = {
  normal: [sensitivityNames.normal],
  personal: [sensitivityNames.personal, 'Persönlich'],
  private: [sensitivityNames.private, 'Privat'],
  confidential: [sensitivityNames.confidential, 'Vertraulich'],
};

/** Yes and no, as Outlook and Excel write them in their languages. */
const yesWords = new Set(
  'true yes on 1 -1 wahr ein ja vrai oui verdadero sí si vero verdadeiro sim waar ja aan sant på sand ja tosi kyllä prawda tak'
    .split(' ')
    .concat('pravda ano áno igaz igen истина да истинно правда так doğru evet adevărat da αληθησ αληθής ναι'.split(' '))
    .concat(
      '真 はい 是 참 예 נכון true כן صحيح نعم jah tõene taip tiesa jā patiess istina točno resnično вярно'.split(' '),
    ),
);
const noWords = new Set(
  'false no off 0 falsch aus nein faux non falso no não nao onwaar nee uit falskt nej av falsk usann nei epätosi ei fałsz nie'
    .split(' ')
    .concat('nepravda ne hamis nem ложь нет хибність ні yanlış hayır fals nu ψευδήσ ψευδής όχι'.split(' '))
    .concat('偽 いいえ 否 假 거짓 아니요 לא שקר خطأ لا väär netiesa nē aplams neistina netočno невярно не'.split(' ')),
);

/** Undefined for a word that is neither. */
export function truthOf(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase().normalize('NFC');
  return yesWords.has(word) ? true : noWords.has(word) ? false : undefined;
}
