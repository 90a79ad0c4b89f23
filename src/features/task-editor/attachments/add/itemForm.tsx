import { useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import type { AttachmentInput } from '../../../../data/attachments/useAttachments.ts';
import { useDraft } from '../../../../data/account/useDraft.ts';
import { useToday } from '../../../../data/account/useTimeZone.ts';
import type { OutlookItem } from '../../../../domain/task/outlookItem.ts';
import { DayField } from '../../../../ui/dates/dayField.tsx';
import { TextArea, TextField } from '../../../../ui/controls/textField.tsx';
import { SegmentedControl } from '../../../../ui/controls/segmentedControl.tsx';
import { TimeField } from '../../../../ui/dates/timeField.tsx';
import { DraftDialog } from './draftDialog.tsx';
import { itemDraftIn, itemFromDraft, itemDraftProblem, type ItemDraft } from './itemDraft.ts';
import styles from './attachmentForms.module.css';

type Props = {
  /** Names what was typed and not attached yet. */
  draftKey: string;
  onClose: () => void;
  /** Whether this device keeps it; what was typed is forgotten only then. */
  onDraft: (draft: AttachmentInput) => Promise<boolean>;
};

/**
 * A new event, message or contact to attach, with what people know of one by heart. Closed before it is attached, it opens
 * with what was typed; Cancel forgets that.
 */
export function ItemForm({ draftKey, onClose, onDraft }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [text, setText, forget] = useDraft(`itemForm:${draftKey}`);
  const fields = useMemo(() => itemDraftIn(text), [text]);
  const [isAsked, setIsAsked] = useState(false);
  const put = (change: Partial<ItemDraft>) => setText(JSON.stringify({ ...fields, ...change }));
  const problem = itemDraftProblem(fields, zone);
  const titles: Record<OutlookItem['kind'], string> = { event: t`Title`, message: t`Subject`, contact: t`Name` };
  const texts: Record<OutlookItem['kind'], string> = { event: t`Description`, message: t`Text`, contact: t`Notes` };

  async function finish() {
    setIsAsked(true);
    if (problem !== null) return;
    const isKept = await onDraft({
      kind: 'item',
      name: fields.title.trim(),
      isInline: false,
      item: itemFromDraft(fields, zone, today),
    });
    if (isKept) forget();
  }

  return (
    <DraftDialog
      title={t`Event, message or contact`}
      hint={t`It is a copy for this task. Files of the kinds .ics, .eml and .vcf become the same when you drop them here.`}
      onClose={onClose}
      onCancel={() => {
        forget();
        onClose();
      }}
      onAttach={() => void finish()}
    >
      <SegmentedControl
        label={t`Kind`}
        labelHidden
        items={[
          { value: 'event', label: t`Event` },
          { value: 'message', label: t`Message` },
          { value: 'contact', label: t`Contact` },
        ]}
        value={fields.kind}
        onChange={(kind) => put({ kind })}
      />
      <TextField
        label={titles[fields.kind]}
        autoFocus
        value={fields.title}
        onChange={(title) => put({ title })}
        error={isAsked && problem === 'title' ? t`Write what it is called` : null}
      />
      {fields.kind === 'event' && <EventFields fields={fields} put={put} problem={isAsked ? problem : null} />}
      {fields.kind === 'message' && (
        <>
          <TextField label={t`From`} value={fields.sender} onChange={(sender) => put({ sender })} />
          <TextField label={t`To`} value={fields.people} onChange={(people) => put({ people })} />
          <DayField label={t`Sent on`} value={fields.day} today={today} onChange={(day) => put({ day })} />
        </>
      )}
      {fields.kind === 'contact' && (
        <>
          <TextField label={t`Mail`} type="email" value={fields.mail} onChange={(mail) => put({ mail })} />
          <TextField label={t`Mobile`} type="tel" value={fields.phone} onChange={(phone) => put({ phone })} />
          <TextField label={t`Company`} value={fields.company} onChange={(company) => put({ company })} />
        </>
      )}
      <TextArea label={texts[fields.kind]} rows={3} value={fields.text} onChange={(text) => put({ text })} />
    </DraftDialog>
  );
}

type PartProps = {
  fields: ItemDraft;
  put: (change: Partial<ItemDraft>) => void;
  problem: ReturnType<typeof itemDraftProblem>;
};

function EventFields({ fields, put, problem }: PartProps) {
  const { t } = useLingui();
  const { today } = useToday();
  return (
    <>
      <DayField
        label={t`Day`}
        value={fields.day}
        today={today}
        error={problem === 'day' ? t`Pick its day` : null}
        onChange={(day) => put({ day })}
      />
      <SegmentedControl
        label={t`Lasts`}
        labelHidden
        items={[
          { value: 'times', label: t`From – until` },
          { value: 'day', label: t`The whole day` },
        ]}
        value={fields.isAllDay ? 'day' : 'times'}
        onChange={(value) => put({ isAllDay: value === 'day' })}
      />
      {!fields.isAllDay && (
        <div className={styles.pair}>
          <TimeField label={t`From`} value={fields.from} onChange={(from) => put({ from })} />
          <TimeField label={t`Until`} value={fields.until} onChange={(until) => put({ until })} />
        </div>
      )}
      {problem === 'time' && <p className={styles.problem} role="alert">{t`Write both times.`}</p>}
      {problem === 'order' && <p className={styles.problem} role="alert">{t`It ends before it begins.`}</p>}
      <TextField label={t`Where`} value={fields.place} onChange={(place) => put({ place })} />
      <TextField label={t`People`} value={fields.people} onChange={(people) => put({ people })} />
    </>
  );
}
