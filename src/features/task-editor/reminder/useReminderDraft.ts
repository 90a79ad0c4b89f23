import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LocalDateTime } from '../../../domain/task/reminderTimes.ts';
import type { TaskPatch } from '../../../domain/task/task.ts';
import { toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';

type Input = {
  /** The task's reminder on the wall clock of `zone`; null without one. */
  saved: LocalDateTime | null;
  /** In the fields until something is typed. */
  suggested: LocalDateTime;
  zone: string;
  onChange: (patch: TaskPatch) => void;
};

/** The day and time in the fields, saved when the fields or the panel are left. */
export function useReminderDraft({ saved, suggested, zone, onChange }: Input) {
  const [typed, setTyped] = useState<{ day: Day; time: string } | null>(null);
  const fields = typed ?? partsOf(saved ?? suggested);
  const isIncomplete = typed !== null && !isWholeTime(typed.time);

  /** The last value that was saved: closing right after a blur must not save it twice. */
  const lastSaved = useRef('');
  function save(at: LocalDateTime) {
    if (at === saved || lastSaved.current === `${at} ${zone}`) return;
    lastSaved.current = `${at} ${zone}`;
    onChange({ reminder: { local: `${at}:00.000`, zone }, isReminderOn: true });
  }
  function saveTyped() {
    if (typed !== null && !isIncomplete && `${typed.day}T${typed.time}` !== saved) save(`${typed.day}T${typed.time}`);
  }
  // Escape and a press outside save, too.
  const onUnmount = useEffectEvent(saveTyped);
  useEffect(() => () => onUnmount(), []);

  return {
    ...fields,
    isIncomplete,
    save,
    saveTyped,
    discard: () => setTyped(null),
    setTime: (time: string) => setTyped({ ...fields, time }),
    setDay(day: Day) {
      setTyped({ ...fields, day });
      if (isWholeTime(fields.time)) save(`${day}T${fields.time}`);
    },
  };
}

const isWholeTime = (text: string) => /^\d\d:\d\d$/.test(text);

function partsOf(at: LocalDateTime): { day: Day; time: string } {
  return { day: toDay(at), time: at.slice(11, 16) };
}
