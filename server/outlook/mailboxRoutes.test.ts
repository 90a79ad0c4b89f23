import { membersOf, valuesOf, type Json } from '../testing/json.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { annId, startService, tenantId, type Service } from '../testing/testService.ts';

/** The user of a mailbox and what it has besides tasks, as clients of both dialects ask (docs/protocol.md#mailbox-and-user). */

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const get = (path: string, bearer = 'ann') =>
  service.request('GET', path, undefined, { Authorization: `Bearer ${bearer}` });
const beta = '/beta/me/outlook';

describe('supportedTimeZones', () => {
  test.each([
    ['without parentheses', '/supportedTimeZones'],
    ['as generated clients call it', '/supportedTimeZones()'],
    ['by its qualified name', '/microsoft.graph.supportedTimeZones()'],
    ['with the typed parameter', "/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Windows')"],
    ['with a text', "/supportedTimeZones(TimeZoneStandard='Windows')"],
    ['with a text, encoded', '/supportedTimeZones(TimeZoneStandard%3D%27Windows%27)'],
    ['with an alias', "/supportedTimeZones(TimeZoneStandard=@zone)?@zone=microsoft.graph.timeZoneStandard'Windows'"],
    ['with an alias for a text', "/supportedTimeZones(TimeZoneStandard=@zone)?@zone='windows'"],
  ])('%s, by Windows names', async (_, path) => {
    const { status, body } = await get(beta + path);
    expect(status).toBe(200);
    expect(valuesOf(body)[0]).toEqual({
      alias: 'Dateline Standard Time',
      displayName: '(UTC-12:00) International Date Line West',
    });
    expect(body['value']).toContainEqual({ alias: 'Samoa Standard Time', displayName: '(UTC+13:00) Samoa' });
    expect(body['value']).toContainEqual({
      alias: 'UTC-11',
      displayName: '(UTC-11:00) Coordinated Universal Time-11',
    });
    expect(body['value']).toContainEqual({ alias: 'UTC', displayName: '(UTC) Coordinated Universal Time' });
    expect(valuesOf(body).every(({ displayName }) => /^\(UTC(?:[+-]\d\d:\d\d)?\) \S/.test(displayName ?? ''))).toBe(
      true,
    );
  });

  test.each([
    "/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')",
    "/supportedTimeZones(timeZoneStandard='Iana')",
    "/supportedTimeZones(TimeZoneStandard=@p1)?@p1='Iana'",
  ])('%s, by IANA names', async (path) => {
    const { body } = await get(beta + path);
    expect(valuesOf(body)[0]).toEqual({ alias: 'Etc/GMT+12', displayName: 'Etc/GMT+12' });
  });

  test.each([
    "/supportedTimeZones(TimeZoneStandard='Moon')",
    "/supportedTimeZones(Standard='Iana')",
    '/supportedTimeZones(TimeZoneStandard=@zone)',
    "/supportedLanguages(TimeZoneStandard='Iana')",
  ])('%s is refused', async (path) => {
    expect((await get(beta + path)).status).toBe(400);
  });

  test('v2 in its own spelling', async () => {
    const path = "/api/v2.0/me/SupportedTimeZones(TimeZoneStandard=Microsoft.OutlookServices.TimeZoneStandard'Iana')";
    const { body } = await get(path);
    expect(body['@odata.context']).toBe(
      'http://localhost:4100/api/v2.0/$metadata#Collection(Microsoft.OutlookServices.TimeZoneInformation)',
    );
    expect(body['value']).toContainEqual({ Alias: 'Europe/Berlin', DisplayName: 'Europe/Berlin' });
  });
});

test('supportedLanguages', async () => {
  const { body } = await get(`${beta}/supportedLanguages`);
  expect(body['@odata.context']).toBe('http://localhost:4100/beta/$metadata#Collection(microsoft.graph.localeInfo)');
  expect(body['value']).toContainEqual({ locale: 'en-US', displayName: 'English (United States)' });
  expect(body['value']).toContainEqual({ locale: 'af-ZA', displayName: 'Afrikaans (Suid-Afrika)' });
  const locales = valuesOf(body).map(({ locale }) => locale);
  expect(new Set(locales).size).toBe(locales.length);
  expect((await get('/api/v2.0/me/SupportedLanguages()')).body['value']).toContainEqual({
    Locale: 'en-CA',
    DisplayName: 'English (Canada)',
  });
});

