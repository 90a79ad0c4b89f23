import { valuesOf, toJson, membersOf, listOf } from '../testing/json.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphBeta, outlookRest, taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import { v1Routes, v1MailboxRoutes } from '../v1/v1Routes.ts';
import { outlookRoutes } from '../outlook/outlookRoutes.ts';
import { startService, type Service } from '../testing/testService.ts';
import { v1Path, buildOpenApi, openApiPath } from './openApi.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const document = toJson(buildOpenApi('http://localhost:4100'));
const paths = membersOf(document['paths'] ?? document);
const nobody = { Authorization: '' };

test.each([outlookRest, graphBeta])('every route of $name has a description', (dialect) => {
  for (const [pattern, handlers] of outlookRoutes[dialect.name]) {
    for (const mailbox of ['/me', "/users('{user}')"]) {
      const described = Object.keys(paths[openApiPath(dialect, mailbox, pattern)] ?? {});
      expect(
        described.map((method) => method.toUpperCase()),
        pattern,
      ).toEqual(Object.keys(handlers));
    }
  }
});

test('every route below /threefold/v1 has a description', () => {
  for (const [mailbox, table] of [
    ['', v1Routes],
    ['/users/{user}', v1MailboxRoutes],
  ] as const) {
    for (const [pattern, handlers] of Object.entries(table)) {
      const described = Object.keys(paths[v1Path(mailbox, pattern)] ?? {});
      expect(
        described.map((method) => method.toUpperCase()),
        pattern,
      ).toEqual(Object.keys(handlers));
    }
  }
});

test('operation ids are unique, references resolve, and every key of a path is a parameter', () => {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(membersOf(methods)).map((operation) => ({ path, operation })),
  );
  expect(operations.length).toBeGreaterThan(150);
  expect(new Set(operations.map(({ operation }) => operation['operationId'])).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const { summary, parameters } = operation;
    expect(summary).toMatch(/\w/);
    const named = parameters === undefined ? [] : listOf(parameters).map(({ name }) => name);
    for (const [, key] of path.matchAll(/\{(\w+)\}/g)) expect(named, path).toContain(key);
  }
  for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
    const [, , kind = '', name = ''] = reference.split('/');
    expect(document['components']?.[kind]?.[name], reference).toBeDefined();
  }
});

test('every described path exists', async () => {
  const mine = { Authorization: 'Bearer ann-shared' };
  for (const [path, methods] of Object.entries(paths)) {
    if (methods['get'] === undefined || path.endsWith('/events')) continue;
    const address = path.replace('{user}', 'ann@example.com').replaceAll(/\{\w+\}/g, 'AAMkAGI1AAAoZCfHAAA=');
    const { status, text } = await service.request('GET', address.replace('/search', '/search?q=x'), undefined, mine);
    expect([200, 404], address).toContain(status);
    expect(text, address).not.toContain('ResourceNotFound');
  }
});

/** Whether tags are closed in order, attributes quoted and unique, and no `<` or `&` is left unescaped. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1.0" encoding="utf-8"\?>/, '')
    .replaceAll(
      /<(\/?)([\w:]+)((?: [\w:]+="[^"<&]*")*)(\/?)>/g,
      (_, end: string, name: string, attributes: string, empty: string) => {
        const names = [...attributes.matchAll(/ ([\w:]+)=/g)].map(([, one]) => one);
        if (new Set(names).size < names.length) return '!';
        if (end === '/') return open.pop() === name ? '' : '!';
        if (empty === '') open.push(name);
        return '';
      },
    );
  return rest === '' && open.length === 0;
}

test.each([
  ['/api/v2.0', 'Microsoft.OutlookServices', 'Task', 'DueDateTime', 'TaskStatus'],
  ['/beta', 'microsoft.graph', 'outlookTask', 'dueDateTime', 'taskStatus'],
])('%s serves its metadata without sign-in', async (root, namespace, task, due, status) => {
  const { status: answered, text, headers } = await service.request('GET', `${root}/$metadata`, undefined, nobody);
  expect(answered).toBe(200);
  expect(headers.get('content-type')).toBe('application/xml; charset=utf-8');
  expect(wellFormed(text)).toBe(true);
  expect(text).toContain(
    `<EntityType Name="${task}" BaseType="${namespace}.${root === '/beta' ? 'entity' : 'Entity'}">`,
  );
  expect(text).toContain(
    `<Property Name="${due}" Type="${namespace}.${root === '/beta' ? 'd' : 'D'}ateTimeTimeZone"/>`,
  );
  expect(text).toContain(`Type="${namespace}.${status}"`);
  const { spelling } = root === '/beta' ? graphBeta : outlookRest;
  for (const { name } of taskFields) expect(text).toContain(`Name="${spelling.member(name)}"`);
  // Every type that is referenced is declared.
  const declared = new Set([...text.matchAll(/<(?:Entity|Complex|Enum)Type Name="(\w+)"/g)].map(([, name]) => name));
  for (const [, name] of text.matchAll(
    new RegExp(`"(?:Collection\\()?${namespace.replace('.', '\\.')}\\.(\\w+)\\)?"`, 'g'),
  ))
    expect([...declared]).toContain(name);
});

test('the service documents list what is below them', async () => {
  for (const [path, context] of [
    ['/api/v2.0', 'http://localhost:4100/api/v2.0/$metadata'],
    ['/beta/', 'http://localhost:4100/beta/$metadata'],
  ] as const) {
    const { status, body } = await service.request('GET', path, undefined, nobody);
    expect(status).toBe(200);
    expect(body['@odata.context']).toBe(context);
    expect(valuesOf(body).map(({ kind }) => kind)).toEqual(['EntitySet', 'Singleton']);
  }
});

test('the description as JSON and as a page', async () => {
  const described = await service.request('GET', '/threefold/v1/openapi.json', undefined, nobody);
  expect(described.body['openapi']).toBe('3.1.0');
  expect(described.headers.get('access-control-allow-origin')).toBe('*');
  const page = await service.request('GET', '/threefold/v1/', undefined, nobody);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-\S+'; /);
  expect(page.text).toContain('GET /api/v2.0/me/tasks/{taskId}/attachments');
  expect(page.text).not.toContain('<script');
  expect((await service.request('POST', '/threefold/v1/openapi.json', {}, nobody)).status).toBe(405);
});
