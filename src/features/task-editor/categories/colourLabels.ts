import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { CategoryColour } from '../../../domain/task/category.ts';

/** Outlook's names of its colours, in the order of their numbers. */
export const colourLabels: Readonly<Record<CategoryColour, MessageDescriptor>> = {
  preset0: msg`Red`,
  preset1: msg`Orange`,
  preset2: msg`Brown`,
  preset3: msg`Yellow`,
  preset4: msg`Green`,
  preset5: msg`Teal`,
  preset6: msg`Olive`,
  preset7: msg`Blue`,
  preset8: msg`Purple`,
  preset9: msg`Cranberry`,
  preset10: msg`Steel`,
  preset11: msg`Dark steel`,
  preset12: msg`Gray`,
  preset13: msg`Dark gray`,
  preset14: msg`Black`,
  preset15: msg`Dark red`,
  preset16: msg`Dark orange`,
  preset17: msg`Dark brown`,
  preset18: msg`Dark yellow`,
  preset19: msg`Dark green`,
  preset20: msg`Dark teal`,
  preset21: msg`Dark olive`,
  preset22: msg`Dark blue`,
  preset23: msg`Dark purple`,
  preset24: msg`Dark cranberry`,
};
