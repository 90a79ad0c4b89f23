import { useLingui } from '@lingui/react/macro';
import RemoveIcon from 'lucide-react/icons/trash-2';
import { useId } from 'react';
import type { TaskBody } from '../../../domain/task/task.ts';
import { showableText } from '../../../domain/text/layoutText.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { BodyFrame } from '../../../ui/html/bodyFrame.tsx';
import styles from './notes.module.css';

type Props = {
  body: TaskBody;
  /** Empties the notes; null where they cannot be changed. */
  onRemove: ((message: string) => void) | null;
};

/** Notes that a field, an editor or a checklist would take minutes to draw: read only, with places to break. */
export function HardNotes({ body, onRemove }: Props) {
  const { t } = useLingui();
  const headId = useId();
  return (
    <section className={styles.notes} aria-labelledby={headId}>
      <div className={styles.bar}>
        <h3 id={headId} className={styles.head}>{t`Notes`}</h3>
        {onRemove !== null && (
          <Button
            variant="quiet"
            className={styles.kind}
            icon={<RemoveIcon aria-hidden />}
            onPress={() => onRemove(t`Notes removed`)}
          >
            {t`Remove notes`}
          </Button>
        )}
      </div>
      <p className={styles.hint}>
        {t`These notes hold a word of thousands of letters, or as many accents on one letter. They can be read here, not changed.`}
      </p>
      {body.contentType === 'html' ? (
        <BodyFrame html={body.content} label={t`Notes`} />
      ) : (
        <p className={styles.readOnly} dir="auto">
          {showableText(body.content)}
        </p>
      )}
    </section>
  );
}
