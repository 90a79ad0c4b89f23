import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The rules whose answer a theme can change; the rest hold for both or for neither. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

type Violation = { id: string; nodes: readonly { html: string }[] };
const said = (theme: string, violations: readonly Violation[]) =>
  violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);

/** What axe has against the page as it stands, in the light theme and in the dark one; the page stays in the light one. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await new AxeBuilder({ page }).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  // Colours on their way from one theme to the other are nobody's colours.
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
  const dark = await new AxeBuilder({ page }).withRules(rulesOfColour).analyze();
  await page.emulateMedia({ colorScheme: 'light' });
  return [...said('light', light.violations), ...said('dark', dark.violations)];
}
