import { malformedBody } from '../config/appError.ts';
import { parseJson } from './jsonText.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;
const comma = 0x2c;

/** Longer names cannot be the member's, escapes included. In bytes. */
const maxNameLength = 200;

/**
 * Scans JSON byte by byte for the start of the text of one member of the outermost object. Only names of that object
 * matter; JSON.parse validates the rest later.
 * @returns a function that takes a byte; true when the member's text begins after it.
 * @throws AppError 400 when the member occurs twice.
 */
export function createMemberScanner(member: string): (byte: number) => boolean {
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  let isNameExpected = false;
  /** The bytes of the name being read. */
  let name: number[] | undefined;
  let isValueOfMember = false;
  let hasMember = false;

  function readText(byte: number): void {
    if (isEscaped) isEscaped = false;
    else if (byte === backslash) isEscaped = true;
    else if (byte === quote) {
      isInText = false;
      if (name !== undefined) {
        isValueOfMember = isName(name, member);
        name = undefined;
      }
      return;
    }
    if (name !== undefined && name.length < maxNameLength) name.push(byte);
  }

  /** True when the text is the member's own. */
  function openText(): boolean {
    if (depth === 1 && isValueOfMember) {
      if (hasMember) throw malformedBody(`The property '${member}' is given twice.`);
      hasMember = true;
      isValueOfMember = false;
      return true;
    }
    isInText = true;
    if (depth === 1 && isNameExpected) name = [];
    isNameExpected = false;
    return false;
  }

  return (byte) => {
    if (isInText) {
      readText(byte);
      return false;
    }
    switch (byte) {
      case quote:
        return openText();
      case openBrace:
      case openBracket:
        depth += 1;
        isNameExpected = depth === 1 && byte === openBrace;
        isValueOfMember = false;
        return false;
      case closeBrace:
      case closeBracket:
        depth -= 1;
        return false;
      case comma:
        isNameExpected = depth === 1;
        isValueOfMember = false;
        return false;
      default:
        return false;
    }
  };
}

function isName(raw: readonly number[], member: string): boolean {
  const text = Buffer.from(raw).toString('utf8');
  return text === member || (text.includes('\\') && parseJson(`"${text}"`) === member);
}
