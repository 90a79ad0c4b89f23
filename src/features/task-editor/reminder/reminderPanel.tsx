import { useLingui } from '@lingui/react/macro';
import XIcon from 'lucide-react/icons/x';
import { useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useBrowserZone, useToday } from '../../../data/account/useTimeZone.ts';
import { reminderOptions } from '../../../domain/task/reminderTimes.ts';
import type { LocalDateTime } from '../../../domain/task/reminderTimes.ts';
import type { Task, TaskPatch } from '../../../domain/task/task.ts';
import { canonicalZone, localOf } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { DayField } from '../../../ui/dates/dayField.tsx';
import { Select } from '../../../ui/controls/select.tsx';
import { TimeField } from '../../../ui/dates/timeField.tsx';
import { ReminderQuickPicks } from './reminderQuickPicks.tsx';
import { ReminderZoneNotes } from './reminderZoneNotes.tsx';
import { reminderZones } from './reminderZones.ts';
import { useReminderDraft } from './useReminderDraft.ts';
import styles from './reminderPanel.module.css';

type Props = {
  task: Task;
  due: Day | null;
  onChange: (patch: TaskPatch) => void;
  onClose: () => void;
};

/** Quick picks, then a day and a time in a zone. The fields are saved when they are left. */
export function ReminderPanel({ task, due, onChange, onClose }: Props) {
  const { t } = useLingui();
  const { today, zone: mailboxZone } = useToday();
  const browserZone = useBrowserZone();
  const { clock } = useDeps();
  const seriesZone = task.recurrence?.range.zone;
  const zones = reminderZones(
    mailboxZone,
    browserZone,
    seriesZone === undefined ? undefined : canonicalZone(seriesZone),
  );
  const [zone, setZone] = useState(mailboxZone);
  const saved = task.isReminderOn && task.reminder !== null ? localOf(task.reminder, zone).slice(0, 16) : null;
  const [now] = useState(() => clock.now());
  const options = reminderOptions(localOf(now, zone), due);
  const suggested = options.find(({ name }) => name === (due === null ? 'tomorrow' : 'onDueDay')) ?? options.at(-1);
  const draft = useReminderDraft({ saved, suggested: suggested?.at ?? `${today}T09:00`, zone, onChange });

  function pick(at: LocalDateTime) {
    draft.discard();
    draft.save(at);
    onClose();
  }

  return (
    <div className={styles.panel}>
      <ReminderQuickPicks options={options} saved={saved} onPick={pick} />
      <div className={styles.fields}>
        <DayField
          label={t`Day`}
          value={draft.day}
          today={today}
          isRequired
          onChange={(day) => {
            if (day !== null) draft.setDay(day);
          }}
        />
        <TimeField
          label={t`Time`}
          value={draft.time}
          error={draft.isIncomplete ? t`Enter hours and minutes.` : null}
          onChange={draft.setTime}
          onBlur={draft.saveTyped}
          onEnter={() => {
            if (draft.isIncomplete) return;
            draft.saveTyped();
            onClose();
          }}
        />
      </div>
      {zones.length > 1 && (
        <div className={styles.zone}>
          <Select
            label={t`In the time of`}
            isBoxed
            items={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            value={zone}
            onChange={(next) => {
              draft.discard();
              setZone(next);
            }}
          />
        </div>
      )}
      <ReminderZoneNotes
        at={draft.isIncomplete ? null : `${draft.day}T${draft.time}`}
        zone={zone}
        otherZone={zones.find((one) => one !== zone)}
      />
      <div className={styles.foot}>
        {saved !== null && (
          <Button
            variant="quiet"
            icon={<XIcon aria-hidden />}
            onPress={() => {
              draft.discard();
              onChange({ isReminderOn: false });
              onClose();
            }}
          >{t`No reminder`}</Button>
        )}
        <Button
          variant="primary"
          className={styles.done}
          isDisabled={draft.isIncomplete}
          onPress={() => {
            // Also saves a suggestion that was not changed.
            draft.save(`${draft.day}T${draft.time}`);
            onClose();
          }}
        >{t`Done`}</Button>
      </div>
    </div>
  );
}
