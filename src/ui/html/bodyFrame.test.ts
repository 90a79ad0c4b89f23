import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isSafeLinkUrl, readFrameMessage } from './frameMessages.ts';

describe('body-frame.html', () => {
  test('its policy allows exactly its own script, and no network', async () => {
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
  test('the three kinds of message are read', () => {
    expect(readFrameMessage({ kind: 'ready' })).toEqual({ kind: 'ready' });
    expect(readFrameMessage({ kind: 'height', height: 120 })).toEqual({ kind: 'height', height: 120 });
    expect(readFrameMessage({ kind: 'open', href: 'https://example.com/a' })).toEqual({
      kind: 'open',
      href: 'https://example.com/a',
    });
  });

  test('a height is limited', () => {
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
  ])('any other message is ignored: %j', (data) => {
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
  ])('a link to %j is not opened', (href) => {
    expect(isSafeLinkUrl(href)).toBe(false);
    expect(readFrameMessage({ kind: 'open', href })).toBeUndefined();
  });

  test.each(['https://example.com', 'http://example.com', 'mailto:me@example.com'])(
    'a link to %s is opened',
    (href) => {
      expect(isSafeLinkUrl(href)).toBe(true);
    },
  );
});
