/** One result: what was measured, the value with its unit, and its target, if any. */
export type Measurement = { what: string; value: string; target?: string; met?: boolean };

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.max(0, sorted.length % 2 === 0 ? middle - 1 : middle)], sorted[middle]];
  if (low === undefined || high === undefined) throw new RangeError('median of nothing');
  return (low + high) / 2;
}

/** Nearest-rank percentile, 0 < p ≤ 100. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length, Math.ceil((p / 100) * sorted.length)) - 1];
  if (value === undefined) throw new RangeError('percentile of nothing');
  return value;
}

export const atMost = (what: string, value: number, limit: number, unit: string): Measurement => ({
  what,
  value: `${round(value)} ${unit}`.trim(),
  target: `≤ ${limit}`,
  met: value <= limit,
});

export const atLeast = (what: string, value: number, limit: number, unit = ''): Measurement => ({
  what,
  value: `${round(value)} ${unit}`.trim(),
  target: `≥ ${limit}`,
  met: value >= limit,
});

export const untargeted = (what: string, value: number, unit: string): Measurement => ({
  what,
  value: `${round(value)} ${unit}`,
});

const round = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2));

export function printTable(title: string, rows: readonly Measurement[]): void {
  const width = Math.max(...rows.map((row) => row.what.length));
  process.stdout.write(`\n${title}\n`);
  for (const { what, value, target = '', met } of rows) {
    const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
    process.stdout.write(`  ${what.padEnd(width)}  ${value.padStart(14)}  ${target.padEnd(8)}  ${verdict}\n`);
  }
}
