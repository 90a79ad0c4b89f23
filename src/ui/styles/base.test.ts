import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the root keeps the browser’s font size, the base of every rem', () => {
  const css = readFileSync(new URL('./base.css', import.meta.url), 'utf8');
  const html = /\bhtml \{([^}]*)\}/.exec(css)?.[1];
  expect(html).toBeDefined();
  expect(html).not.toMatch(/\bfont(-size)?:/);
});
