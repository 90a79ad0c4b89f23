import type { Dialect, Json, JsonObject } from '../../src/wire/dialect.ts';
import { servedDialects } from '../outlook/servedDialects.ts';
import { v1Root } from '../v1/v1Routes.ts';
import { schemaRef } from './openApiSchemas.ts';

/** The paths outside of the route tables: batches, upload sessions, and the pages about the service. */
export function fixedPaths(): Record<string, Json> {
  const json = { 'application/json': {} };
  return {
    ...Object.assign({}, ...servedDialects.map(dialectPaths)),
    [`${v1Root}/openapi.json`]: { get: open(v1Root, 'get openapi', 'This description', json) },
    [`${v1Root}/`]: { get: open(v1Root, 'get page', 'This description, to read', { 'text/html': {} }) },
    [`${v1Root}/uploads/{session}`]: Object.fromEntries(
      [
        ['get', 'How far an upload is', 200],
        ['put', 'Send a piece of a file, with Content-Range', 200],
        ['delete', 'Give up an upload', 204],
      ].map(([method, summary, status]) => [
        method,
        {
          operationId: `${method} upload`,
          summary: String(summary),
          tags: [v1Root],
          security: [],
          parameters: [{ name: 'session', in: 'path', required: true, schema: { type: 'string' } }],
          ...(method === 'put' && { requestBody: { content: { 'application/octet-stream': {} } } }),
          responses: answers(String(status), status === 204 ? {} : { content: json }),
        },
      ]),
    ),
  };
}

/** What each dialect has beside its route table. */
function dialectPaths({ root, name }: Dialect): Record<string, Json> {
  const isGraph = name === 'graphBeta';
  const multipart: JsonObject = isGraph ? {} : { 'multipart/mixed': {} };
  const user = [{ name: 'user', in: 'path', required: true, schema: { type: 'string' } }];
  const inMailbox = {
    [`${root}/me/$batch`]: { post: batch(root, `post ${root} batch of me`, multipart) },
    [`${root}/users('{user}')/$batch`]: {
      post: { ...batch(root, `post ${root} batch of a user`, multipart), parameters: user },
    },
  };
  const answer = answers('200', { content: { 'application/json': {} } });
  const ofUser = (operationId: string, more: JsonObject = {}): JsonObject => ({
    get: { operationId, summary: 'The user', tags: [root], ...more, responses: answer },
  });
  return {
    [`${root}/$batch`]: { post: batch(root, `post ${root} batch`, multipart) },
    ...(isGraph
      ? {
          [`${root}/me`]: ofUser(`get ${root} user`),
          [`${root}/users('{user}')`]: ofUser(`get ${root} user by key`, { parameters: user }),
        }
      : inMailbox),
    [`${root}/$metadata`]: { get: open(root, `get ${root} metadata`, 'The types, in CSDL', { 'application/xml': {} }) },
    [root]: { get: open(root, `get ${root}`, 'Service document', { 'application/json': {} }) },
  };
}

function batch(tag: string, operationId: string, more: JsonObject): JsonObject {
  return {
    operationId,
    summary: 'Up to twenty requests in one',
    tags: [tag],
    requestBody: { required: true, content: { 'application/json': { schema: schemaRef('Batch') }, ...more } },
    responses: answers('200', { content: { 'application/json': { schema: schemaRef('BatchAnswer') }, ...more } }),
  };
}

/** An operation without sign-in. */
function open(tag: string, operationId: string, summary: string, content: JsonObject): JsonObject {
  return { operationId, summary, tags: [tag], security: [], responses: answers('200', { content }) };
}

function answers(status: string, content: JsonObject): JsonObject {
  return { [status]: { description: 'Done.', ...content }, default: { $ref: '#/components/responses/Error' } };
}
