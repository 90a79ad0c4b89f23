import { useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { holdKeys } from '../../ui/keyboard/heldKeys.ts';

/**
 * Navigates to an address. Keys pressed until its page is rendered and `takeFocus` returns true are for that page; Escape, or
 * arriving at another page, drops them.
 */
export function useNavigateWithKeys(): (address: string, takeFocus: () => boolean) => void {
  const navigate = useNavigate();
  const location = useLocation();
  const rendered = useRef(location);
  const stopHolding = useRef(() => {});
  // In the commit that renders the page: the browser's own location changes before that.
  useLayoutEffect(() => {
    rendered.current = location;
  }, [location]);
  useLayoutEffect(() => () => stopHolding.current(), []);

  return (address, takeFocus) => {
    const { key } = rendered.current;
    stopHolding.current();
    void navigate(address);
    const stop = holdKeys({
      isThere() {
        // A page may be rendered into the `main` of the one before it.
        if (rendered.current.key === key || document.querySelector('main') === null) return false;
        if (takeFocus()) return true;
        if (rendered.current.pathname !== address) stop();
        return false;
      },
      onCancel() {},
    });
    stopHolding.current = stop;
  };
}
