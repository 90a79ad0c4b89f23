import Papa from 'papaparse';
import { quoteValue } from '../fileModel.ts';
import type { ImportProblem } from '../fileModel.ts';

export type CsvReadOptions = {
  /** Zone of the mailbox, in which the dates of the file are meant. */
  zone: string;
  /** Whether 3/4/2026 means 3 April in the user's language, where the file does not show its order. */
  dayFirst: boolean;
};

/** The cells of a row by column name. A map, because the names come from files and may be those of Object's members. */
export type Row = ReadonlyMap<string, string>;

export type CsvTable = {
  columns: readonly string[];
  rows: readonly { row: Row; at: string }[];
  problems: ImportProblem[];
};

/** Lines before the column names, as TickTick writes them. */
const maxPreamble = 10;

/**
 * The non-empty rows of a table, by column name, each with the number of its first line. The first line may name the
 * separator (`sep=;`), as Excel reads and writes it.
 * @param columnsOf the names of the columns, by the cells of a line; undefined for a line that names none.
 */
export function readTable(
  text: string,
  columnsOf: (cells: readonly string[]) => readonly string[] | undefined,
): CsvTable | undefined {
  const [hint, separator] = /^\uFEFF?"?sep=([^\r\n])"?(?:\r\n|\r|\n)/i.exec(text.slice(0, 20)) ?? [];
  const content = hint === undefined ? text.replace(/^\uFEFF/, '') : text.slice(hint.length);
  const file = Papa.parse<string[]>(content, separator === undefined ? {} : { delimiter: separator });
  const head = file.data.slice(0, maxPreamble).findIndex((cells) => columnsOf(cells) !== undefined);
  const columns = columnsOf(file.data[head] ?? []);
  if (columns === undefined) return undefined;
  const problems: ImportProblem[] = [];
  const rows: { row: Row; at: string }[] = [];
  const unclosed = new Set(file.errors.flatMap(({ row, type }) => (type === 'Quotes' ? (row ?? []) : [])));
  let line = hint === undefined ? 0 : 1;
  for (const [index, cells] of file.data.entries()) {
    line += 1;
    const at = String(line);
    line += breaksIn(cells);
    if (index === head) problems.push(...unnamedColumns(columns, file.data.slice(head + 1), at));
    if (index <= head) continue;
    // An unclosed quote swallows the lines after it, so it must be reported.
    if (unclosed.has(index)) problems.push({ at, kind: 'value', name: '"', value: quoteValue(cells.join(',')) });
    const extra = cells.slice(columns.length).filter((cell) => cell.trim() !== '');
    if (extra.length > 0) problems.push({ at, kind: 'unknown', name: '', value: quoteValue(extra.join(',')) });
    // Of columns with the same name, the first counts.
    const row = new Map(columns.map((name, column) => [name, cells[column] ?? ''] as const).toReversed());
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ row, at });
  }
  return { columns, rows, problems };
}

/** Columns without a name, or with the name of an earlier one, that hold something. */
function unnamedColumns(columns: readonly string[], rows: readonly (readonly string[])[], at: string): ImportProblem[] {
  return columns.flatMap((name, column): ImportProblem[] => {
    if (name !== '' && columns.indexOf(name) === column) return [];
    const value = rows.find((cells) => (cells[column] ?? '').trim() !== '')?.[column];
    return value === undefined ? [] : [{ at, kind: 'unknown', name, value: quoteValue(value) }];
  });
}

const breaksIn = (cells: readonly string[]) =>
  cells.reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0);
