import { useLingui } from '@lingui/react/macro';
import { limits } from '../../../../domain/limits.ts';
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
import { itemFromDraft, itemDraftProblem, parseItemDraft, type ItemDraft } from './itemDraft.ts';
import styles from './attachmentForms.module.css';

type Props = {
  /** Key of the draft that is typed and not attached yet. */
  draftKey: string;
  onClose: () => void;
  /** Resolves to whether this device keeps it; the draft is cleared only then. */
  onDraft: (draft: AttachmentInput) => Promise<boolean>;
};

/** A new event, message or contact to attach. Closing keeps what was typed as a draft; Cancel discards it. */
export function ItemForm({ draftKey, onClose, onDraft }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [text, setText, clearDraft] = useDraft(`itemForm:${draftKey}`);
  const fields = useMemo(() => parseItemDraft(text), [text]);
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const update = (change: Partial<ItemDraft>) => setText(JSON.stringify({ ...fields, ...change }));
  const problem = itemDraftProblem(fields, zone);
  const titles: Record<OutlookItem['kind'], string> = { event: t`Title`, message: t`Subject`, contact: t`Name` };
  const texts: Record<OutlookItem['kind'], string> = { event: t`Description`, message: t`Text`, contact: t`Notes` };

  async function finish() {
    setWasSubmitted(true);
    if (problem !== null) return;
    const isKept = await onDraft({
      kind: 'item',
      name: fields.title.trim(),
      isInline: false,
      item: itemFromDraft(fields, zone, today),
    });
    if (isKept) clearDraft();
  }

  return (
    <DraftDialog
      title={t`Event, message or contact`}
      hint={t`It is a copy for this task. Files of the kinds .ics, .eml and .vcf become the same when you drop them here.`}
      onClose={onClose}
      onCancel={() => {
        clearDraft();
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
        onChange={(kind) => update({ kind })}
      />
      <TextField
        label={titles[fields.kind]}
        autoFocus
        value={fields.title}
        maxLength={limits.attachmentName}
        onChange={(title) => update({ title })}
        error={wasSubmitted && problem === 'title' ? t`Enter a name` : null}
      />
      {fields.kind === 'event' && (
        <EventFields fields={fields} update={update} problem={wasSubmitted ? problem : null} />
      )}
      {fields.kind === 'message' && (
        <>
          <TextField
            label={t`From`}
            value={fields.sender}
            maxLength={limits.text}
            onChange={(sender) => update({ sender })}
          />
          <TextField
            label={t`To`}
            value={fields.people}
            maxLength={limits.text}
            onChange={(people) => update({ people })}
          />
          <DayField label={t`Sent on`} value={fields.day} today={today} onChange={(day) => update({ day })} />
        </>
      )}
      {fields.kind === 'contact' && (
        <>
          <TextField
            label={t`Mail`}
            type="email"
            value={fields.mail}
            maxLength={limits.text}
            onChange={(mail) => update({ mail })}
          />
          <TextField
            label={t`Mobile`}
            type="tel"
            value={fields.phone}
            maxLength={limits.text}
            onChange={(phone) => update({ phone })}
          />
          <TextField
            label={t`Company`}
            value={fields.company}
            maxLength={limits.text}
            onChange={(company) => update({ company })}
          />
        </>
      )}
      <TextArea
        label={texts[fields.kind]}
        rows={3}
        value={fields.text}
        maxLength={limits.body}
        onChange={(text) => update({ text })}
      />
    </DraftDialog>
  );
}

type EventFieldsProps = {
  fields: ItemDraft;
  update: (change: Partial<ItemDraft>) => void;
  problem: ReturnType<typeof itemDraftProblem>;
};

function EventFields({ fields, update, problem }: EventFieldsProps) {
  const { t } = useLingui();
  const { today } = useToday();
  return (
    <>
      <DayField
        label={t`Day`}
        value={fields.day}
        today={today}
        error={problem === 'day' ? t`Choose its day` : null}
        onChange={(day) => update({ day })}
      />
      <SegmentedControl
        label={t`Lasts`}
        labelHidden
        items={[
          { value: 'times', label: t`From – until` },
          { value: 'day', label: t`The whole day` },
        ]}
        value={fields.isAllDay ? 'day' : 'times'}
        onChange={(value) => update({ isAllDay: value === 'day' })}
      />
      {!fields.isAllDay && (
        <div className={styles.pair}>
          <TimeField label={t`From`} value={fields.from} onChange={(from) => update({ from })} />
          <TimeField label={t`Until`} value={fields.until} onChange={(until) => update({ until })} />
        </div>
      )}
      {problem === 'time' && <p className={styles.problem} role="alert">{t`Enter both times.`}</p>}
      {problem === 'order' && <p className={styles.problem} role="alert">{t`It ends before it starts.`}</p>}
      <TextField
        label={t`Where`}
        value={fields.place}
        maxLength={limits.text}
        onChange={(place) => update({ place })}
      />
      <TextField
        label={t`People`}
        value={fields.people}
        maxLength={limits.text}
        onChange={(people) => update({ people })}
      />
    </>
  );
}
