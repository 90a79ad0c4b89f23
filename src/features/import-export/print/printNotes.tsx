import type { TaskBody } from '../../../domain/task/task.ts';
import { PrintHtml } from './printHtml.tsx';
import styles from './print.module.css';

const box = /^\s*([☐☑])(.*)$/;

/** Formatted notes, with checklists as empty boxes. */
export function PrintNotes({ body }: { body: TaskBody }) {
  const text = body.content.trim();
  if (text === '') return null;
  if (body.contentType === 'html') return <PrintHtml html={text} />;
  return (
    <div className={styles.notes}>
      {text.split(/\r\n|\r|\n/).map((line, index) => {
        const [, mark, words] = box.exec(line) ?? [];
        // The lines never change: they are rendered once.
        const key = `${index}`;
        if (mark === undefined) return <p key={key}>{line === '' ? '\u00a0' : line}</p>;
        return (
          <p key={key} className={styles.item}>
            <span className={styles.box} aria-hidden>
              {mark === '☑' ? '✓' : ''}
            </span>
            <span data-done={mark === '☑' || undefined}>{words?.trim()}</span>
          </p>
        );
      })}
    </div>
  );
}
