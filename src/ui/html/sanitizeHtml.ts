import DOMPurify from 'dompurify';
import { isWithinBudget, textParagraphs } from '../../domain/notes/htmlBudget.ts';

export type SanitizedHtml = {
  html: string;
  /** The HTML was beyond the parsing budget: this is its text only. */
  isTextOnly: boolean;
  /** External images were removed, because loading them would tell their sender that the text was opened. */
  hasBlocked: boolean;
  /** The HTML sets colours itself, so it is shown on white in both themes. */
  hasOwnColours: boolean;
};

/**
 * Presentational and direction attributes. DOMPurify checks values of unknown attributes as URLs, and would remove the
 * layout of tables.
 */
const presentational = (
  'abbr align bgcolor border cellpadding cellspacing clear color colspan cols compact datetime dir face height hspace lang noshade nowrap ' +
  'reversed rowspan rows scope size span start type valign vspace width'
).split(' ');

/** A transparent image in place of a removed one, in its size; the frame draws it as an empty box. */
const transparentImage = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

const purifier = DOMPurify(window);
let hasBlocked = false;
let hasPictures = false;

purifier.addHook('afterSanitizeAttributes', (node) => {
  for (const name of ['src', 'srcset', 'background']) {
    const address = node.getAttribute(name);
    if (address === null || (name === 'src' && /^data:image\/(png|jpeg|gif|webp);/i.test(address))) continue;
    const isPicture = node.tagName === 'IMG' && name === 'src' && /^https:/i.test(address);
    if (isPicture && hasPictures) continue;
    node.removeAttribute(name);
    if (!isPicture) continue;
    hasBlocked = true;
    node.setAttribute('src', transparentImage);
    node.setAttribute('data-blocked', '');
  }
  if (node.tagName === 'IMG' && !node.hasAttribute('alt')) node.setAttribute('alt', '');
  // A backslash is another way to spell `url`.
  if (/url\s*\(|image-set\s*\(|image\s*\(|\\/i.test(node.getAttribute('style') ?? '')) node.removeAttribute('style');
});

/**
 * Removes everything that runs, loads, submits or frames. The sandboxed frame that shows it is a second defence.
 * External images are kept only on request.
 */
export function sanitizeHtml(untrusted: string, allowsImages = false): SanitizedHtml {
  if (!isWithinBudget(untrusted)) {
    return { html: textParagraphs(untrusted), isTextOnly: true, hasBlocked: false, hasOwnColours: false };
  }
  hasBlocked = false;
  hasPictures = allowsImages;
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
    ADD_URI_SAFE_ATTR: presentational,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/)/i,
    ALLOW_DATA_ATTR: false,
  });
  return {
    html,
    isTextOnly: false,
    hasBlocked,
    hasOwnColours: /\b(?:bgcolor|color|background(?:-color)?)\s*[:=]/i.test(html),
  };
}
