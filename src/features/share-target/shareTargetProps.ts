export type ShareTargetPageProps = {
  /** The id of the stored share; null when the address has none. */
  id: string | null;
  /** Replaces this page with the address of the added tasks. */
  onDone: (address: string) => void;
};
