import { closeSync, openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Overwrites the last page with rows of a table with invalid content, in a file that no process has open. */
export function damageLastPage(path: string, table: string): void {
  const database = new DatabaseSync(path);
  const page = database
    .prepare("select pgoffset, pgsize from dbstat where name = ? and pagetype = 'leaf' order by pageno desc limit 1")
    .get(table);
  database.close();
  const size = Number(page?.['pgsize']);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(size, 0xff), 0, size, Number(page?.['pgoffset']));
  closeSync(file);
}
