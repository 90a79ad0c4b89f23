import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ParsedTaskFile, TextEncoding, UnreadableFile } from '../../api/files/taskFileReader.ts';
import { StorageError } from '../../sync/storage/importStore.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { readTaskFileInWorker } from '../../sync/import/taskFileWorkerClient.ts';
import { exportTasks } from '../../sync/export/exportTasks.ts';
import type { ExportFormat, ExportOutcome, ExportProgress, ExportScope } from '../../sync/export/exportTasks.ts';
import { useFolders } from '../folders/useFolders.ts';
import { useGroups } from '../folders/useGroups.ts';
import { useCategories } from '../categories/useCategories.ts';
import { planImport } from '../../sync/import/importPlan.ts';
import type { ImportChoice, ImportPlan } from '../../sync/import/importPlan.ts';
import { importRunnerOf } from './importRunner.ts';
import type { ImportRunner, ShownImport } from './importRunner.ts';

export { maxImportSize, textEncodings } from '../../api/files/taskFileReader.ts';
export type { ImportProblem, ParsedTaskFile, TextEncoding, UnreadableFile } from '../../api/files/taskFileReader.ts';
export type { ExportFormat, ExportOutcome, ExportProgress, ExportScope } from '../../sync/export/exportTasks.ts';
export type { ImportChoice, ImportPlan } from '../../sync/import/importPlan.ts';
export type { ShownImport } from './importRunner.ts';

export type ExportState =
  { kind: 'idle' } | { kind: 'busy'; progress: ExportProgress | null } | { kind: 'over'; outcome: ExportOutcome };

/** Writes an export file; leaving the page cancels it. @param plainText converts an HTML body to text. */
export function useExport(plainText: (html: string) => string) {
  const [engine, deps] = [useSyncEngine(), useDeps()];
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const under = useRef<AbortController>(null);
  useEffect(() => () => under.current?.abort(), []);
  return {
    state,
    start: async (scope: ExportScope, format: ExportFormat): Promise<ExportOutcome> => {
      const mine = new AbortController();
      under.current?.abort();
      under.current = mine;
      setState({ kind: 'busy', progress: null });
      const onProgress = (progress: ExportProgress) => setState({ kind: 'busy', progress });
      try {
        const outcome = await exportTasks(engine, deps, { scope, format, plainText, signal: mine.signal, onProgress });
        if (under.current === mine) setState({ kind: 'over', outcome });
        return outcome;
      } catch (error) {
        setState({ kind: 'idle' });
        throw error;
      }
    },
    stop: () => under.current?.abort(),
    reset: () => setState({ kind: 'idle' }),
  };
}

export type TaskFileState =
  | { kind: 'none' }
  | { kind: 'reading'; name: string }
  | ({ kind: 'unreadable'; name: string } & (UnreadableFile | { reason: 'broken' }))
  | { kind: 'read'; name: string; file: ParsedTaskFile; readAt: string; source: File };

/** Parses a chosen import file in a worker. @param language of the person, as a language tag. */
export function useTaskFile({ dayFirst, language }: { dayFirst: boolean; language: string }) {
  const engine = useSyncEngine();
  const { clock } = useDeps();
  const [state, setState] = useState<TaskFileState>({ kind: 'none' });
  const under = useRef<AbortController>(null);
  useEffect(() => () => under.current?.abort(), []);

  async function read(file: File, encoding?: TextEncoding): Promise<void> {
    const { name } = file;
    const mine = new AbortController();
    under.current?.abort();
    under.current = mine;
    // The preview stays while a file is read again in another encoding.
    if (encoding === undefined) setState({ kind: 'reading', name });
    try {
      const now = clock.now();
      const zone = engine.zone.current();
      const options = { zone, now, dayFirst, language, ...(encoding !== undefined && { encoding }) };
      const reading = await readTaskFileInWorker(file, options, mine.signal);
      if (reading === null) return;
      setState((last) => {
        if (!reading.ok) return { kind: 'unreadable', name, reason: reading.reason };
        const readAt = last.kind === 'read' && last.source === file ? last.readAt : now;
        return { kind: 'read', name, file: reading.file, readAt, source: file };
      });
    } catch {
      // A file that changed or disappeared while it was read.
      if (!mine.signal.aborted) setState({ kind: 'unreadable', name, reason: 'broken' });
    }
  }
  return {
    state,
    read,
    clear: () => {
      under.current?.abort();
      setState({ kind: 'none' });
    },
  };
}

/** What an import would change in the account now. */
export function useImportPlan(file: ParsedTaskFile, choice: ImportChoice): { plan: ImportPlan; isSure: boolean } {
  const engine = useSyncEngine();
  const { clock } = useDeps();
  const { groups } = useGroups();
  const { folders } = useFolders();
  const { all: categories } = useCategories();
  const { isComplete: isSure } = useSyncExternalStore(engine.views.coverage.subscribe, engine.views.coverage.current);
  const plan = useMemo(() => {
    const zone = engine.zone.current();
    const when = { order: 'created', today: engine.today.current(), zone } as const;
    const tasksIn = (id: string) => engine.views.listing({ mailbox: 'me', id }, when).current().byId.values();
    return planImport(file, { groups, folders, categories, tasksIn }, choice, {
      newId: engine.ports.newId,
      at: clock.now(),
      zone,
    });
  }, [engine, clock, groups, folders, categories, file, choice]);
  // Duplicates are recognized only among tasks on this device.
  return { plan, isSure };
}

export type ImportErrorKind = 'refused' | 'full' | 'outdated';

const none: readonly ShownImport[] = [];
const nothing = { subscribe: () => () => {}, current: () => none };

/** Running and finished imports. Reading them resumes what a reload interrupted. */
export function useImports() {
  const [engine, deps] = [useSyncEngine(), useDeps()];
  const [imports, setImports] = useState<ImportRunner>();
  useEffect(() => {
    let isHere = true;
    async function open() {
      const opened = await importRunnerOf(engine, deps);
      if (!isHere) return;
      setImports(opened);
      await opened.resume();
    }
    open().catch((error: unknown) => {
      // Without storage nothing can be running; starting an import reports it.
      if (!(error instanceof StorageError)) throw error;
    });
    return () => {
      isHere = false;
    };
  }, [engine, deps]);
  const source = imports?.visible ?? nothing;
  return {
    shown: useSyncExternalStore(source.subscribe, source.current),
    /** Resolves with the obstacle; null when the import has started. */
    begin: async (
      name: string,
      plan: ImportPlan,
      onProgress: (kept: number) => void,
    ): Promise<ImportErrorKind | null> => {
      try {
        const opened = await importRunnerOf(engine, deps);
        await opened.start(name, plan, onProgress);
        return null;
      } catch (error) {
        if (error instanceof StorageError) return error.kind;
        throw error;
      }
    },
    resume: () => void imports?.resume(),
    stop: async (id: string) => imports?.stop(id),
    undo: async (id: string, onProgress: (done: number, total: number) => void) =>
      (await imports?.undo(id, onProgress)) ?? 0,
    dismiss: async (id: string) => imports?.dismiss(id),
  };
}
