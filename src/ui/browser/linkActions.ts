import { useLingui } from '@lingui/react/macro';
import { toasts } from '../feedback/toast.tsx';

/** Ways to hand a link on; each says what came of it. A null link is one that nobody else could open yet. */
export type LinkActions = {
  copy: (link: string | null) => void;
  /** The system's own way to share; undefined where it has none. */
  share: ((title: string, link: string | null) => void) | undefined;
};

export function useLinkActions(): LinkActions {
  const { t } = useLingui();
  const notYet = () => toasts.show({ text: t`This is not sent yet. Its link works once it is with the service.` });

  function copy(link: string | null) {
    if (link === null) return void notYet();
    navigator.clipboard.writeText(link).then(
      () => toasts.show({ text: t`Link copied` }),
      () => toasts.show({ kind: 'error', text: t`The link was not copied: this browser does not allow it.` }),
    );
  }
  function share(title: string, link: string | null) {
    if (link === null) return void notYet();
    navigator.share({ title, url: link }).catch((error: unknown) => {
      // Closing the system's sheet is an answer, not a failure.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      toasts.show({ kind: 'error', text: t`The link was not shared. Copy it instead.` });
    });
  }
  return { copy, share: canShare() ? share : undefined };
}

function canShare(): boolean {
  return 'share' in navigator;
}
