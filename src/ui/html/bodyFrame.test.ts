import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isSafeLinkUrl, readFrameMessage } from './frameMessages.ts';

describe('body-frame.html', () => {
  test('its policy names exactly the script it holds, and no network', async () => {
    const page = await readFile(new URL('../../../public/body-frame.html', import.meta.url), 'utf8');
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? '';
    const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((found) => found[1] ?? '');
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256')
      .update(scripts[0] ?? '')
      .digest('base64');
    expect(policy).toContain(`script-src 'sha256-${hash}';`);
    expect(policy).toContain("default-src 'none';");
    expect(policy).not.toMatch(/https?:|'unsafe-eval'|script-src[^;]*'unsafe-inline'|'self'/);
  });
});

describe('messages from the frame', () => {
  test('the three it sends are understood', () => {
    expect(readFrameMessage({ kind: 'ready' })).toEqual({ kind: 'ready' });
    expect(readFrameMessage({ kind: 'height', height: 120 })).toEqual({ kind: 'height', height: 120 });
    expect(readFrameMessage({ kind: 'open', href: 'https://example.com/a' })).toEqual({
      kind: 'open',
      href: 'https://example.com/a',
    });
  });

  test('a height has an end', () => {
    expect(readFrameMessage({ kind: 'height', height: 1e9 })).toEqual({ kind: 'height', height: 50_000 });
  });

  test.each([
    null,
    'ready',
    1,
    {},
    { kind: 'eval' },
    { kind: 'height', height: 'tall' },
    { kind: 'height', height: -1 },
    { kind: 'open' },
  ])('anything else is nothing: %j', (data) => {
    expect(readFrameMessage(data)).toBeUndefined();
  });

  test.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/oidc/logout',
    'blob:https://a/b',
    '',
  ])('no link leads to %j', (href) => {
    expect(isSafeLinkUrl(href)).toBe(false);
    expect(readFrameMessage({ kind: 'open', href })).toBeUndefined();
  });

  test.each(['https://example.com', 'http://example.com', 'mailto:me@example.com'])('%s opens', (href) => {
    expect(isSafeLinkUrl(href)).toBe(true);
  });
});
