import { htmlTokens } from '../../domain/notes/htmlTokens.ts';
import { isHardToShow, showableText } from '../../domain/text/layoutText.ts';

/** Clean HTML whose words can be laid out without holding up the page: to be shown only, never kept. */
export function showableHtml(html: string): string {
  if (!isHardToShow(html)) return html;
  const pieces: string[] = [];
  for (const { kind, from, to } of htmlTokens(html)) {
    const piece = html.slice(from, to);
    pieces.push(kind === 'text' ? showableText(piece) : piece);
  }
  return pieces.join('');
}
