import { expect, test } from 'vitest';
import { startService } from '../testing/testService.ts';
import { securityHeaders } from './securityHeaders.ts';

test('HSTS is sent under https alone, and covers subdomains where that is set', () => {
  const hsts = (publicUrl: string, hstsSubdomains = false) =>
    securityHeaders({ publicUrl, hstsSubdomains })['Strict-Transport-Security'];
  expect(hsts('http://localhost:4100', true)).toBeUndefined();
  expect(hsts('https://tasks.example.org')).toBe('max-age=31536000');
  expect(hsts('https://tasks.example.org', true)).toBe('max-age=31536000; includeSubDomains');
});

test('answers of every kind have them', async () => {
  const service = await startService();
  const paths = [
    '/healthz',
    '/nothing',
    '/api/v2.0/me/tasks',
    '/beta/me/outlook/tasks',
    '/threefold/v1/',
    '/config.json',
  ];
  for (const path of paths) {
    for (const headers of [{}, { Authorization: 'Bearer ann' }]) {
      const answer = await service.open(path, headers);
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(answer.headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
    }
  }
  await service.close();
});
