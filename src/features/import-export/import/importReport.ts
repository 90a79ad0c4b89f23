import type { ImportProblem } from '../../../data/importExport/useImportExport.ts';

const formula = /^'*[=+\-@\t\r]/;

/** A cell of a table: quoted, and no formula for the program that opens it. */
function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Every case in the file's own words, as a table for spreadsheets. */
export function importReport(problems: readonly ImportProblem[]): Blob {
  const rows = problems.map(({ at, kind, name, value }) => [at, kind, name, value]);
  const lines = [['Where', 'What', 'Name', 'Value'], ...rows].map((row) => row.map(cell).join(','));
  return new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
}
