import { htmlTokens } from '../../domain/notes/htmlTokens.ts';
import { isHardToShow, showableText } from '../../domain/text/layoutText.ts';

/** Sanitized HTML with text that is fast to lay out: for display only, never to be stored. */
export function showableHtml(html: string): string {
  if (!isHardToShow(html)) return html;
  const pieces: string[] = [];
  for (const { kind, from, to } of htmlTokens(html)) {
    const piece = html.slice(from, to);
    pieces.push(kind === 'text' ? showableText(piece) : piece);
  }
  return pieces.join('');
}
