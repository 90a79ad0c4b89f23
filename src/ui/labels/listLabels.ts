import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { isPeriodKey } from '../../domain/listing/sections.ts';
import type { NamedSectionKey, SectionKey } from '../../domain/listing/sections.ts';
import type { Day } from '../../domain/time/time.ts';
import { periodLabel } from './dateLabels.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';

/* Names of lists and their sections, on the screen and in print. */

const sectionLabels: Readonly<Record<NamedSectionKey, MessageDescriptor>> = {
  overdue: msg`Overdue`,
  today: msg`Today`,
  evening: msg`This evening`,
  started: msg`Started`,
  tomorrow: msg`Tomorrow`,
  later: msg`Later`,
  noDate: msg`No date`,
  high: msg`High importance`,
  normal: msg`Normal importance`,
  low: msg`Low importance`,
  open: msg`Open`,
  completed: msg`Completed`,
};

/** A section's heading: its name, or its days. */
export function sectionLabel(i18n: I18n, key: SectionKey, today: Day, locale: string): string {
  return isPeriodKey(key) ? periodLabel(key.slice(4), today, locale) : i18n._(sectionLabels[key]);
}

export const viewLabels: Readonly<Record<ViewName, MessageDescriptor>> = {
  today: msg`Today`,
  upcoming: msg`Upcoming`,
  overdue: msg`Overdue`,
  important: msg`Important`,
  all: msg`All tasks`,
  completed: msg`Completed`,
};
