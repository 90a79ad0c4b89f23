const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/**
 * '640 kB', '2.4 MB', '25 MB': with units of 1024, as for the limits; one decimal at most, and none for large numbers.
 */
export function fileSizeLabel(bytes: number, locale: string): string {
  let step = 0;
  let value = bytes;
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step === 0 || value >= 10 ? 0 : 1;
  const unit = steps[step] ?? 'byte';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value);
}
