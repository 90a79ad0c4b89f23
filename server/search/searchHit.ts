import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import { parseTextList } from '../db/jsonColumns.ts';
import type { TaskRow } from '../db/tables.ts';
import { taskOf } from '../mailbox/taskRows.ts';
import type { SearchTerms } from './searchTerms.ts';
import { snippetIn, type Snippet } from './snippets.ts';

/** A task that was found, with the text around the match. */
export type SearchHit = { task: EditableTask; snippet: Snippet };

export type SearchQuery = {
  accountId: string;
  /** Display name of the mailbox's owner. */
  owner: string;
  question: SearchTerms;
  /** The number of hits to return, and to skip before. */
  top: number;
  skip: number;
};

/** @param wordPattern words as the database's index splits them. */
export async function searchHitOf(
  row: TaskRow & { body_text?: string | null },
  { owner, question, wordPattern }: Pick<SearchQuery, 'owner' | 'question'> & { wordPattern: RegExp },
): Promise<SearchHit> {
  const categories = parseTextList(row.categories).join(', ');
  const texts = { subject: row.subject, body: row.body_text ?? row.body, categories };
  return { task: taskOf(row, owner), snippet: await snippetIn(texts, question, wordPattern) };
}
