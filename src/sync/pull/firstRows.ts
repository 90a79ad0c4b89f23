/**
 * On a new device, what no row needs waits for the first rows, so that nothing competes with them for the connection
 * (docs/decisions/0054-one-way-to-do-each-thing.md).
 */
export type FirstRows = {
  hasArrived: () => boolean;
  /** Resolves at once on a device that has rows. */
  arrived: () => Promise<void>;
  /** The first rows are here, or none will come. */
  report: () => void;
};

export function createFirstRows(hasArrived: boolean): FirstRows {
  let isHere = hasArrived;
  let resolve = () => {};
  const arrival = isHere ? Promise.resolve() : new Promise<void>((done) => (resolve = done));
  return {
    hasArrived: () => isHere,
    arrived: () => arrival,
    report() {
      isHere = true;
      resolve();
    },
  };
}
