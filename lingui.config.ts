import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** One catalog per language; English is the source, so its catalog is what `npm run i18n` extracts. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en'],
  catalogs: [{ path: 'src/i18n/locales/{locale}', include: ['src'], exclude: ['**/*.test.*'] }],
  format: formatter({ lineNumbers: false, origins: false }),
});
