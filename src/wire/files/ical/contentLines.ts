import { decodeQuotedPrintable } from './quotedPrintable.ts';

/*
 * The content lines of iCalendar (RFC 5545 §3.1), vCard (RFC 6350) and their first versions, vCalendar 1.0 and vCard 2.1.
 * A line that is none costs itself alone, so this does not use ical.js, which refuses the whole text.
 */

/** A property as the file spells it. */
export type FileProperty = {
  /** In lower case, without the group of a vCard. */
  name: string;
  /** By name in lower case. */
  parameters: ReadonlyMap<string, readonly string[]>;
  /** Still escaped, unless `isDecoded`. */
  value: string;
  /** A Quoted-Printable value, which is plain text now. */
  isDecoded: boolean;
  /** The line of the file on which it begins, from 1. */
  line: number;
};

export type FileComponent = {
  /** In lower case. */
  name: string;
  line: number;
  properties: readonly FileProperty[];
  components: readonly FileComponent[];
};

/** A line that is no content line, or ends a component that is not open. */
export type StrayLine = { line: number; text: string };

type OpenComponent = FileComponent & { properties: FileProperty[]; components: FileComponent[] };

/**
 * The outermost components of a text, and the lines that belong to none; undefined for a text that ends inside a
 * component, because it is cut off.
 */
export function parseFileComponents(
  text: string,
): { components: readonly FileComponent[]; strays: readonly StrayLine[] } | undefined {
  const root: OpenComponent = { name: '', line: 0, properties: [], components: [] };
  const open: OpenComponent[] = [root];
  const openNames = new Map<string, number>();
  const strays: StrayLine[] = [];

  function begin(name: string, line: number) {
    const component: OpenComponent = { name, line, properties: [], components: [] };
    open.at(-1)?.components.push(component);
    open.push(component);
    openNames.set(name, (openNames.get(name) ?? 0) + 1);
  }
  /** Components inside that were not ended end with it. */
  function end(name: string): boolean {
    if ((openNames.get(name) ?? 0) === 0) return false;
    for (let closed = open.pop(); closed !== undefined; closed = open.pop()) {
      openNames.set(closed.name, (openNames.get(closed.name) ?? 0) - 1);
      if (closed.name === name) break;
    }
    return true;
  }

  for (const { line, text: content } of unfoldedLines(text)) {
    const property = parseContentLine(content, line);
    const current = open.at(-1);
    if (property?.name === 'begin') begin(property.value.trim().toLowerCase(), line);
    else if (property?.name === 'end' ? !end(property.value.trim().toLowerCase()) : property === undefined) {
      strays.push({ line, text: content });
    } else if (property !== undefined && property.name !== 'end' && current !== undefined) {
      current.properties.push(property);
    }
  }
  return open.length > 1 ? undefined : { components: root.components, strays };
}

// ---- Lines -----------------------------------------------------------------------------------------------------------

/** The first versions of both formats fold at a space, which stays; later ones insert it. */
const firstVersion = /^VERSION:(?:1\.0|2\.1)\s*$/i;
const isQuotedPrintable = (line: string) => line.slice(0, 500).toUpperCase().includes('QUOTED-PRINTABLE');

function* unfoldedLines(text: string): Generator<{ line: number; text: string }> {
  let parts: string[] = [];
  let first = 1;
  let isFirstVersion = false;
  let isSoftBreak = false;
  for (const [at, physical] of text.split(/\r\n|\r|\n/).entries()) {
    const isFolded = parts.length > 0 && /^[ \t]/.test(physical);
    if (isSoftBreak) parts.push(physical);
    else if (isFolded) parts.push(isFirstVersion ? physical : physical.slice(1));
    else {
      if (parts.length > 0) yield { line: first, text: parts.join('') };
      if (firstVersion.test(physical)) isFirstVersion = true;
      else if (/^BEGIN:V(?:CALENDAR|CARD)/i.test(physical)) isFirstVersion = false;
      parts = physical.trim() === '' ? [] : [physical];
      first = at + 1;
    }
    isSoftBreak = physical.endsWith('=') && isQuotedPrintable(parts[0] ?? '');
    if (isSoftBreak) parts.push((parts.pop() ?? '').slice(0, -1));
  }
  if (parts.length > 0) yield { line: first, text: parts.join('') };
}

