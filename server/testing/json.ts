/**
 * The JSON of a response, indexed without checking each step: a missing index yields undefined, and the test's
 * expectation fails.
 */
export type Json = string & { readonly [name: string]: Json } & { readonly [index: number]: Json };

export function parseJson(text: string, reviver?: Parameters<typeof JSON.parse>[1]): Json {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Json is every JSON value at once; expectations check it
  return JSON.parse(text, reviver) as Json;
}

/** @throws Error when it is not an array. */
export function listOf(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new Error(`Expected a list, not ${JSON.stringify(json)}.`);
  return json;
}

/** The members of a collection. */
export function valuesOf(body: Json): readonly Json[] {
  return listOf(body['value']);
}

/** The members of an object, for spreading and destructuring. */
export function membersOf(json: Json): Readonly<Record<string, Json>> {
  return json;
}

/** Converts an entity of a page reader. */
export function toJson(entity: unknown): Json {
  return parseJson(JSON.stringify(entity));
}
