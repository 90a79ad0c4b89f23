import { useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { holdKeys } from '../../ui/keyboard/heldKeys.ts';

/**
 * Navigates to a path. Keys pressed until its page is rendered and `takeFocus` returns true are replayed there; Escape,
 * or arriving at another page, drops them.
 */
export function useNavigateWithKeys(): (address: string, takeFocus: () => boolean) => void {
  const navigate = useNavigate();
  const location = useLocation();
  const rendered = useRef(location);
  const stopHolding = useRef(() => {});
  // Set in the commit that renders the page: the browser's own location changes earlier.
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
        // A page may be rendered into the `main` of the previous one.
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
