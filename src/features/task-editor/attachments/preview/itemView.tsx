import { useLingui } from '@lingui/react/macro';
import type { OutlookItem } from '../../../../domain/task/outlookItem.ts';
import { BodyFrame } from '../../../../ui/html/bodyFrame.tsx';
import { useItemFields } from './itemFields.ts';
import { useItemLabels } from './itemLabels.ts';
import styles from './itemView.module.css';

/** A message, event or contact with every field that has a value. */
export function ItemView({ item }: { item: OutlookItem }) {
  const { t } = useLingui();
  const { kinds } = useItemLabels();
  const fieldsOf = useItemFields();
  const body = item.kind === 'contact' ? { contentType: 'text', content: item.notes } : item.body;
  return (
    <div className={styles.item}>
      <p className={styles.kind}>{kinds[item.kind]}</p>
      <dl className={styles.fields}>
        {fieldsOf(item).map(({ label, lines }) => (
          <div key={label} className={styles.field}>
            <dt>{label}</dt>
            {lines.map((line, at) => (
              <dd key={at} dir="auto">
                {line}
              </dd>
            ))}
          </div>
        ))}
      </dl>
      {body.content.trim() !== '' &&
        (body.contentType === 'html' ? (
          <div className={styles.body}>
            <BodyFrame html={body.content} label={t`Text of the item`} />
          </div>
        ) : (
          <p className={`${styles.body} ${styles.plain}`} dir="auto">
            {body.content.trim()}
          </p>
        ))}
    </div>
  );
}
