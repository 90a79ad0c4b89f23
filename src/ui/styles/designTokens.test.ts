import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';

/*
 * The contrast pairs of docs/design.md#colour, computed from designTokens.css with the WCAG formula on gamut-mapped
 * values, so that a changed token cannot break them unnoticed.
 */

type Oklch = { l: number; c: number; h: number };
type Theme = 'light' | 'dark';
const themes: readonly Theme[] = ['light', 'dark'];

let tokens: Map<string, Record<Theme, Oklch>>;
let fallbacks: Map<string, string>;

beforeAll(async () => {
  const css = await readFile(new URL('./designTokens.css', import.meta.url), 'utf8');
  const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  const pair = new RegExp(String.raw`--([\w-]+): light-dark\(${colour}, ${colour}\);`, 'g');
  tokens = new Map(
    [...css.matchAll(pair)].map(([, name = '', ...numbers]) => {
      const [l = 0, c = 0, h = 0, dl = 0, dc = 0, dh = 0] = numbers.map(Number);
      return [name, { light: { l, c, h }, dark: { l: dl, c: dc, h: dh } }];
    }),
  );
  const fallbackBlock = css.slice(css.indexOf('@supports not'));
  fallbacks = new Map(
    [...fallbackBlock.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
});

/** The computed colours of categories (docs/design.md#categories): hue and chroma of each, lightness by kind. */
function categoryColours(
  css: string,
): readonly { name: string; part: 'dot' | 'chip' | 'text'; theme: Theme; colour: Oklch }[] {
  const rules = [
    ...css.matchAll(/((?:\[data-category='preset\d+'\],?\s*)+)\{\s*--category-h: (\d+);\s*--category-c: ([\d.]+);/g),
  ];
  const dark = /:is\(([^)]*)\) \{\s*--dot-l: 0\.47/.exec(css)?.[1] ?? '';
  return rules.flatMap(([, names = '', hue = '', chroma = '']) =>
    [...names.matchAll(/preset\d+/g)].flatMap(([name]) => {
      const [h, c] = [Number(hue), Number(chroma)];
      const isDark = dark.includes(`'${name}'`);
      const parts = {
        dot: isDark ? [0.47, 1, 0.63, 0.9] : [0.6, 1, 0.72, 0.9],
        chip: isDark ? [0.925, 0.3, 0.285, 0.34] : [0.955, 0.22, 0.315, 0.34],
        text: isDark ? [0.36, 0.78, 0.82, 0.55] : [0.42, 0.78, 0.87, 0.55],
      };
      return (['dot', 'chip', 'text'] as const).flatMap((part) => {
        const [l = 0, times = 0, dl = 0, darkTimes = 0] = parts[part];
        return [
          { name, part, theme: 'light' as const, colour: { l, c: c * times, h } },
          { name, part, theme: 'dark' as const, colour: { l: dl, c: c * darkTimes, h } },
        ];
      });
    }),
  );
}

function luminance(colour: Oklch): number {
  const [r, g, b] = fit(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrastOf(a: Oklch, b: Oklch): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function linearOf({ l, c, h }: Oklch): readonly [number, number, number] {
  const angle = (h * Math.PI) / 180;
  const [a, b] = [c * Math.cos(angle), c * Math.sin(angle)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

function clamp(part: number): number {
  return Math.min(1, Math.max(0, part));
}

/** The same lightness and hue with the highest chroma in sRGB. */
function fit(colour: Oklch): readonly [number, number, number] {
  const isInside = (c: number) => linearOf({ ...colour, c }).every((part) => part >= -1e-4 && part <= 1 + 1e-4);
  let [low, high] = isInside(colour.c) ? [colour.c, colour.c] : [0, colour.c];
  while (high - low > 1e-5) {
    const middle = (low + high) / 2;
    if (isInside(middle)) low = middle;
    else high = middle;
  }
  const [r, g, b] = linearOf({ ...colour, c: low });
  return [clamp(r), clamp(g), clamp(b)];
}

function encode(part: number): number {
  return part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
}

function hexOf(colour: Oklch): string {
  return `#${fit(colour)
    .map((part) =>
      Math.round(encode(part) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function contrast(a: string, b: string, theme: Theme): number {
  const [light, dark] = [a, b]
    .map((name) => {
      const token = tokens.get(name);
      if (!token) throw new Error(`tokens.css has no colour --${name}`);
      const [r, g, blue] = fit(token[theme]);
      return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
    })
    .toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const panes = ['fold-1', 'fold-2', 'fold-3', 'raised', 'well', 'hover'];
const rows = [...panes, 'accent-soft', 'accent-soft-2'];

/** Text needs a contrast of 4.5:1 on every surface that it is used on. */
const words: readonly [string, readonly string[]][] = [
  ['text', [...rows, 'press']],
  ['text-2', [...rows, 'press']],
  ['text-3', rows],
  ['accent-text', rows],
  ['danger-text', [...rows, 'danger-soft']],
  ['amber-text', [...rows, 'amber-soft']],
  ['sky-text', ['sky-soft', 'fold-2', 'fold-3', 'raised']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['on-toast', ['toast']],
  ['toast-action', ['toast']],
];

/** Rings, borders of fields, dots and the focus ring need 3:1. */
const shapes: readonly [string, readonly string[]][] = [
  ['line-3', rows],
  ['accent', rows],
  ['amber', rows],
  ['danger', ['fold-2', 'fold-3', 'raised', 'well']],
  ['focus', rows],
  ['view-today', panes],
  ['view-upcoming', panes],
  ['view-important', panes],
  ['view-all', panes],
];

describe.each(themes)('%s theme', (theme) => {
  test.each(words.flatMap(([word, surfaces]) => surfaces.map((surface) => [word, surface] as const)))(
    '%s can be read on %s',
    (word, surface) => {
      expect(contrast(word, surface, theme)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(shapes.flatMap(([shape, surfaces]) => surfaces.map((surface) => [shape, surface] as const)))(
    '%s can be seen on %s',
    (shape, surface) => {
      expect(contrast(shape, surface, theme)).toBeGreaterThanOrEqual(3);
    },
  );
});

test('the lowest contrasts are those listed in the design', () => {
  expect(contrast('text-3', 'accent-soft-2', 'light')).toBeCloseTo(4.6, 1);
  expect(contrast('text-3', 'accent-soft-2', 'dark')).toBeCloseTo(4.7, 1);
  expect(contrast('line-3', 'accent-soft-2', 'light')).toBeCloseTo(3.2, 1);
  expect(contrast('line-3', 'accent-soft-2', 'dark')).toBeCloseTo(3.3, 1);
});

test('dots of categories are visible on every row, and text on their chips is legible', async () => {
  const css = await readFile(new URL('./designTokens.css', import.meta.url), 'utf8');
  const all = categoryColours(css);
  expect(new Set(all.map(({ name }) => name)).size).toBe(25);
  // The numbers above are those of the file.
  for (const number of ['0.955', '0.22 *', '0.315', '0.925', '0.285', '0.36 ', '0.82 ', '0.87 ', '0.55 *'])
    expect(css).toContain(number);
  for (const { name, part, theme, colour } of all) {
    if (part === 'dot' && name !== 'preset14') {
      for (const row of rows) {
        expect(
          contrastOf(colour, tokens.get(row)?.[theme] ?? colour),
          `${name} on ${row}, ${theme}`,
        ).toBeGreaterThanOrEqual(3);
      }
    }
    if (part !== 'text') continue;
    const chip = all.find((other) => other.name === name && other.part === 'chip' && other.theme === theme);
    expect(contrastOf(colour, chip?.colour ?? colour), `${name}, ${theme}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('the sRGB fallbacks are the same colours', () => {
  expect(fallbacks.size).toBeGreaterThan(30);
  for (const [name, hex] of fallbacks) {
    const token = tokens.get(name);
    expect(token, name).toBeDefined();
    if (token)
      expect(distance(hexOf(token.light), hex), `${name}: ${hexOf(token.light)} ${hex}`).toBeLessThanOrEqual(3);
  }
});

function channelsOf(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** The largest difference between two channels, 0 to 255. */
function distance(a: string, b: string): number {
  const other = channelsOf(b);
  return Math.max(...channelsOf(a).map((channel, index) => Math.abs(channel - (other[index] ?? 0))));
}
