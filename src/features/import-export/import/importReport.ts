import type { ImportProblem } from '../../../data/importExport/useImportExport.ts';

const formula = /^'*[=+\-@\t\r]/;

/** A CSV cell: quoted, and never a formula for the spreadsheet that opens it. */
function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Every problem with the file's own text, as CSV. */
export function importReport(problems: readonly ImportProblem[]): Blob {
  const rows = problems.map(({ at, kind, name, value }) => [at, kind, name, value]);
  const lines = [['Where', 'What', 'Name', 'Value'], ...rows].map((row) => row.map(cell).join(','));
  return new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
}
