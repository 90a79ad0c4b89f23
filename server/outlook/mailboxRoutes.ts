import { defaultCategoryColour, isCategoryColour } from '../../src/domain/task/category.ts';
import { isObject, unknownMemberError } from '../../src/wire/jsonReader.ts';
import { readOptions } from '../../src/wire/odata/odata.ts';
import { requireOwner } from '../access/access.ts';
import { invalidQuery, malformedBody } from '../config/appError.ts';
import { queryStringOf, readJsonBody } from '../http/http.ts';
import { readIdempotencyKey, runOnce } from '../http/idempotency.ts';
import { nextLinkOf, selectMembers } from '../http/paging.ts';
import {
  collectionText,
  odataContextOf,
  sendCachedResponse,
  sendEntity,
  sendJsonEntity,
  sendList,
  sendNoContent,
  userUrlOf,
  writeForRequest,
  type Handlers,
  type RequestContext,
} from '../http/requestContext.ts';
import { cachedResponseOf } from '../http/responseCache.ts';
import {
  categoriesOf,
  categoryTag,
  categoryWithId,
  createCategory,
  deleteCategory,
  readCategoryName,
  updateCategory,
  type CategoryJson,
} from '../mailbox/categories.ts';
import type { Db } from '../db/tables.ts';
import { supportedLanguages } from './supportedLanguages.ts';
import { supportedTimeZones } from './supportedTimeZones.ts';

/** The user of a mailbox, and what it has besides tasks, in both dialects (docs/protocol.md#mailbox-and-user). */
export const mailboxRoutes: readonly [string, Handlers][] = [
  ['', { GET: getMailboxUser }],
  ['supportedtimezones', { GET: (context) => sendZones(context, 'windows') }],
  ['supportedtimezones(windows)', { GET: (context) => sendZones(context, 'windows') }],
  ['supportedtimezones(iana)', { GET: (context) => sendZones(context, 'iana') }],
  ['supportedlanguages', { GET: sendLanguages }],
  ['mastercategories', { GET: listCategories, POST: postCategory }],
  ['mastercategories/{}', { GET: getCategory, PATCH: patchCategory, DELETE: removeCategory }],
];

/** `/beta/me`, above the mailbox. */
export const graphUserHandlers: Handlers = { GET: getGraphUser };

const zonesFunction =
  /^(?:microsoft\.(?:graph|outlookservices)\.)?(supportedtimezones|supportedlanguages)(?:\((.*)\))?$/;
const zonesParameter =
  /^timezonestandard=(?:(@\w+)|(?:microsoft\.(?:graph|outlookservices)\.timezonestandard)?'(\w+)'|(\w+))$/;

/**
 * The name of a function in the route table, whatever form its call has: with or without parentheses and qualifier; the
 * parameter as a typed value, as text, or as an alias whose value is in the query (OData 4.0 part 2, 4.5).
 * @throws AppError 400 for another parameter or value.
 */
export function functionRoute(pattern: string, search: string): string {
  const [, name, call = ''] = zonesFunction.exec(pattern) ?? [];
  if (name === undefined) return pattern;
  const text = call.replaceAll(/\s/g, '');
  if (text === '') return name;
  const [, alias, quoted, bare] = (name === 'supportedtimezones' ? zonesParameter.exec(text) : null) ?? [];
  const standard = alias === undefined ? (quoted ?? bare) : aliasValue(search, alias);
  if (standard !== 'windows' && standard !== 'iana') throw invalidQuery(`The parameter '${call}' is not supported.`);
  return `${name}(${standard})`;
}

/** The value of `@alias=…` in a query, without its type and quotes. */
function aliasValue(search: string, alias: string): string | undefined {
  const query = new URLSearchParams(search);
  const [, value] = [...query].find(([name]) => name.toLowerCase() === alias) ?? [];
  return /(?:^|')(\w+)'?$/.exec(value ?? '')?.[1]?.toLowerCase();
}

async function sendZones(context: RequestContext, standard: 'windows' | 'iana'): Promise<Response> {
  const zones = supportedTimeZones(standard, context.clock.now());
  return sendValues(context, 'TimeZoneInformation', zones.map(spelledIn(context)));
}

async function sendLanguages(context: RequestContext): Promise<Response> {
  return sendValues(context, 'LocaleInfo', supportedLanguages().map(spelledIn(context)));
}

/** Members in the dialect's spelling, from camelCase names. */
function spelledIn({ dialect }: RequestContext): (members: Readonly<Record<string, string>>) => object {
  const { member } = dialect.spelling;
  return (members) =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => [member(name.charAt(0).toUpperCase() + name.slice(1)), value]),
    );
}

function sendValues(context: RequestContext, type: string, values: readonly object[]): Promise<Response> {
  const contextUrl = `${context.rootUrl}/$metadata#Collection(${context.dialect.spelling.type(type)})`;
  return sendCachedResponse(context, cachedResponseOf(pageText(context, contextUrl, values)));
}

/** Short lists are sent whole unless the request sets a page. */
function pageText(context: RequestContext, contextUrl: string, all: readonly object[]): string {
  const { top = all.length, skip = 0, count } = readOptions(queryStringOf(context.c), context.dialect);
  const values = all.slice(skip, skip + top).map((entity) => selectMembers(context, entity));
  return collectionText(contextUrl, JSON.stringify(values), {
    count: count ? all.length : undefined,
    nextLink: nextLinkOf(context, skip + top < all.length),
  });
}

