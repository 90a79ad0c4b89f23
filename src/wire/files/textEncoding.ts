/*
 * Files of older programs do not say in which code page they are written. Each page is scored by how well the text reads in
 * it; the best one is offered, and the person sees the text before it is imported.
 */

/** The encodings that a person can choose, by the names of the Encoding Standard. */
export const textEncodings = [
  'utf-8',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-874',
  'macintosh',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
  'utf-16le',
  'utf-16be',
] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** `isCertain`: the bytes themselves say it. */
type EncodingGuess = { encoding: TextEncoding; isCertain: boolean };

/** @param language of the person, as a language tag: machines write files in the code page of their language. */
function guessEncoding(bytes: Uint8Array, language: string): EncodingGuess {
  const marked = encodingOfMark(bytes) ?? wideEncodingOf(bytes);
  if (marked !== undefined) return { encoding: marked, isCertain: true };
  if (isUtf8(bytes)) return { encoding: 'utf-8', isCertain: true };
  const sample = linesBeyondAscii(bytes);
  const usual = usualEncodings.find(({ languages }) => languages.test(language))?.encoding ?? 'windows-1252';
  const beyondAscii = sample.reduce((count, byte) => count + (byte > 127 ? 1 : 0), 0);
  const scores = guessable.map((encoding) => ({
    encoding,
    score: scoreOf(sample, encoding) + (encoding === usual ? beyondAscii * 0.2 : 0),
  }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return { encoding: best.encoding, isCertain: false };
}

/** The text of a file, and how it was decoded. */
export type DecodedFile = EncodingGuess & { text: string };

/**
 * Decodes a whole file. Calendars and contacts that are folded between the octets of a character are unfolded first.
 * @param encoding that the person chose; without one it is guessed.
 */
export function decodeFile(bytes: Uint8Array, language: string, encoding?: TextEncoding): DecodedFile {
  const guess = encoding === undefined ? guessEncoding(bytes, language) : { encoding, isCertain: false };
  const isComponents = /^(?:\u00ef\u00bb\u00bf)?\s*BEGIN:V/i.test(String.fromCharCode(...bytes.subarray(0, 100)));
  if (guess.isCertain || !isComponents) return { ...guess, text: decodeBytes(bytes, guess.encoding) };
  const unfolded = unfoldOctets(bytes);
  const better = encoding === undefined ? guessEncoding(unfolded, language) : guess;
  return { ...better, text: decodeBytes(unfolded, better.encoding) };
}

/** The text of bytes. @param encoding without or with an unknown one, UTF-8 where it is valid, else Windows-1252. */
export function decodeBytes(bytes: Uint8Array, encoding?: string): string {
  const known = encoding === undefined ? undefined : decoderFor(encoding);
  return (known ?? new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252')).decode(bytes);
}

function decoderFor(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(encoding);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * An iCalendar or vCard text whose lines are folded between the octets of a character (RFC 5545 §3.1), unfolded. The
 * line breaks follow their line, so that lines keep their numbers.
 */
function unfoldOctets(bytes: Uint8Array): Uint8Array {
  const unfolded = new Uint8Array(bytes.length);
  let length = 0;
  let moved: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const width = bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : bytes[at] === 10 || bytes[at] === 13 ? 1 : 0;
    const next = bytes[at + width];
    if (width === 0) {
      unfolded[length++] = bytes[at] ?? 0;
      continue;
    }
    const isFold = next === 32 || next === 9;
    if (isFold) moved.push(10);
    else {
      for (const byte of [...bytes.subarray(at, at + width), ...moved]) unfolded[length++] = byte;
      moved = [];
    }
    at += isFold ? width : width - 1;
  }
  return unfolded.subarray(0, length);
}

// ---- Certain signs ---------------------------------------------------------------------------------------------------

function encodingOfMark([first, second, third]: Uint8Array): TextEncoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** UTF-16 without a mark: half of the bytes of mostly Latin text are zero. */
function wideEncodingOf(bytes: Uint8Array): TextEncoding | undefined {
  const head = bytes.subarray(0, 1_000);
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < head.length * 0.2 || Math.min(even, odd) > head.length * 0.02) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

// ---- Scores ----------------------------------------------------------------------------------------------------------

const usualEncodings: readonly { languages: RegExp; encoding: TextEncoding }[] = [
  { languages: /^(?:pl|cs|sk|hu|sl|hr|ro|sq|bs)\b/, encoding: 'windows-1250' },
  { languages: /^(?:ru|uk|be|bg|sr|mk)\b/, encoding: 'windows-1251' },
  { languages: /^el\b/, encoding: 'windows-1253' },
  { languages: /^(?:tr|az)\b/, encoding: 'windows-1254' },
  { languages: /^he\b/, encoding: 'windows-1255' },
  { languages: /^(?:ar|fa|ur)\b/, encoding: 'windows-1256' },
  { languages: /^(?:lt|lv|et)\b/, encoding: 'windows-1257' },
  { languages: /^th\b/, encoding: 'windows-874' },
  { languages: /^ja\b/, encoding: 'shift_jis' },
  { languages: /^ko\b/, encoding: 'euc-kr' },
  { languages: /^zh-(?:TW|HK|Hant)/i, encoding: 'big5' },
  { languages: /^zh\b/, encoding: 'gb18030' },
];

const sampleSize = 20_000;

/** The beginning of those lines that need an encoding. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(sampleSize);
  let length = 0;
  let lineStart = 0;
  let isNeeded = false;
  for (let at = 0; at <= bytes.length && length < sampleSize; at++) {
    const byte = bytes[at] ?? 10;
    if (byte > 127) isNeeded = true;
    if (byte !== 10 && at - lineStart < 1_000) continue;
    if (isNeeded) {
      const line = bytes.subarray(lineStart, at + 1).subarray(0, sampleSize - length);
      sample.set(line, length);
      length += line.length;
    }
    lineStart = at + 1;
    isNeeded = false;
  }
  return sample.subarray(0, length);
}

/** The letters beyond ASCII of the languages of a Latin code page, in lower case, one text a language. */
const latinLetters: Partial<Record<TextEncoding, readonly string[]>> = {
  'windows-1252': [
    'äöüß',
    'éèêëàâçîïôùûüœ',
    'áéíóúñü',
    'àèéìòù',
    'áâãàçéêíóôõú',
    'æøåé',
    'åäöé',
    'éëïóèö',
    'áðéíóúýþæö',
  ],
  'windows-1250': ['ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíľĺňóôŕšťúýž', 'áéíóöőúüű', 'ăâîşţ', 'čćđšž'],
  'windows-1254': ['çğıöşüi̇âî'],
  'windows-1257': ['ąčęėįšųūž', 'āčēģīķļņšūž', 'äöõüšž'],
  macintosh: ['äöüß', 'éèêëàâçîïôùûüœ', 'áéíóúñü', 'àèéìòù', 'áâãàçéêíóôõú', 'æøåé', 'åäöé'],
};

const scriptLetters: Partial<Record<TextEncoding, { all: RegExp; vowels: RegExp | undefined }>> = {
  'windows-1251': { all: /[а-яёіїєґў]/i, vowels: /[аеиоуыэюяёіїє]/i },
  'koi8-r': { all: /[а-яё]/i, vowels: /[аеиоуыэюяё]/i },
  'windows-1253': { all: /\p{Script=Greek}/u, vowels: /[αεηιουωάέήίόύώ]/i },
  'windows-1255': { all: /[א-ת]/, vowels: undefined },
  'windows-1256': { all: /\p{Script=Arabic}/u, vowels: undefined },
  'windows-874': { all: /\p{Script=Thai}/u, vowels: undefined },
};

/** Pairs of bytes whose first is in `usual` are characters in frequent use. */
const pairs: Partial<Record<TextEncoding, PairRule>> = {
  shift_jis: {
    usual: [
      [0x82, 0x83],
      [0x88, 0x97],
    ],
    second: 0x40,
    half: [0xa1, 0xdf],
    space: 0,
  },
  'euc-kr': { usual: [[0xb0, 0xc8]], second: 0xa1, half: undefined, space: 1.5 },
  gb18030: { usual: [[0xb0, 0xd7]], second: 0xa1, half: undefined, space: -0.5 },
  big5: { usual: [[0xa4, 0xc6]], second: 0x40, half: undefined, space: -0.5 },
};
type PairRule = {
  usual: readonly (readonly [from: number, to: number])[];
  second: number;
  /** Single bytes that are characters in rare use. */
  half: readonly [from: number, to: number] | undefined;
  /** What a space between two characters says: only Korean separates words. */
  space: number;
};

const guessable = textEncodings.filter((encoding) => !encoding.startsWith('utf-16'));

function scoreOf(sample: Uint8Array, encoding: TextEncoding): number {
  const pair = pairs[encoding];
  if (pair !== undefined) return pairScore(sample, pair);
  const text = new TextDecoder(encoding).decode(sample);
  const script = scriptLetters[encoding];
  if (script !== undefined) {
    const { all, vowels } = script;
    const letters = Array.from(text).filter((sign) => all.test(sign));
    const share = vowels === undefined ? 1 : letters.filter((sign) => vowels.test(sign)).length / letters.length;
    return textScore(text, (sign) => all.test(sign), false) - (share < 0.25 ? letters.length / 2 : 0);
  }
  const languages = latinLetters[encoding];
  if (languages === undefined) return textScore(text, () => true, false);
  return Math.max(...languages.map((letters) => textScore(text, (sign) => letters.includes(sign.toLowerCase()), true)));
}

const isLetter = (sign: string) => /\p{L}|\p{M}/u.test(sign);
const isLatin = (sign: string) => /[a-z]/i.test(sign);
const punctuation = '–—“”„‘’‚…€°«»·№¿¡\u00a0';

/** Letters in use count for a page; signs within words, mixed scripts and capitals after small letters against it. */
function textScore(text: string, isUsual: (letter: string) => boolean, isLatinPage: boolean): number {
  let score = 0;
  let run = 0;
  let before = '';
  for (const sign of text) {
    const isAscii = sign < '\u0080';
    if (!isAscii) {
      if (sign === '\ufffd' || sign < '\u00a0') score -= 5;
      else if (!isLetter(sign))
        score -=
          isLetter(before) && '¿¡°·'.includes(sign) ? 3 : punctuation.includes(sign) ? 0 : isLetter(before) ? 3 : 1;
      else {
        score += isUsual(sign) ? 1 : -1;
        const isCapital = sign !== sign.toLowerCase();
        if (isCapital && isLetter(before) && before !== before.toUpperCase()) score -= 3;
        if (!isLatinPage && isLatin(before)) score -= 3;
        if (isLatinPage && run >= 2) score -= 2;
      }
    } else if (isLatin(sign) && !isLatinPage && isLetter(before) && !isLatin(before)) score -= 3;
    else if (isLatin(sign) && !isLetter(before) && before >= '\u0080' && !punctuation.includes(before)) score -= 3;
    run = !isAscii && isLetter(sign) ? run + 1 : 0;
    before = sign;
  }
  return score;
}

function pairScore(sample: Uint8Array, { usual, second, half, space }: PairRule): number {
  let score = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    if (byte === 32 && (sample[at - 1] ?? 0) > 127 && (sample[at + 1] ?? 0) > 127) score += space;
    if (byte < 128) continue;
    if (half !== undefined && byte >= half[0] && byte <= half[1]) {
      score -= 0.5;
      continue;
    }
    const next = sample[at + 1] ?? 0;
    const isUsual = next >= second && usual.some(([from, to]) => byte >= from && byte <= to);
    const before = sample[at - 1] ?? 0;
    const isInWord = before < 128 && isLatin(String.fromCharCode(before));
    score += isUsual && !isInWord ? 2 : -2;
    at += 1;
  }
  return score;
}
