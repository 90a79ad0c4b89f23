import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { SectionKey } from '../../domain/listing/listing.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';

/* Names of lists and their sections, on the screen and in print. */

export const sectionLabels: Readonly<Record<SectionKey, MessageDescriptor>> = {
  overdue: msg`Overdue`,
  today: msg`Today`,
  tomorrow: msg`Tomorrow`,
  later: msg`Later`,
  noDate: msg`No date`,
  high: msg`High importance`,
  normal: msg`Normal importance`,
  low: msg`Low importance`,
  open: msg`Open`,
  completed: msg`Completed`,
};

export const viewLabels: Readonly<Record<ViewName, MessageDescriptor>> = {
  today: msg`Today`,
  upcoming: msg`Upcoming`,
  overdue: msg`Overdue`,
  important: msg`Important`,
  all: msg`All tasks`,
  completed: msg`Completed`,
};
