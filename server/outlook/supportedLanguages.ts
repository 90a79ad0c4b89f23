/** Locales with which a mailbox may be set up, as in Graph's `supportedLanguages` (docs/protocol.md#mailbox-and-user). */
const locales = (
  'af-ZA am-ET ar-SA az-Latn-AZ be-BY bg-BG bn-IN bs-Latn-BA ca-ES cs-CZ cy-GB da-DK de-AT de-CH de-DE el-GR en-AU en-CA ' +
  'en-GB en-IE en-IN en-NZ en-US en-ZA es-AR es-CL es-CO es-ES es-MX es-US et-EE eu-ES fa-IR fi-FI fil-PH fr-BE fr-CA ' +
  'fr-CH fr-FR ga-IE gl-ES gu-IN he-IL hi-IN hr-HR hu-HU hy-AM id-ID is-IS it-CH it-IT ja-JP ka-GE kk-KZ km-KH kn-IN ' +
  'ko-KR lo-LA lt-LT lv-LV mk-MK ml-IN mn-MN mr-IN ms-MY mt-MT nb-NO ne-NP nl-BE nl-NL nn-NO pa-IN pl-PL pt-BR pt-PT ' +
  'ro-RO ru-RU si-LK sk-SK sl-SI sq-AL sr-Cyrl-RS sr-Latn-RS sv-FI sv-SE sw-KE ta-IN te-IN th-TH tr-TR uk-UA ur-PK ' +
  'uz-Latn-UZ vi-VN zh-CN zh-HK zh-SG zh-TW'
).split(' ');

export type LocaleName = { locale: string; displayName: string };

let made: readonly LocaleName[] | undefined;

/** Each locale with its name in its own language: `English (United States)`. Made once, because that takes a while. */
export function supportedLanguages(): readonly LocaleName[] {
  made ??= locales.map((locale) => {
    const names = new Intl.DisplayNames([locale], { type: 'language', languageDisplay: 'standard' });
    return { locale, displayName: names.of(locale) ?? locale };
  });
  return made;
}
