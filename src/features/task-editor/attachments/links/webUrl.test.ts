import { expect, test } from 'vitest';
import { parseWebUrl } from './webUrl.ts';

test.each([
  ['https://drive.example/a b', 'https://drive.example/a%20b'],
  [' http://drive.example ', 'http://drive.example/'],
  ['javascript:alert(1)', undefined],
  ['java\nscript:alert(1)', undefined],
  ['data:text/html,<script>1</script>', undefined],
  ['file:///etc/passwd', undefined],
  ['blob:https://a.example/1', undefined],
  ['//drive.example', undefined],
  ['drive.example', undefined],
  ['', undefined],
])('%j opens %j', (text, href) => {
  expect(parseWebUrl(text)?.href).toBe(href);
});
