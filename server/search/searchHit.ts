import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { SearchTerms } from './searchTerms.ts';

/** A task that was found, with the text around the match. */
export type SearchHit = { task: EditableTask; snippet: Snippet };

/** `hits` are `[start, length]` in UTF-16 units of `text`. */
export type Snippet = { property: 'Subject' | 'Body' | 'Categories'; text: string; hits: readonly [number, number][] };

export type SearchQuery = {
  accountId: string;
  /** Display name of the mailbox's owner. */
  owner: string;
  question: SearchTerms;
  /** The number of hits to return, and to skip before. */
  top: number;
  skip: number;
};
