/**
 * Words for people who listen. One region for each urgency is made on first use and stays; a new sentence replaces the old.
 * `data-live-announcer` keeps React Aria from hiding the regions while a dialog is open.
 */
const regions = new Map<'polite' | 'assertive', HTMLElement>();

/** Polite for what happened; assertive only for errors on what the person just did. Never while typing. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  const region = regions.get(urgency) ?? makeRegion(urgency);
  // Emptied first: the same sentence twice is then read twice.
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
