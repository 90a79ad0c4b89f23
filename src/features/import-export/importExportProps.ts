import type { ReactNode } from 'react';
import type { Place } from '../../domain/task/task.ts';

export type ImportExportPageProps = {
  /** The start of the toolbar. */
  lead?: ReactNode;
  /** The folder to export; null for everything. */
  folder: Place | null;
};
