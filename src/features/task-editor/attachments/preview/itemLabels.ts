import { useLingui } from '@lingui/react/macro';
import type { OutlookItem } from '../../../../domain/task/outlookItem.ts';
import { dateOf } from '../../../../domain/time/time.ts';
import { useItemTimeLabels } from './itemTimeLabels.ts';

/** The label of each kind of item, and a summary of one for its row in the list. */
export function useItemLabels() {
  const { t } = useLingui();
  const { zone, day, eventTime } = useItemTimeLabels();
  const kinds: Record<OutlookItem['kind'], string> = { event: t`Event`, message: t`Message`, contact: t`Contact` };

  function detailsOf(item: OutlookItem): readonly string[] {
    switch (item.kind) {
      case 'event':
        return [eventTime(item), item.location?.displayName ?? ''];
      case 'message': {
        const sent = item.sentAt ?? item.receivedAt;
        return [item.from?.address ?? '', sent === null ? '' : day(dateOf(sent, zone))];
      }
      case 'contact':
        return [item.companyName ?? '', item.emailAddresses[0]?.address ?? item.mobilePhone ?? ''];
    }
  }

  /** `Event`, `Tue 17 Mar 10:00–11:00`, `Mill Lane 4`. */
  const summaryOf = (item: OutlookItem): readonly string[] =>
    [kinds[item.kind], ...detailsOf(item)].filter((part) => part !== '');

  return { kinds, summaryOf };
}
