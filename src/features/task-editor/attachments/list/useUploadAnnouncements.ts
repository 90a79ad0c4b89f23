import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ShownAttachment } from '../../../../data/attachments/useAttachments.ts';
import { useUploads } from '../../../../data/attachments/useUploadProgress.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import { announce } from '../../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';

type Seen = { quarter: number; isParked: boolean; name: string };

/** Announces uploads to screen readers: at each quarter, when complete, and when they fail. */
export function useUploadAnnouncements(attachments: readonly ShownAttachment[]): void {
  const { t } = useLingui();
  const { subscribeProgress, progressOf } = useUploads();
  const seen = useRef<ReadonlyMap<string, Seen>>(new Map());

  const announceChanges = useEffectEvent((now: readonly ShownAttachment[]) => {
    const next = new Map<string, Seen>();
    for (const { changeId, attachment, pendingState } of now) {
      if (changeId === null || attachment.kind !== 'file') continue;
      const name = truncateName(displayFileName(attachment.name, t`File`));
      const quarter = Math.floor(progressOf(changeId) * 4);
      const isParked = pendingState === 'parked';
      const before = seen.current.get(changeId);
      if (isParked && before?.isParked !== true) announce(t`${name} was not attached`, 'assertive');
      else if (before !== undefined && quarter > before.quarter && quarter < 4) {
        const share = quarter * 25;
        announce(t`${name}: ${share} percent`);
      }
      next.set(changeId, { quarter, isParked, name: attachment.name });
    }
    const saved = new Set(now.filter(({ changeId }) => changeId === null).map(({ attachment }) => attachment.name));
    for (const [changeId, { name }] of seen.current) {
      // No longer pending but listed: uploaded. A cancelled upload is not listed.
      if (next.has(changeId) || !saved.has(name)) continue;
      const short = truncateName(displayFileName(name, t`File`));
      announce(t`${short} is attached`);
    }
    seen.current = next;
  });
  useEffect(() => announceChanges(attachments), [attachments]);
  const onProgress = useEffectEvent(() => announceChanges(attachments));
  useEffect(() => subscribeProgress(() => onProgress()), [subscribeProgress]);
}
