import DOMPurify from 'dompurify';

export type CleanHtml = {
  html: string;
  /** Something from the web was left out: it would have told its sender that the text was opened. */
  hasBlocked: boolean;
  /** It chooses colours itself, so it is shown on white paper in both themes. */
  hasOwnColours: boolean;
};

const purifier = DOMPurify(window);
let hasBlocked = false;

purifier.addHook('afterSanitizeAttributes', (node) => {
  for (const name of ['src', 'srcset', 'background']) {
    const address = node.getAttribute(name);
    if (address === null || (name === 'src' && /^data:image\/(png|jpeg|gif|webp);/i.test(address))) continue;
    node.removeAttribute(name);
    hasBlocked = true;
  }
  if (node.tagName === 'IMG' && !node.hasAttribute('alt')) node.setAttribute('alt', '');
  if (/url\s*\(|image-set\s*\(|image\s*\(/i.test(node.getAttribute('style') ?? '')) {
    node.removeAttribute('style');
    hasBlocked = true;
  }
});

/** Untrusted HTML without anything that runs, loads, submits or frames. The second wall is the frame it is shown in. */
export function cleanHtml(untrusted: string): CleanHtml {
  hasBlocked = false;
  const html = purifier.sanitize(untrusted, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'style',
      'form',
      'input',
      'button',
      'select',
      'textarea',
      'audio',
      'video',
      'source',
      'track',
      'dialog',
    ],
    FORBID_ATTR: ['class', 'id', 'name', 'target', 'ping', 'tabindex', 'autofocus', 'popover', 'contenteditable'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/)/i,
    ALLOW_DATA_ATTR: false,
  });
  return { html, hasBlocked, hasOwnColours: /\b(?:bgcolor|color|background(?:-color)?)\s*[:=]/i.test(html) };
}
