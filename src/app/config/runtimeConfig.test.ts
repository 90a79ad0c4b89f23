import { describe, expect, test } from 'vitest';
import { parseRuntimeConfig, loadRuntimeConfig, type RuntimeConfig } from './runtimeConfig.ts';

const good = {
  dialect: 'outlookRest',
  apiBase: '',
  extras: true,
  auth: {
    kind: 'embedded',
    clientId: 'threefold-app',
    authority: 'http://localhost:4100/oidc',
    scopes: ['tasks.readwrite'],
  },
};

function copyOf(saved?: unknown) {
  const copy = { saved, read: () => copy.saved, save: (settings: RuntimeConfig) => void (copy.saved = settings) };
  return copy;
}
const answering =
  (body: string, status = 200): typeof fetch =>
  async () =>
    new Response(body, { status });
const down: typeof fetch = async () => {
  throw new TypeError('Failed to fetch');
};

describe('parseRuntimeConfig', () => {
  test('accepts the embedded provider and Microsoft Entra ID', () => {
    expect(parseRuntimeConfig(good)).toMatchObject({ ok: true });
    const entra = { ...good, dialect: 'graphBeta', apiBase: 'https://graph.microsoft.com/', extras: false };
    const auth = {
      kind: 'entra',
      clientId: 'a-b',
      authority: 'https://login.microsoftonline.com/common',
      scopes: ['https://graph.microsoft.com/Tasks.ReadWrite'],
    };
    expect(parseRuntimeConfig({ ...entra, auth })).toMatchObject({
      ok: true,
      settings: { apiBase: 'https://graph.microsoft.com' },
    });
  });

  test.each([
    ['nothing', undefined, 'The file must be one JSON object.'],
    ['an unknown dialect', { ...good, dialect: 'soap' }, '"dialect" must be "outlookRest" or "graphBeta".'],
    ['a missing member', { ...good, auth: { ...good.auth, clientId: undefined } }, '"auth.clientId" must be text.'],
    [
      'plain http to another machine',
      { ...good, auth: { ...good.auth, authority: 'http://example.com/oidc' } },
      '"auth.authority" must be an https address (http only on this machine).',
    ],
    [
      'a member left out',
      { ...good, auth: { kind: 'embedded', authority: 'https://id.example', scopes: ['a'] } },
      '"auth.clientId" is missing.',
    ],
    ['no scopes', { ...good, auth: { ...good.auth, scopes: [] } }, '"auth.scopes" must name at least one scope.'],
    ['no auth', { ...good, auth: null }, '"auth" must be an object with kind, clientId, authority and scopes.'],
  ])('reports the mistake in a file with %s', (_name, content, sentence) => {
    expect(parseRuntimeConfig(content)).toEqual({ ok: false, reason: 'wrong', problems: [sentence] });
  });
});

const forEver = () => new Promise<never>(() => {});

describe('loadRuntimeConfig', () => {
  test('caches a valid file and uses it when the server is down', async () => {
    const copy = copyOf();
    expect(await loadRuntimeConfig(answering(JSON.stringify(good)), copy, forEver)).toMatchObject({ ok: true });
    expect(await loadRuntimeConfig(down, copy, forEver)).toEqual({ ok: true, settings: good });
    expect(await loadRuntimeConfig(answering('starting', 503), copy, forEver)).toEqual({ ok: true, settings: good });
  });

  test('does not wait long for a slow network, and caches the late response for the next start', async () => {
    const copy = copyOf(good);
    const news = { ...good, extras: false };
    let answer: (response: Response) => void = () => {};
    const slow: typeof fetch = () => new Promise((resolve) => (answer = resolve));
    expect(await loadRuntimeConfig(slow, copy, () => Promise.resolve())).toEqual({ ok: true, settings: good });
    answer(new Response(JSON.stringify(news)));
    await expect.poll(() => copy.saved).toEqual(news);
    const unknown = loadRuntimeConfig(slow, copyOf(), () => Promise.resolve());
    answer(new Response(JSON.stringify(news)));
    expect(await unknown).toEqual({ ok: true, settings: news });
  });

  test('reports no response without a cached copy', async () => {
    expect(await loadRuntimeConfig(down, copyOf(), forEver)).toEqual({ ok: false, reason: 'unreachable' });
  });

  test('reports an invalid file although an older valid one is cached', async () => {
    expect(await loadRuntimeConfig(answering('<!doctype html>'), copyOf(good), forEver)).toEqual({
      ok: false,
      reason: 'wrong',
      problems: ['The file is not JSON.'],
    });
    expect(await loadRuntimeConfig(answering('{}'), copyOf(good), forEver)).toMatchObject({
      ok: false,
      reason: 'wrong',
    });
  });
});
