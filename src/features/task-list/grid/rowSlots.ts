/**
 * Which row is drawn in which element, in the order of the page. A drawn row keeps its element; where a fling replaces all rows,
 * the new ones take the elements of the old ones, which costs half of making new ones (docs/performance.md#the-task-grid).
 */
export type RowSlots = { plan: object; slots: ReadonlyMap<string, number>; next: number };

export const noSlots: RowSlots = { plan: {}, slots: new Map(), next: 0 };

/**
 * The slots of these rows, the same object while nothing changes. No element moves within the page, as it would lose the focus;
 * and none is reused for another `plan`, where the row that left may have had the focus.
 */
export function assignSlots(now: RowSlots, plan: object, keys: readonly string[]): RowSlots {
  const isSamePlan = now.plan === plan;
  if (isSamePlan && keys.length === now.slots.size && keys.every((key) => now.slots.has(key))) return now;
  const drawn = new Set(keys);
  const order = [...now.slots];
  const positions = new Map(order.map(([key], at) => [key, at]));
  let { next } = now;
  let at = 0;
  const slots = new Map<string, number>();
  for (const key of keys) {
    const [position, slot] = [positions.get(key), now.slots.get(key)];
    const candidate = isSamePlan ? order[at] : undefined;
    if (position !== undefined && slot !== undefined) {
      slots.set(key, slot);
      at = position + 1;
    } else if (candidate !== undefined && !drawn.has(candidate[0])) {
      slots.set(key, candidate[1]);
      at += 1;
    } else {
      slots.set(key, next);
      next += 1;
    }
  }
  return { plan, slots, next };
}
