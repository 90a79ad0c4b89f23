import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the root keeps the browser’s text size, because every rem is counted in it', () => {
  const css = readFileSync(new URL('./base.css', import.meta.url), 'utf8');
  const html = /\bhtml \{([^}]*)\}/.exec(css)?.[1];
  expect(html).toBeDefined();
  expect(html).not.toMatch(/\bfont(-size)?:/);
});