/** Undefined for a line without a name, or with an unclosed quote in a parameter. */
export function parseContentLine(text: string, line: number): FileProperty | undefined {
  const [head, name] = /^(?:[\w-]+\.)?([\w-]+)(?=[;:])/.exec(text) ?? [];
  if (head === undefined || name === undefined) return undefined;
  const parameters = new Map<string, readonly string[]>();
  let at = head.length;
  while (text[at] === ';') {
    const parameter = parseParameter(text, at + 1);
    if (parameter === undefined) return undefined;
    const known = parameters.get(parameter.name);
    parameters.set(
      parameter.name,
      known === undefined ? parameter.values : [...known, ...parameter.values].slice(0, 50),
    );
    at = parameter.end;
  }
  if (text[at] !== ':') return undefined;
  const value = text.slice(at + 1);
  const isDecoded = parameters.get('encoding')?.[0]?.toUpperCase() === 'QUOTED-PRINTABLE';
  return {
    name: name.toLowerCase(),
    parameters,
    value: isDecoded ? decodeQuotedPrintable(value, parameters.get('charset')?.[0]) : value,
    isDecoded,
    line,
  };
}

/** The first versions write some values without a name: `TEL;HOME:…`, `NOTE;QUOTED-PRINTABLE:…`. */
const encodings = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);

function parseParameter(text: string, from: number) {
  const bare = runUntil(text, from, /[=;:]/g);
  if (text[bare.end] !== '=') {
    const name = encodings.has(bare.text.toUpperCase()) ? 'encoding' : 'type';
    return { name, values: [bare.text], end: bare.end };
  }
  const values: string[] = [];
  let end = bare.end;
  do {
    const isQuoted = text[end + 1] === '"';
    const value = runUntil(text, end + (isQuoted ? 2 : 1), isQuoted ? /"/g : /[,;:]/g);
    if (isQuoted && text[value.end] !== '"') return undefined;
    values.push(value.text.replace(/\^(['n^])/g, (_, sign: string) => escapedSigns.get(sign) ?? sign));
    end = value.end + (isQuoted ? 1 : 0);
  } while (text[end] === ',');
  return { name: bare.text.trim().toLowerCase(), values, end };
}

/** RFC 6868. */
const escapedSigns = new Map([
  ["'", '"'],
  ['n', '\n'],
  ['^', '^'],
]);

function runUntil(text: string, from: number, sign: RegExp): { text: string; end: number } {
  sign.lastIndex = from;
  const end = sign.exec(text)?.index ?? text.length;
  return { text: text.slice(from, end), end };
}

// ---- Values ----------------------------------------------------------------------------------------------------------

/** The first value of a parameter. */
export function parameterOf(property: FileProperty | undefined, name: string): string | undefined {
  return property?.parameters.get(name)?.[0];
}

/** A value of the type TEXT, unescaped; '' without a property. */
export function textOf(property: FileProperty | undefined): string {
  return property === undefined ? '' : property.isDecoded ? property.value : unescapeText(property.value);
}

/** The texts of a list, or of a structured value (`N`, `ADR`) with ';'. */
export function textsOf(property: FileProperty | undefined, separator: ',' | ';' = ','): readonly string[] {
  if (property === undefined) return [];
  const parts: string[] = [];
  let from = 0;
  const signs = separator === ',' ? /\\[\s\S]|,/g : /\\[\s\S]|;/g;
  for (const { 0: sign, index } of property.value.matchAll(signs)) {
    if (sign !== separator) continue;
    parts.push(property.value.slice(from, index));
    from = index + 1;
  }
  return [...parts, property.value.slice(from)].map(unescapeText);
}

function unescapeText(text: string): string {
  return text.replace(/\\([\\;,:"nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}