describe('the user', () => {
  test('of v2', async () => {
    const root = 'http://localhost:4100/api/v2.0';
    const entity = {
      '@odata.context': `${root}/$metadata#Me`,
      '@odata.id': `${root}/Users('${annId}@${tenantId}')`,
      Id: `${annId}@${tenantId}`,
      EmailAddress: 'ann@example.com',
      DisplayName: 'Ann Example',
      Alias: 'ann',
      MailboxGuid: annId,
    };
    expect((await get('/api/v2.0/me')).body).toEqual(entity);
    expect((await get('/api/v2.0/Me/')).body).toEqual(entity);
    const byKey = await get("/api/v2.0/users('ann@example.com')?$select=DisplayName");
    const context = `${root}/$metadata#Users('${annId}%40${tenantId}')`;
    expect(byKey.body).toEqual({
      '@odata.context': context,
      '@odata.id': entity['@odata.id'],
      Id: entity.Id,
      DisplayName: 'Ann Example',
    });
  });

  test('of beta, and the mailbox below it', async () => {
    const root = 'http://localhost:4100/beta';
    expect((await get('/beta/me')).body).toMatchObject({
      '@odata.context': `${root}/$metadata#users/$entity`,
      id: annId,
      displayName: 'Ann Example',
      mail: 'ann@example.com',
      userPrincipalName: 'ann@example.com',
    });
    expect((await get('/beta/users/ann@example.com?$select=mail')).body).toEqual({
      '@odata.context': `${root}/$metadata#users/$entity`,
      id: annId,
      mail: 'ann@example.com',
    });
    expect((await get('/beta/me/outlook')).body).toEqual({
      '@odata.context': `${root}/$metadata#users('${annId}')/outlook/$entity`,
      id: annId,
    });
  });

  test('is told to nobody else, and not changed here', async () => {
    for (const path of ["/api/v2.0/users('bob@example.com')", '/beta/users/bob@example.com']) {
      expect((await get(path, 'ann-shared')).status, path).toBe(404);
    }
    expect((await get('/beta/me', 'ann-elsewhere')).status).toBe(403);
    expect((await service.request('PATCH', '/beta/me', { displayName: 'x' })).status).toBe(405);
    expect((await get('/beta/me/events')).status).toBe(404);
  });
});

describe('masterCategories', () => {
  const path = `${beta}/masterCategories`;
  const namesOf = (body: Json) => valuesOf(body).map(({ displayName }) => displayName);

  test('are made, coloured, renamed in every task and deleted', async () => {
    const made = await service.request('POST', path, { displayName: 'Project expenses', color: 'preset9' });
    expect([made.status, made.body]).toEqual([
      201,
      {
        '@odata.context': `http://localhost:4100/beta/$metadata#users('${annId}')/outlook/masterCategories/$entity`,
        id: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
        displayName: 'Project expenses',
        color: 'preset9',
      },
    ]);
    const one = made.headers.get('location')?.replace('http://localhost:4100', '') ?? '';
    expect((await get(one)).body).toEqual(made.body);
    const twice = await service.request('POST', path, { displayName: 'project EXPENSES', color: 'preset1' });
    expect(twice.status).toBe(409);

    const task = await service.request('POST', `${beta}/tasks`, { subject: 'x', categories: ['Project expenses'] });
    const changed = await service.request('PATCH', one, { displayName: 'Expenses', color: 'Preset3' });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...membersOf(made.body), displayName: 'Expenses', color: 'preset3' },
    ]);
    const tasks = await get(`${beta}/tasks/${String(task.body['id'])}`);
    expect(tasks.body['categories']).toEqual(['Expenses']);

    expect((await service.request('DELETE', one)).status).toBe(204);
    expect(namesOf((await get(path)).body)).toEqual([]);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await service.request(method, one, method === 'PATCH' ? { color: 'preset1' } : undefined);
      expect([method, answer.status]).toEqual([method, 404]);
    }
  });

  test('in the spelling of v2', async () => {
    const made = await service.send('POST', '/me/MasterCategories', { DisplayName: 'Garden', Color: 'Preset4' });
    expect(made.body).toEqual({
      '@odata.context': 'http://localhost:4100/api/v2.0/$metadata#Me/MasterCategories/$entity',
      '@odata.id': `http://localhost:4100/api/v2.0/Users('${annId}@${tenantId}')/MasterCategories('${String(made.body['Id'])}')`,
      Id: made.body['Id'],
      DisplayName: 'Garden',
      Color: 'Preset4',
    });
    const again = await service.send('GET', `/me/mastercategories('${String(made.body['Id'])}')`);
    expect(again.body).toEqual(made.body);
  });

  test.each([
    [{ color: 'preset1' }, 400],
    [{ displayName: 'x', color: 'preset25' }, 400],
    [{ displayName: ' ' }, 400],
    [{ displayName: 'x'.repeat(256) }, 400],
    [{ displayName: 7 }, 400],
    [{ displayName: 'x', shade: 'dark' }, 400],
    [{ displayName: 'x', color: 'none' }, 201],
  ])('%j is answered %i', async (body, status) => {
    expect((await service.request('POST', path, body)).status).toBe(status);
  });

  test('are not changed by readers, and not filtered', async () => {
    const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
    expect((await service.request('POST', path, { displayName: 'x' }, as('ann-reads'))).status).toBe(403);
    expect((await get(`${path}?$filter=displayName eq 'x'`)).status).toBe(400);
  });
});
