import { describe, expect, it } from 'vitest';
import { reminderOptions, snoozeTime } from './reminderTimes.ts';
import { toDay } from '../time/time.ts';

describe('suggested reminder times', () => {
  it('are later today, this evening, tomorrow and on the due date', () => {
    expect(reminderOptions('2026-03-18T11:24', toDay('2026-03-20'))).toEqual([
      { name: 'laterToday', at: '2026-03-18T16:00' },
      { name: 'thisEvening', at: '2026-03-18T18:00' },
      { name: 'tomorrow', at: '2026-03-19T09:00' },
      { name: 'onDueDay', at: '2026-03-20T09:00' },
    ]);
  });

  it('leave out times that are past or duplicates', () => {
    expect(reminderOptions('2026-03-18T19:30', toDay('2026-03-19'))).toEqual([
      { name: 'tomorrow', at: '2026-03-19T09:00' },
    ]);
    expect(reminderOptions('2026-03-18T14:00', toDay('2026-03-18'))).toEqual([
      { name: 'laterToday', at: '2026-03-18T18:00' },
      { name: 'tomorrow', at: '2026-03-19T09:00' },
    ]);
  });
});

describe('snoozing', () => {
  it('counts real minutes across a clock change, and days by the calendar', () => {
    // Clocks in Paris go from 02:00 to 03:00 in this night.
    expect(snoozeTime('tenMinutes', '2026-03-29T00:55:30.000Z', 'Europe/Paris')).toBe('2026-03-29T03:05');
    expect(snoozeTime('oneHour', '2026-03-29T00:30:00.000Z', 'Europe/Paris')).toBe('2026-03-29T03:30');
    expect(snoozeTime('tomorrow', '2026-03-28T22:30:00.000Z', 'Europe/Paris')).toBe('2026-03-29T09:00');
  });
});
