/*
 * The words of recurrence in each language of the day parser
 * (docs/decisions/0038-recurrence-in-other-languages.md). Patterns are parts of case-insensitive regular expressions
 * over text without accents: "mié" is written "mie" here.
 */

export type RecurrenceUnit = 'day' | 'week' | 'month' | 'year';

export type RecurrenceLanguage = {
  /** "every", before a unit, weekdays or a number of units. */
  every: string;
  /** "every" before a number of units: 'alle', 'om de'. */
  everyFew: string;
  /** "every other" in one word, before a unit or a weekday: 'om de week'. */
  everyOther?: string;
  /** "other" or "second" after `every`. */
  other: string;
  /** Two, three and four in words. */
  few: readonly string[];
  units: Readonly<Record<RecurrenceUnit, string>>;
  /** Adverbs: 'daily', 'weekly'. */
  often: Readonly<Record<RecurrenceUnit, string>>;
  /** Monday to Friday, with "every": 'every weekday'. */
  workdays: string;
  /** Weekday names that alone mean every such day: 'montags'. */
  plainWeekdays?: string;
  /** Seven patterns, Sunday first. */
  weekdays: readonly string[];
  months: readonly string[];
  and: string;
  /** Between a unit and weekdays, and between a unit and a date; with the leading space. */
  onWeekday: string;
  onDate: string;
  /** first, second, third, fourth, last. */
  indexes: readonly string[];
  /** 'weekday' and 'day' in "the last weekday of the month". */
  anyWorkday: string;
  anyDay: string;
  /** Saturday or Sunday. */
  anyWeekendDay?: string;
  /** After the number of a day: 'st', '.'. */
  ordinal: string;
  /** Between day and month. */
  of: string;
  until: string;
  times: string;
  once?: string;
  /** "remind me at", up to the time. */
  remind: string;
  /** Before a day that the task is due on: "by". */
  due: string;
};

const words = (text: string): readonly string[] => text.split(' ');

const english: RecurrenceLanguage = {
  every: 'every',
  everyFew: 'every',
  other: 'other|second|2nd',
  few: ['two', 'three', 'four'],
  units: { day: 'days?', week: 'weeks?', month: 'months?', year: 'years?' },
  often: { day: 'daily', week: 'weekly', month: 'monthly', year: 'yearly|annually' },
  workdays: 'every (?:weekday|workday|working day)s?',
  weekdays: words(
    'sun(?:day)?s? mon(?:day)?s? tue(?:s(?:day)?)?s? wed(?:nesday)?s? thu(?:r(?:s(?:day)?)?)?s? fri(?:day)?s? sat(?:urday)?s?',
  ),
  months: words(
    'jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sep(?:t(?:ember)?)? oct(?:ober)? nov(?:ember)? dec(?:ember)?',
  ),
  and: 'and|&',
  onWeekday: ' on',
  onDate: ' on(?: the| day)?',
  indexes: ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'last'],
  anyWorkday: 'weekday|workday',
  anyDay: 'day',
  anyWeekendDay: 'weekend day',
  ordinal: 'st|nd|rd|th',
  of: ' (?:of |in )?',
  until: 'until|till',
  times: 'times',
  once: 'once',
  remind: 'remind(?: me)?(?: at| on)?',
  due: 'due on|due by|due|by|on',
};

const german: RecurrenceLanguage = {
  every: 'jede[nrs]?',
  everyFew: 'alle|jede[nrs]?',
  other: 'zweite[nrs]?|2\\.',
  few: ['zwei', 'drei', 'vier'],
  units: { day: 'tage?n?', week: 'wochen?', month: 'monate?n?', year: 'jahre?n?' },
  often: { day: 'taglich', week: 'wochentlich', month: 'monatlich', year: 'jahrlich' },
  workdays: 'jeden (?:werktag|arbeitstag)|werktags|an werktagen',
  plainWeekdays: '(?:sonn|mon|diens|donners|frei|sams)tags|mittwochs|sonnabends',
  weekdays: words(
    'so(?:nntag)?s? mo(?:ntag)?s? di(?:enstag)?s? mi(?:ttwoch)?s? do(?:nnerstag)?s? fr(?:eitag)?s? sa(?:mstag)?s?|sonnabends?',
  ),
  months: words(
    'jan(?:uar)?|janner feb(?:ruar)? marz|mrz apr(?:il)? mai juni? juli? aug(?:ust)? sep(?:t(?:ember)?)? okt(?:ober)? nov(?:ember)? dez(?:ember)?',
  ),
  and: 'und|&',
  onWeekday: '(?: am| an| immer)?(?: jeden)?',
  onDate: ' (?:am|zum)(?: tag)?',
  indexes: ['ersten?|1\\.', 'zweiten?|2\\.', 'dritten?|3\\.', 'vierten?|4\\.', 'letzten?'],
  anyWorkday: 'werktag|arbeitstag',
  anyDay: 'tag',
  ordinal: '\\.',
  of: ' (?:im |des )?',
  until: 'bis(?: zum)?',
  times: 'mal',
  remind: 'erinner(?:e|n|ung)?(?: mich)?(?: um| am)?',
  due: 'fallig(?: am| bis)?|bis(?: zum)?|am',
};

