/**
 * Announcements for screen readers. Each urgency has one live region, created on first use.
 * `data-live-announcer` keeps React Aria from hiding the regions while a dialog is open.
 */
const regions = new Map<'polite' | 'assertive', HTMLElement>();

/** `assertive` is only for errors of the user's last action. Never announce while they type. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  const region = regions.get(urgency) ?? makeRegion(urgency);
  // Emptied first, so that a repeated sentence is read again.
  region.replaceChildren();
  window.setTimeout(() => region.replaceChildren(text), 50);
}

function makeRegion(urgency: 'polite' | 'assertive'): HTMLElement {
  const region = document.createElement('div');
  region.className = 'hidden-visually';
  region.setAttribute('aria-live', urgency);
  region.setAttribute('aria-atomic', 'true');
  region.dataset['liveAnnouncer'] = 'true';
  document.body.append(region);
  regions.set(urgency, region);
  return region;
}
