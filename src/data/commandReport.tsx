import { createContext, use, useCallback, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { BulkEnd } from '../sync/commands/bulkCommands.ts';
import type { Command } from '../sync/commands/command.ts';

/** What came of a command, or of undoing it. Whoever shows it has the words; this layer has none. */
export type CommandResult = {
  /** What was asked for; of many, the first one that changes anything. */
  command: Command | undefined;
  /** How many items were to be changed, and how many were. */
  total: number;
  count: number;
  /** A sentence that only this place has for it, instead of the command's own. */
  message?: string | undefined;
  /** The screen shows it anyway: it is announced to screen readers, and no toast appears. */
  isShown?: boolean;
  /** Goes to what was added, which is elsewhere. */
  onShow?: () => void;
} & (
  | { outcome: 'done'; end: BulkEnd; undo: (() => void) | null }
  | { outcome: 'notSaved'; error: unknown }
  /** `lost`: how many could not be undone any more. */
  | { outcome: 'undone'; lost: number }
  | { outcome: 'notUndone'; error: unknown }
);

/** Shows a result. Returns how to remove what it shows. */
export type ReportCommand = (result: CommandResult) => () => void;

const ReportContext = createContext<ReportCommand | undefined>(undefined);

/** Provides what shows the results of commands. */
export function CommandReporter({ report, children }: { report: ReportCommand; children: ReactNode }) {
  const latest = useRef(report);
  useLayoutEffect(() => {
    latest.current = report;
  });
  // Commands outlive the component that ran them: their results use the words of the moment.
  const reportLatest = useCallback<ReportCommand>((result) => latest.current(result), []);
  return <ReportContext value={reportLatest}>{children}</ReportContext>;
}

export function useReportCommand(): ReportCommand {
  const report = use(ReportContext);
  if (report === undefined) throw new Error('CommandReporter is missing above this component');
  return report;
}

/** Reports that something was not stored on this device, where it is not a command that failed. */
export function useReportNotSaved(): (error: unknown) => void {
  const report = useReportCommand();
  return (error) => void report({ command: undefined, total: 1, count: 0, outcome: 'notSaved', error });
}
