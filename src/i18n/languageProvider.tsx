import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import type { ReactNode } from 'react';
import { I18nProvider as AriaI18nProvider } from 'react-aria-components/I18nProvider';
import { dateLocale } from './dateLocale.ts';

/** Words and dates for everything inside. `activate` (i18n.ts) has run before. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <AriaI18nProvider locale={dateLocale(i18n.locale, navigator.language)}>{children}</AriaI18nProvider>
    </I18nProvider>
  );
}
