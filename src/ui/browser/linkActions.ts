import { useLingui } from '@lingui/react/macro';
import { toasts } from '../feedback/toast.tsx';

/** Copies or shares a link and reports the result. A null link belongs to an item that was not sent yet. */
export type LinkActions = {
  copy: (link: string | null) => void;
  /** Opens the system's share sheet; undefined where there is none. */
  share: ((title: string, link: string | null) => void) | undefined;
};

export function useLinkActions(): LinkActions {
  const { t } = useLingui();
  const showUnsent = () => toasts.show({ text: t`This is not sent yet. Its link works once it is on the server.` });

  function copy(link: string | null) {
    if (link === null) return void showUnsent();
    navigator.clipboard.writeText(link).then(
      () => toasts.show({ text: t`Link copied` }),
      () => toasts.show({ kind: 'error', text: t`The link was not copied: this browser does not allow it.` }),
    );
  }
  function share(title: string, link: string | null) {
    if (link === null) return void showUnsent();
    navigator.share({ title, url: link }).catch((error: unknown) => {
      // Closing the share sheet is not a failure.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      toasts.show({ kind: 'error', text: t`The link was not shared. Copy it instead.` });
    });
  }
  return { copy, share: canShare() ? share : undefined };
}

function canShare(): boolean {
  return 'share' in navigator;
}
