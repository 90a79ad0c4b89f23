import { useCallback } from 'react';
import type { CalendarTasks } from '../../api/files/calendarFileReader.ts';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';

export type { CalendarTasks } from '../../api/files/calendarFileReader.ts';

/** The parser is large and rarely needed. */
const readerChunk = createLazyChunk(() => import('../../api/files/calendarFileReader.ts'));

/** Reads the tasks of a calendar file in the mailbox's zone. @param language of the person, as a language tag. */
export function useCalendarFileReader(language: string): (file: Blob) => Promise<CalendarTasks> {
  const { clock } = useDeps();
  const engine = useSyncEngine();
  return useCallback(
    async (file) => {
      const { readCalendarFile } = await readerChunk.get();
      return readCalendarFile(file, { zone: engine.zone.current(), now: clock.now(), language });
    },
    [clock, engine, language],
  );
}
