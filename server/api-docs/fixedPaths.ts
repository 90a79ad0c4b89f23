import type { Json, JsonObject } from '../../src/wire/dialect.ts';
import { graphBeta, outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { v1Root } from '../v1/v1Routes.ts';
import { schemaRef } from './openApiSchemas.ts';

/** The paths outside of the route tables: batches, upload sessions, and the pages about the service. */
export function fixedPaths(): Record<string, Json> {
  const json = { 'application/json': {} };
  const xml = { 'application/xml': {} };
  return {
    [`${outlookRest.root}/me/$batch`]: { post: batch('post v2 batch', { 'multipart/mixed': {} }) },
    [`${outlookRest.root}/users('{user}')/$batch`]: {
      post: {
        ...batch('post v2 batch of a user', { 'multipart/mixed': {} }),
        parameters: [{ name: 'user', in: 'path', required: true, schema: { type: 'string' } }],
      },
    },
    [`${graphBeta.root}/$batch`]: { post: batch('post beta batch', {}) },
    [`${outlookRest.root}/$metadata`]: { get: open('get v2 metadata', 'The types of v2, in CSDL', xml) },
    [`${graphBeta.root}/$metadata`]: { get: open('get beta metadata', 'The types of beta, in CSDL', xml) },
    [outlookRest.root]: { get: open('get v2', 'Service document of v2', json) },
    [graphBeta.root]: { get: open('get beta', 'Service document of beta', json) },
    [`${v1Root}/openapi.json`]: { get: open('get openapi', 'This description', json) },
    [`${v1Root}/`]: { get: open('get page', 'This description, to read', { 'text/html': {} }) },
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

function batch(operationId: string, more: JsonObject): JsonObject {
  return {
    operationId,
    summary: 'Up to twenty requests in one',
    tags: [operationId.includes('v2') ? outlookRest.root : graphBeta.root],
    requestBody: { required: true, content: { 'application/json': { schema: schemaRef('Batch') }, ...more } },
    responses: answers('200', { content: { 'application/json': { schema: schemaRef('BatchAnswer') }, ...more } }),
  };
}

/** An operation without sign-in. */
function open(operationId: string, summary: string, content: JsonObject): JsonObject {
  const tags = [operationId.includes('v2') ? outlookRest.root : operationId.includes('beta') ? graphBeta.root : v1Root];
  return { operationId, summary, tags, security: [], responses: answers('200', { content }) };
}

function answers(status: string, content: JsonObject): JsonObject {
  return { [status]: { description: 'Done.', ...content }, default: { $ref: '#/components/responses/Error' } };
}
