import type { Dialect, Json, JsonObject } from '../../src/wire/dialect.ts';
import { v1Routes, v1Root, v1MailboxRoutes } from '../v1/v1Routes.ts';
import { outlookRoutes } from '../outlook/outlookRoutes.ts';
import { servedDialects } from '../outlook/servedDialects.ts';
import { dialectOperations, v1Operations, type Operation } from './operations.ts';
import { fixedPaths } from './fixedPaths.ts';
import { openApiSchemas, schemaRef, schemaName } from './openApiSchemas.ts';

/**
 * The whole service in OpenAPI 3.1, generated from the route tables, so that exactly what is served is described. A
 * route without an entry in operations.ts is left out, and a test fails.
 */
export function buildOpenApi(serverUrl: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Threefold',
      version: '1',
      description:
        'Groups, folders and tasks of an Outlook-style mailbox, as Outlook Task REST v2.0 and as Microsoft Graph beta ' +
        "spell them, and what neither has. Keys may also be written in parentheses, tasks('id'). " +
        'Names in addresses are read in any letter case.',
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    paths: Object.assign({}, ...servedDialects.map(dialectPaths), extraPaths(), fixedPaths()),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      parameters: headerParameters,
      responses: { Error: { description: 'Refused; the code says why.', content: jsonOf(schemaRef('Error')) } },
      schemas: openApiSchemas(),
    },
  };
}

const headerParameters: JsonObject = {
  Prefer: {
    name: 'Prefer',
    in: 'header',
    description: 'outlook.timezone, outlook.body-content-type, odata.track-changes, odata.maxpagesize, return=minimal',
    schema: { type: 'string' },
  },
  IfMatch: { name: 'If-Match', in: 'header', description: 'Only if it is unchanged since', schema: { type: 'string' } },
  RepeatabilityRequestId: {
    name: 'Repeatability-Request-ID',
    in: 'header',
    description: 'With Repeatability-First-Sent: sent twice, done once',
    schema: { type: 'string' },
  },
};

const keyNames: Readonly<Record<string, string>> = {
  taskgroups: 'groupId',
  taskfolders: 'folderId',
  tasks: 'taskId',
  attachments: 'attachmentId',
  mastercategories: 'categoryId',
};

function dialectPaths(dialect: Dialect): Record<string, Json> {
  const mailboxes = ['/me', "/users('{user}')"];
  return Object.fromEntries(
    mailboxes.flatMap((mailbox) =>
      [...outlookRoutes[dialect.name]].map(([pattern, handlers]) => [
        openApiPath(dialect, mailbox, pattern),
        Object.fromEntries(
          Object.keys(handlers).flatMap((method) => {
            const operation = dialectOperations[`${method} ${pathTail(pattern)}`];
            if (operation === undefined) return [];
            const path = openApiPath(dialect, mailbox, pattern);
            const named = (type: string) => schemaName(dialect, type);
            return [[method.toLowerCase(), operationJson({ method, path, operation, named, tag: dialect.root })]];
          }),
        ),
      ]),
    ),
  );
}

/** A path in OpenAPI's form: `/api/v2.0/me/tasks/{taskId}`. */
export function openApiPath(dialect: Dialect, mailbox: string, pattern: string): string {
  const names = pattern === '' ? [] : pattern.split('/');
  const steps = names.map((name, at) => (name === '{}' ? `{${keyNames[names[at - 1] ?? ''] ?? 'id'}}` : name));
  const path = steps.map((step) => `/${step.replace(/\((\w+)\)$/, "(timezonestandard='$1')")}`);
  return `${dialect.root}${mailbox}${dialect.suffix}${path.join('')}`;
}

/** A pattern from its last set on: all paths with the same end do the same. */
export function pathTail(pattern: string): string {
  const names = pattern.split('/');
  const from = names.findLastIndex((name) => name in keyNames);
  return from < 0 ? (pattern.split('(', 1)[0] ?? '') : names.slice(from).join('/');
}

/** The same for Threefold's own endpoints; `mailbox` is empty or `/users/{user}`. */
export function v1Path(mailbox: string, pattern: string): string {
  return `${v1Root}${mailbox}/${pattern.replace('*', '{id}').replace('*', '{key}')}`;
}

function extraPaths(): Record<string, Json> {
  const served = [
    ...Object.entries(v1Routes).map((route) => ['', ...route] as const),
    ...Object.entries(v1MailboxRoutes).map((route) => ['/users/{user}', ...route] as const),
  ];
  return Object.fromEntries(
    served.map(([mailbox, pattern, handlers]) => {
      const path = v1Path(mailbox, pattern);
      const methods = Object.keys(handlers).flatMap((method) => {
        const operation = v1Operations[`${method} ${pattern}`];
        const named = (type: string) => (type.startsWith('Task') ? `v2.${type}` : type);
        if (operation === undefined) return [];
        return [[method.toLowerCase(), operationJson({ method, path, operation, named, tag: v1Root })]];
      });
      return [path, Object.fromEntries(methods)];
    }),
  );
}

function operationJson({
  method,
  path,
  operation: { summary, requestBody: takes, answers, status = answers === null ? 204 : 200, options = [] },
  named,
  tag,
}: {
  method: string;
  path: string;
  operation: Operation;
  named: (type: string) => string;
  tag: string;
}): JsonObject {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = options.map((name) => ({ name, in: 'query', required: name === 'q', schema: { type: 'string' } }));
  const headers = [
    'Prefer',
    ...(method === 'PATCH' || method === 'DELETE' ? ['IfMatch'] : []),
    ...(method === 'POST' ? ['RepeatabilityRequestId'] : []),
  ].map((name) => ({ $ref: `#/components/parameters/${name}` }));
  return {
    operationId: `${method.toLowerCase()} ${path}`,
    summary,
    tags: [tag],
    parameters: [...inPath, ...inQuery, ...headers],
    ...(takes !== undefined && { requestBody: { required: true, content: jsonOf(schemaRef(named(takes))) } }),
    responses: {
      [String(status)]: { description: 'Done.', ...contentOf(answers, named) },
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

function contentOf(answers: Operation['answers'], named: (type: string) => string): JsonObject {
  if (answers === null) return {};
  if ('content' in answers) return { content: { [answers.content]: {} } };
  if ('schema' in answers) return { content: jsonOf(schemaRef(named(answers.schema))) };
  const text = { type: 'string' };
  return {
    content: jsonOf({
      type: 'object',
      required: ['value'],
      properties: {
        '@odata.context': text,
        '@odata.count': { type: 'integer' },
        value: { type: 'array', items: schemaRef(named(answers.listOf)) },
        '@odata.nextLink': text,
        '@odata.deltaLink': text,
      },
    }),
  };
}

function jsonOf(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}
