import { Trans } from '@lingui/react/macro';
import PlanIcon from 'lucide-react/icons/sunrise';
import { useState } from 'react';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';

const planChunk = createLazyChunk(() => import('./planDay.tsx'));

/** Opens "Plan my day". */
export function PlanDayButton() {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  const loaded = useLazySurface(planChunk, isOpen, close);
  return (
    <>
      <Button variant="quiet" icon={<PlanIcon aria-hidden />} aria-haspopup="dialog" onPress={() => setIsOpen(true)}>
        <Trans>Plan my day</Trans>
      </Button>
      {isOpen && loaded !== null && <loaded.PlanDay onClose={close} />}
    </>
  );
}
