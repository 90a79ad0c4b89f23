import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { TaskBody } from '../../../domain/task/task.ts';
import { showableText } from '../../../domain/text/layoutText.ts';
import { BodyFrame } from '../../../ui/html/bodyFrame.tsx';
import styles from './notes.module.css';

/** Notes that a field, an editor or a checklist would take minutes to draw: read only, with places to break. */
export function HardNotes({ body }: { body: TaskBody }) {
  const { t } = useLingui();
  const headId = useId();
  return (
    <section className={styles.notes} aria-labelledby={headId}>
      <div className={styles.bar}>
        <h3 id={headId} className={styles.head}>{t`Notes`}</h3>
      </div>
      <p className={styles.hint}>
        {t`These notes hold a word of thousands of letters, or as many accents on one letter. They can be read here, not changed.`}
      </p>
      {body.contentType === 'html' ? (
        <BodyFrame html={body.content} label={t`Notes`} />
      ) : (
        <p className={styles.hard} dir="auto">
          {showableText(body.content)}
        </p>
      )}
    </section>
  );
}
