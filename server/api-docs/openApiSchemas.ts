import type { Json, JsonObject } from '../../src/wire/dialect.ts';
import type { Dialect } from '../../src/wire/dialect.ts';
import { graphBeta, outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { qualifiedTypeName } from './metadata.ts';
import { enumerations, types, type EntityMember, type EntityType } from './entityModel.ts';

/** JSON Schemas of request and response bodies, generated from the types of the dialects. */

/** `v2.Task`, `beta.outlookTask`. */
export function schemaName(dialect: Dialect, type: string): string {
  const isOfModel = type in enumerations || types.some(({ name }) => name === type);
  const prefix = dialect.name === 'graphBeta' ? 'beta' : 'v2';
  return `${prefix}.${isOfModel ? qualifiedTypeName(dialect, type) : dialect.spelling.member(type)}`;
}

export function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

const primitive: Readonly<Record<string, JsonObject>> = {
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  Int32: { type: 'integer', format: 'int32' },
  Int64: { type: 'integer', format: 'int64' },
  DateTimeOffset: { type: 'string', format: 'date-time' },
  Guid: { type: 'string', format: 'uuid' },
  Date: { type: 'string', format: 'date' },
  Binary: { type: 'string', contentEncoding: 'base64' },
};

function memberSchema({ type, isList, isNullable, isWritable }: EntityMember, dialect: Dialect): JsonObject {
  const own = primitive[type] ?? schemaRef(schemaName(dialect, type));
  const whole = isList === true ? { type: 'array', items: own } : own;
  const shown = isNullable === true ? { anyOf: [whole, { type: 'null' }] } : whole;
  return isWritable === true ? shown : { ...shown, readOnly: true };
}

function typeSchema({ base, kind, members }: EntityType, dialect: Dialect): JsonObject {
  const own = {
    type: 'object',
    ...(kind === 'entity' && base === undefined && { required: [dialect.spelling.member('Id')] }),
    properties: Object.fromEntries(
      members.map((member) => [dialect.spelling.member(member.name), memberSchema(member, dialect)]),
    ),
  };
  return base === undefined ? own : { allOf: [schemaRef(schemaName(dialect, base)), own] };
}

function dialectSchemas(dialect: Dialect): [string, JsonObject][] {
  const { value } = dialect.spelling;
  const plain = (name: string, properties: JsonObject): [string, JsonObject] => [
    schemaName(dialect, name),
    { type: 'object', properties },
  ];
  return [
    ...Object.entries(enumerations).map(([name, words]): [string, JsonObject] => [
      schemaName(dialect, name),
      { type: 'string', enum: words.map(value) },
    ]),
    ...types.map((type): [string, JsonObject] => [schemaName(dialect, type.name), typeSchema(type, dialect)]),
    plain('User', {}),
    plain('Anything', {}),
  ];
}

const text = { type: 'string' };
const nullableText = { type: ['string', 'null'] };
const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties });

const person = object({ name: text, address: text });
const role: JsonObject = { enum: ['read', 'write'] };
const category = object({
  id: text,
  displayName: text,
  color: { type: 'string', pattern: '^preset([0-9]|1[0-9]|2[0-4])$' },
});
const bytes = { type: 'integer', minimum: 0 };
const permission = object({
  id: text,
  emailAddress: person,
  role,
  allowedRoles: { type: 'array', items: role },
  isRemovable: { type: 'boolean' },
  isInsideOrganization: { type: 'boolean' },
});

const extraSchemas: JsonObject = {
  Error: object({ error: object({ code: text, message: text, innerError: { type: 'object' } }) }),
  Anything: { type: 'object' },
  Settings: object({ timeZone: nullableText }),
  Storage: object({ used: bytes, limit: bytes, fileLimit: bytes }),
  Category: category,
  Categories: object({ value: { type: 'array', items: category } }),
  DeletedItems: object({
    value: {
      type: 'array',
      items: object({
        id: text,
        kind: { enum: ['task', 'folder'] },
        name: text,
        folderId: nullableText,
        folderName: nullableText,
        taskCount: { type: 'integer' },
        deletedAt: { type: 'string', format: 'date-time' },
        keptUntil: { type: 'string', format: 'date-time' },
      }),
    },
    nextLink: text,
  }),
  Restored: object({ id: text, kind: { enum: ['task', 'folder'] }, name: text, folderId: nullableText }),
  Permission: permission,
  Permissions: object({ value: { type: 'array', items: permission } }),
  NewPermission: {
    ...object({ emailAddress: { ...person, required: ['address'] }, role }),
    required: ['emailAddress', 'role'],
  },
  SharedWithMe: object({
    value: { type: 'array', items: object({ owner: person, folder: object({ id: text, name: text }), role }) },
  }),
  SharedByMe: object({ value: { type: 'array', items: object({ folderId: text, people: { type: 'integer' } }) } }),
  Authors: object({
    createdBy: { oneOf: [person, { type: 'null' }] },
    lastModifiedBy: { oneOf: [person, { type: 'null' }] },
    lastModifiedDateTime: { type: 'string', format: 'date-time' },
  }),
  SearchAnswer: object({
    value: {
      type: 'array',
      items: {
        allOf: [
          schemaRef('v2.Task'),
          object({
            '@threefold.rank': { type: 'integer', minimum: 1 },
            '@threefold.snippet': object({
              property: { enum: ['Subject', 'Body', 'Categories'] },
              text,
              hits: {
                type: 'array',
                items: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
              },
            }),
          }),
        ],
      },
    },
    nextLink: text,
  }),
  Batch: object({
    requests: {
      type: 'array',
      maxItems: 20,
      items: {
        ...object({
          id: text,
          method: { enum: ['GET', 'POST', 'PATCH', 'DELETE'] },
          url: text,
          headers: { type: 'object', additionalProperties: text },
          body: {},
          dependsOn: { type: 'array', items: text },
        }),
        required: ['id', 'method', 'url'],
      },
    },
  }),
  BatchAnswer: object({
    responses: {
      type: 'array',
      items: object({ id: text, status: { type: 'integer' }, headers: { type: 'object' }, body: {} }),
    },
  }),
};

export function openApiSchemas(): Record<string, Json> {
  return Object.fromEntries([
    ...dialectSchemas(outlookRest),
    ...dialectSchemas(graphBeta),
    ...Object.entries(extraSchemas),
  ]);
}
