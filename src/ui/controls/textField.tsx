import { useLingui } from '@lingui/react/macro';
import AlertIcon from 'lucide-react/icons/triangle-alert';
import { useLayoutEffect, useRef } from 'react';
import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components/TextField';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import styles from './textField.module.css';

type Shared = Omit<AriaTextFieldProps, 'children' | 'className' | 'isInvalid'> & {
  label: string;
  /** Hides the label visually; only where the context names the field. */
  labelHidden?: boolean;
  description?: ReactNode;
  /** What is wrong and how to fix it. Associated with the field. */
  error?: string | null | undefined;
  placeholder?: string | undefined;
  className?: string | undefined;
};

export type TextFieldProps = Shared & { inputRef?: Ref<HTMLInputElement> };

export function TextField({ inputRef, placeholder, ...rest }: TextFieldProps) {
  return (
    <Frame {...rest}>
      <Input ref={inputRef} className={styles['input'] ?? ''} {...(placeholder !== undefined && { placeholder })} />
    </Frame>
  );
}

export type TextAreaProps = Shared & { inputRef?: Ref<HTMLTextAreaElement>; rows?: number };

/** Grows with its text. */
export function TextArea({ inputRef, placeholder, rows, ...rest }: TextAreaProps) {
  return (
    <Frame {...rest}>
      <GrowingText ref={inputRef} placeholder={placeholder} rows={rows} />
    </Frame>
  );
}

type GrowingTextProps = {
  ref: Ref<HTMLTextAreaElement> | undefined;
  placeholder: string | undefined;
  rows: number | undefined;
};

function GrowingText({ ref, placeholder, rows }: GrowingTextProps) {
  const elementRef = useRef<HTMLTextAreaElement | null>(null);
  // For browsers without `field-sizing`.
  useLayoutEffect(() => {
    const area = elementRef.current;
    if (!area || CSS.supports('field-sizing', 'content')) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
  });
  return (
    <AriaTextArea
      ref={(area) => {
        elementRef.current = area;
        if (typeof ref === 'function') return ref(area);
        if (ref) ref.current = area;
        return undefined;
      }}
      className={styles['input'] ?? ''}
      placeholder={placeholder}
      rows={rows}
    />
  );
}

function Frame({
  label,
  labelHidden = false,
  description,
  error,
  className = '',
  children,
  ...rest
}: Omit<Shared, 'placeholder'> & { children: ReactNode }) {
  const { t } = useLingui();
  const isInvalid = error !== undefined && error !== null;
  const { value = '', maxLength = Infinity } = rest;
  // The browser cuts what is pasted at the limit without a word.
  const hint = value.length >= maxLength ? t`The limit of ${maxLength} characters is reached.` : description;
  return (
    <AriaTextField {...rest} isInvalid={isInvalid} className={`${styles['field']} ${className}`}>
      <Label className={labelHidden ? 'hidden-visually' : (styles['label'] ?? '')}>{label}</Label>
      <div className={styles['box']}>
        {isInvalid && <AlertIcon className={styles['errorIcon']} aria-hidden />}
        {children}
      </div>
      {hint !== undefined && !isInvalid && (
        <Text slot="description" className={styles['description'] ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