const french: RecurrenceLanguage = {
  every: 'chaque|tous les|toutes les',
  everyFew: 'tous les|toutes les',
  other: 'deuxiemes?|seconde?s?',
  few: ['deux', 'trois', 'quatre'],
  units: { day: 'jours?', week: 'semaines?', month: 'mois', year: 'ans?|annees?' },
  often: { day: 'quotidiennement', week: 'hebdomadairement', month: 'mensuellement', year: 'annuellement' },
  workdays: '(?:chaque jour|tous les jours) (?:ouvr(?:e|able)s?|de (?:la )?semaine)',
  weekdays: words(
    'dim(?:anche)?s? lun(?:di)?s? mar(?:di)?s? mer(?:credi)?s? jeu(?:di)?s? ven(?:dredi)?s? sam(?:edi)?s?',
  ),
  months: words(
    'janv(?:ier)? fevr(?:ier)?|fev mars avr(?:il)? mai juin juil(?:let)? aout sept(?:embre)? oct(?:obre)? nov(?:embre)? dec(?:embre)?',
  ),
  and: 'et(?: le)?|&',
  onWeekday: ' les?',
  onDate: ' le(?: jour)?',
  indexes: ['premier|1er', 'deuxieme|2e', 'troisieme|3e', 'quatrieme|4e', 'dernier'],
  anyWorkday: 'jour ouvre|jour ouvrable',
  anyDay: 'jour',
  ordinal: 'er|e',
  of: " (?:de |du mois de )?|(?: d[’'])",
  until: "jusqu[’']?(?:au|a|en)",
  times: 'fois',
  remind: '(?:rappel|rappelle|rappeler)(?:[- ]moi)?(?: a| le)?',
  due: 'avant(?: le)?|pour(?: le)?|le',
};

const spanish: RecurrenceLanguage = {
  every: 'cada|todos los|todas las',
  everyFew: 'cada',
  other: 'segund[oa]s?',
  few: ['dos', 'tres', 'cuatro'],
  units: { day: 'dias?', week: 'semanas?', month: 'mes(?:es)?', year: 'anos?' },
  often: { day: 'diariamente', week: 'semanalmente', month: 'mensualmente', year: 'anualmente' },
  workdays: '(?:cada dia|todos los dias) (?:laborable|habil)(?:e?s)?',
  weekdays: words('dom(?:ingo)?s? lun(?:es)? mar(?:tes)? mie(?:rcoles)? jue(?:ves)? vie(?:rnes)? sab(?:ado)?s?'),
  months: words(
    'ene(?:ro)? feb(?:rero)? mar(?:zo)? abr(?:il)? mayo? jun(?:io)? jul(?:io)? ago(?:sto)? sept?(?:iembre)? oct(?:ubre)? nov(?:iembre)? dic(?:iembre)?',
  ),
  and: 'y(?: el| los)?|e|&',
  onWeekday: '(?: el| los)',
  onDate: ' el(?: dia)?',
  indexes: ['primer[oa]?', 'segundo', 'tercer[oa]?', 'cuarto', 'ultimo'],
  anyWorkday: 'dia laborable|dia habil',
  anyDay: 'dia',
  ordinal: 'º|o',
  of: ' (?:de |del mes de )?',
  until: 'hasta(?: el)?',
  times: 'veces',
  remind: '(?:recordar|recordatorio|recuerdame)(?: a las?| el)?',
  due: 'antes del?|para el|el',
};

const italian: RecurrenceLanguage = {
  every: 'ogni|tutti i|tutte le',
  everyFew: 'ogni|tutti i|tutte le',
  other: 'second[oa]',
  few: ['due', 'tre', 'quattro'],
  units: { day: 'giorn[oi]', week: 'settiman[ae]', month: 'mes[ei]', year: 'ann[oi]' },
  often: {
    day: 'giornalmente|quotidianamente',
    week: 'settimanalmente',
    month: 'mensilmente',
    year: 'annualmente',
  },
  workdays: 'ogni giorno (?:feriale|lavorativo)|(?:tutti )?i giorni (?:feriali|lavorativi)',
  weekdays: words(
    'dom(?:enic(?:a|he))? lun(?:edi)? mar(?:tedi)? mer(?:coledi)? gio(?:vedi)? ven(?:erdi)? sab(?:at[oi])?',
  ),
  months: words(
    'gen(?:naio)? feb(?:braio)? mar(?:zo)? apr(?:ile)? mag(?:gio)? giu(?:gno)? lug(?:lio)? ago(?:sto)? set(?:tembre)? ott(?:obre)? nov(?:embre)? dic(?:embre)?',
  ),
  and: 'e(?: il| di)?|&',
  onWeekday: ' (?:il|di|la)',
  onDate: " (?:il|l[’']|al)(?: ?giorno)?",
  indexes: ['prim[oa]', 'second[oa]', 'terz[oa]', 'quart[oa]', 'ultim[oa]'],
  anyWorkday: 'giorno (?:feriale|lavorativo)',
  anyDay: 'giorno',
  ordinal: '°|º',
  of: ' (?:di |del mese di )?',
  until: "fino (?:al(?:l[’'])?|a)",
  times: 'volte',
  remind: '(?:ricorda(?:mi)?|promemoria)(?: alle| il)?',
  due: 'entro(?: il)?|per il|il',
};

