import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { atFullSpeed } from './cpuThrottling.ts';

/** The rules that depend on the theme. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

type Violation = { id: string; nodes: readonly { html: string }[] };
const describeViolations = (theme: string, violations: readonly Violation[]) =>
  violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);

/** Axe's violations on the current page, in the light and the dark theme; the page stays light. */
export function accessibilityViolations(page: Page): Promise<string[]> {
  return atFullSpeed(page, () => violationsIn(page));
}

async function violationsIn(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await allArrived(page);
  const light = await new AxeBuilder({ page }).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  await allArrived(page);
  const dark = await new AxeBuilder({ page }).withRules(rulesOfColour).analyze();
  await page.emulateMedia({ colorScheme: 'light' });
  return [...describeViolations('light', light.violations), ...describeViolations('dark', dark.violations)];
}

/** Colours in a transition are not final. */
async function allArrived(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Elements that overflow sideways, and overlays that reach beyond the window. */
export function overflowingElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const nameOf = (element: Element) =>
      `${element.tagName} ${element.ariaLabel ?? element.textContent.slice(0, 40)}: ${element.scrollWidth} > ${element.clientWidth}`;
    const scrollers = [...document.querySelectorAll('*')].filter(
      (element) =>
        element.scrollWidth > element.clientWidth + 1 &&
        (element === document.scrollingElement || /auto|scroll/.test(getComputedStyle(element).overflowX)),
    );
    const over = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].filter((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    });
    return [...scrollers, ...over].map(nameOf);
  });
}

/** Controls with a touch target below 44 × 44, counting the clickable area around them. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = 'button, a[href], input:is([type=checkbox], [type=radio]), [role=treeitem], [role=menuitem]';
    const reach = 21;
    const isLarge = (element: HTMLElement) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const isOwn = (dx: number, dy: number) => {
        const hit = document.elementFromPoint(x + dx, y + dy);
        return element.contains(hit) || (element.closest('label')?.contains(hit) ?? false);
      };
      const isWide = width >= 44 || (isOwn(reach, 0) && isOwn(-reach, 0));
      return isWide && (height >= 44 || (isOwn(0, reach) && isOwn(0, -reach)));
    };
    return [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .filter((element) => getComputedStyle(element).display !== 'inline' && element.clientWidth > 2)
      .filter((element) => {
        // A partly hidden control cannot be hit-tested.
        const { left, top, width, height } = element.getBoundingClientRect();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return top >= 0 && top + height <= innerHeight && element.contains(hit) && !isLarge(element);
      })
      .map(
        (element) => `${element.ariaLabel ?? element.textContent}: ${element.clientWidth} × ${element.clientHeight}`,
      );
  });
}
