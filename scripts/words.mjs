/** Fails when a visible string is not in the English catalog: the built app would show its id instead of its words. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runNode, tool } from './process.mjs';
import { root } from './runtime.mjs';

const catalog = path.join(root, 'src', 'i18n', 'locales', 'en.po');

/** Messages without the file's head, whose date changes with every extraction. */
const messages = (text) => text.slice(text.indexOf('\n\n'));

/** Extracts and compares; puts the catalog back as it was. 1 when they differ. */
export async function checkWords() {
  const before = readFileSync(catalog, 'utf8');
  const code = await runNode([tool('@lingui', 'cli', 'dist', 'lingui.js'), 'extract', '--clean'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const after = readFileSync(catalog, 'utf8');
  writeFileSync(catalog, before);
  if (code !== 0) return code;
  if (messages(before) === messages(after)) return 0;
  process.stdout.write(
    'The English catalog lacks words, or holds some that nobody uses. Run: npm run i18n, and commit src/i18n/locales/en.po.\n',
  );
  return 1;
}
