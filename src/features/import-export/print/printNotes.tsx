import type { Body } from '../../../domain/task/task.ts';
import { HtmlOnPaper } from './printHtml.tsx';
import styles from './print.module.css';

const box = /^\s*([☐☑])\s*(.*)$/;

/** Notes as they are read, checklists as boxes to tick by hand. */
export function NotesOnPaper({ body }: { body: Body }) {
  const text = body.content.trim();
  if (text === '') return null;
  if (body.contentType === 'html') return <HtmlOnPaper html={text} />;
  return (
    <div className={styles.notes}>
      {text.split(/\r\n|\r|\n/).map((line, index) => {
        const [, mark, words] = box.exec(line) ?? [];
        // Lines never move: they are drawn once.
        const key = `${index}`;
        if (mark === undefined) return <p key={key}>{line === '' ? '\u00a0' : line}</p>;
        return (
          <p key={key} className={styles.item}>
            <span className={styles.box} aria-hidden>
              {mark === '☑' ? '✓' : ''}
            </span>
            <span data-done={mark === '☑' || undefined}>{words}</span>
          </p>
        );
      })}
    </div>
  );
}
