import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import CalendarArrowRight from 'lucide-react/icons/calendar-arrow-right';
import CircleCheck from 'lucide-react/icons/circle-check';
import Flag from 'lucide-react/icons/flag';
import Layers from 'lucide-react/icons/layers';
import Sun from 'lucide-react/icons/sun';
import type { ComponentType } from 'react';
import type { ViewName } from '../../domain/urls/appUrls.ts';

type SmartViewDisplay = {
  name: MessageDescriptor;
  Icon: ComponentType<{ 'aria-hidden'?: boolean }>;
};

/** Names and icons of the smart views; smartViews.module.css has their colours. */
export const smartViewDisplay: Readonly<Record<ViewName, SmartViewDisplay>> = {
  today: { name: msg`Today`, Icon: Sun },
  upcoming: { name: msg`Upcoming`, Icon: CalendarArrowRight },
  overdue: { name: msg`Overdue`, Icon: AlarmClock },
  important: { name: msg`Important`, Icon: Flag },
  all: { name: msg`All tasks`, Icon: Layers },
  completed: { name: msg`Completed`, Icon: CircleCheck },
};
