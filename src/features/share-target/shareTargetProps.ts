export type ShareTargetPageProps = {
  /** Under which what was shared waits on this device; null when nothing came with the address. */
  id: string | null;
  /** Shows what it became, in place of this page. */
  onDone: (address: string) => void;
};
