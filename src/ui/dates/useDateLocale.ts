import { useLocale } from 'react-aria-components/I18nProvider';

/** The locale for dates, times and sorting of names, as the app's provider set it. */
export function useDateLocale(): string {
  return useLocale().locale;
}