const dutch: RecurrenceLanguage = {
  every: 'elke?|iedere?|alle',
  everyFew: 'elke|iedere|om de',
  everyOther: 'om de',
  other: 'tweede|andere',
  few: ['twee', 'drie', 'vier'],
  units: { day: 'dag(?:en)?', week: 'we(?:ek|ken)', month: 'maand(?:en)?', year: 'ja(?:ar|ren)' },
  often: { day: 'dagelijks', week: 'wekelijks', month: 'maandelijks', year: 'jaarlijks' },
  workdays: '(?:elke|iedere) (?:werkdag|doordeweekse dag)|op werkdagen|doordeweeks',
  weekdays: words(
    'zo(?:ndag)?(?:en)? ma(?:andag)?(?:en)? di(?:nsdag)?(?:en)? wo(?:ensdag)?(?:en)? do(?:nderdag)?(?:en)? vr(?:ijdag)?(?:en)? za(?:terdag)?(?:en)?',
  ),
  months: words(
    'jan(?:uari)? feb(?:ruari)? maart|mrt apr(?:il)? mei juni? juli? aug(?:ustus)? sep(?:t(?:ember)?)? okt(?:ober)? nov(?:ember)? dec(?:ember)?',
  ),
  and: 'en|&',
  onWeekday: ' op',
  onDate: ' op(?: de| dag)?',
  indexes: ['eerste|1e', 'tweede|2e', 'derde|3e', 'vierde|4e', 'laatste'],
  anyWorkday: 'werkdag',
  anyDay: 'dag',
  ordinal: 'e|ste|de',
  of: ' (?:van |in )?',
  until: 'tot(?: en met)?|t/m',
  times: 'keer|maal',
  remind: '(?:herinner(?:ing)?)(?: mij| me)?(?: om| op)?',
  due: 'uiterlijk(?: op)?|voor|op',
};

const portuguese: RecurrenceLanguage = {
  every: 'cada|todos os|todas as|tod[oa]',
  everyFew: '(?:a )?cada',
  other: 'segund[oa]s?',
  few: ['dois|duas', 'tres', 'quatro'],
  units: { day: 'dias?', week: 'semanas?', month: 'mes(?:es)?', year: 'anos?' },
  often: { day: 'diariamente', week: 'semanalmente', month: 'mensalmente', year: 'anualmente' },
  workdays: '(?:todos? os dias|todo dia|cada dia) (?:util|uteis)',
  weekdays: words(
    'dom(?:ingo)?s? seg(?:undas?)?(?:-feiras?)? ter(?:cas?)?(?:-feiras?)? qua(?:rtas?)?(?:-feiras?)? qui(?:ntas?)?(?:-feiras?)? sex(?:tas?)?(?:-feiras?)? sab(?:ado)?s?',
  ),
  months: words(
    'jan(?:eiro)? fev(?:ereiro)? mar(?:co)? abr(?:il)? maio? jun(?:ho)? jul(?:ho)? ago(?:sto)? set(?:embro)? out(?:ubro)? nov(?:embro)? dez(?:embro)?',
  ),
  and: 'e(?: n?[ao])?|&',
  onWeekday: ' (?:n[ao]s?|as|aos?)',
  onDate: ' (?:no dia|dia|em|a|n[ao])',
  indexes: ['primeir[oa]', 'segund[oa]', 'terceir[oa]', 'quart[oa]', 'ultim[oa]'],
  anyWorkday: 'dia util',
  anyDay: 'dia',
  ordinal: 'º|o',
  of: ' (?:de |do mes de )?',
  until: 'ate(?: o| a| ao)?(?: dia)?',
  times: 'vezes',
  remind: '(?:lembrar|lembrete|lembre-me)(?: as| em| no)?',
  due: 'ate(?: o)?(?: dia)?|no dia|para(?: o)?|em',
};

const languagesByCode: Readonly<Record<string, RecurrenceLanguage>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
};

/** The languages that exist for these codes, such as 'de'. */
export function recurrenceLanguagesOf(codes: readonly string[]): readonly RecurrenceLanguage[] {
  return codes.flatMap((code) => languagesByCode[code] ?? []);
}
