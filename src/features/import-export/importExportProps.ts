import type { ReactNode } from 'react';
import type { Place } from '../../domain/task/task.ts';

export type ImportExportPageProps = {
  /** What stands at the start of the bar. */
  lead?: ReactNode;
  /** The folder to export that was asked for; null for everything. */
  folder: Place | null;
};