/** v2 describes the user here; beta has an entity without members of its own between user and tasks. */
async function getMailboxUser(context: RequestContext): Promise<Response> {
  const { accountId, address, name } = context.mailbox;
  const { rootUrl, userText, tenantId } = context;
  const contextUrl = `${rootUrl}/$metadata#${userText}`;
  if (context.dialect.name === 'graphBeta') {
    return sendJsonEntity(context, 200, { '@odata.context': `${contextUrl}/$entity`, id: accountId });
  }
  const members = {
    Id: `${accountId}@${tenantId}`,
    EmailAddress: address,
    DisplayName: name,
    Alias: address.slice(0, address.lastIndexOf('@')),
    MailboxGuid: accountId,
  };
  const selected = selectMembers(context, members);
  return sendJsonEntity(context, 200, { '@odata.context': contextUrl, '@odata.id': userUrlOf(context), ...selected });
}

async function getGraphUser(context: RequestContext): Promise<Response> {
  const { accountId, address, name } = context.mailbox;
  const members = {
    id: accountId,
    displayName: name,
    mail: address,
    userPrincipalName: address,
    givenName: null,
    surname: null,
    jobTitle: null,
    officeLocation: null,
    preferredLanguage: null,
    mobilePhone: null,
    businessPhones: [],
  };
  const contextUrl = `${context.rootUrl}/$metadata#users/$entity`;
  return sendJsonEntity(context, 200, { '@odata.context': contextUrl, ...selectMembers(context, members) });
}

function listCategories(context: RequestContext): Promise<Response> {
  return sendList(context, async () => {
    const all = await categoriesOf(context.read, context.mailbox);
    return pageText(
      context,
      odataContextOf(context),
      all.map((category) => categoryJson(context, category)),
    );
  });
}

async function getCategory(context: RequestContext): Promise<Response> {
  const category = await findCategory(context.read, context);
  const entity = selectMembers(context, categoryJson(context, category));
  return sendEntity(context, 200, entity, categoryTag(category));
}

async function postCategory(context: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(context.c);
  const { name, color = defaultCategoryColour } = readPatch(context, json);
  if (name === undefined) throw malformedBody(`A category needs a ${context.dialect.spelling.member('DisplayName')}.`);
  const repeat = readIdempotencyKey(context.c, text, context.clock.now());
  const made = await writeForRequest(context, async (write) => {
    requireOwner(write);
    return runOnce(write, repeat, {
      run: () => createCategory(write, name, color),
      ids: ({ id }) => [id],
      load: ([id]) => categoryWithId(write.trx, write, id),
    });
  });
  return sendEntity(context, 201, categoryJson(context, made), categoryTag(made));
}

async function patchCategory(context: RequestContext): Promise<Response> {
  const patch = readPatch(context, (await readJsonBody(context.c)).json);
  const { category = '' } = context.keys;
  const changed = await writeForRequest(context, async (write) => {
    requireOwner(write);
    return updateCategory(write, category, patch, context.c.req.header('if-match'));
  });
  return sendEntity(context, 200, categoryJson(context, changed), categoryTag(changed));
}

async function removeCategory(context: RequestContext): Promise<Response> {
  const { category = '' } = context.keys;
  await writeForRequest(context, async (write) => {
    requireOwner(write);
    await deleteCategory(write, category, context.c.req.header('if-match'));
  });
  return sendNoContent(context);
}

const findCategory = (read: Db, { mailbox, keys }: RequestContext): Promise<CategoryJson> =>
  categoryWithId(read, mailbox, keys.category);

function categoryJson(context: RequestContext, { id, displayName, color }: CategoryJson): object {
  const { member, value } = context.dialect.spelling;
  const members = { [member('Id')]: id, [member('DisplayName')]: displayName, [member('Color')]: value(color) };
  if (context.dialect.name === 'graphBeta') return members;
  return { '@odata.id': `${userUrlOf(context)}/MasterCategories('${id}')`, ...members };
}

/** @throws AppError 400 for an invalid name or colour; WireError for an unknown member. */
function readPatch({ dialect }: RequestContext, json: unknown): { name?: string; color?: string } {
  const { member, type } = dialect.spelling;
  if (!isObject(json)) throw malformedBody('A category is an object.');
  const names = [member('Id'), member('DisplayName'), member('Color')];
  const unknown = Object.keys(json).find((name) => !name.includes('@') && !names.includes(name));
  if (unknown !== undefined) throw unknownMemberError(unknown, type('OutlookCategory'), '');
  const [displayName, color] = [json[member('DisplayName')], json[member('Color')]];
  if (displayName !== undefined && typeof displayName !== 'string') throw malformedBody('A name is text.');
  const colour = colourOf(color);
  return {
    ...(displayName !== undefined && { name: readCategoryName(displayName) }),
    ...(colour !== undefined && { color: colour }),
  };
}

/** A colour in any letter case; `none` is Gray. */
function colourOf(color: unknown): string | undefined {
  if (color === undefined || color === null) return undefined;
  const word = typeof color === 'string' ? color.toLowerCase() : '';
  if (word === 'none') return defaultCategoryColour;
  if (!isCategoryColour(word)) throw malformedBody('A colour is one of preset0 to preset24.');
  return word;
}
