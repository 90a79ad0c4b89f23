import { expect, test } from 'vitest';
import { isRefusedLink } from './refusedLinks.ts';

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\r\nscript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'FILE://server/share',
  'filesystem:https://example.org/x',
  'blob:https://example.org/1',
  'view-source:https://example.org',
  'search-ms:query=x',
  '\\\\server\\share',
  '//server/share',
])('%j is refused', (link) => {
  expect(isRefusedLink(link)).toBe(true);
});

test.each([
  'https://example.org/javascript:x',
  'http://localhost:8080/',
  'mailto:ann@example.org',
  'onenote:https://d.docs.live.net/x',
  'notes://server/x',
  'tel:+4930',
  'a word',
  '',
])('%j is stored', (link) => {
  expect(isRefusedLink(link)).toBe(false);
});
