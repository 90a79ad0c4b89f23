import { endPrintRequest, usePrintRequest } from '../../ui/browser/printRequest.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { lazyFeatures } from '../lazyFeatures.ts';

/** Mounts the reports of imports and the print sheet when their chunk has loaded, at once when a menu prints. */
export function ImportExportMount() {
  const request = usePrintRequest();
  const host = useLazySurface(lazyFeatures.importExportHost, request !== null, endPrintRequest, 'leavesFocus');
  return host !== null && <host.ImportExportHost />;
}
