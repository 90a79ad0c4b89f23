import LoaderIcon from 'lucide-react/icons/loader-circle';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '../popovers/tooltip.tsx';
import styles from './button.module.css';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/** Makes a link look like a button: `<Link className={buttonClass('secondary')}>`. */
export function buttonClass(variant: ButtonVariant = 'secondary'): string {
  return `${styles['button']} ${styles[variant]}`;
}

type Shared = Omit<ComponentProps<'button'>, 'children' | 'className' | 'onClick' | 'disabled'> & {
  className?: string | undefined;
  /** A press by pointer, touch or key; `target` is the button, as in React Aria's press events. */
  onPress?: ((press: { target: HTMLElement }) => void) | undefined;
  isDisabled?: boolean | undefined;
  /** For buttons that are reached by other keys, such as the arrow keys of a list. */
  excludeFromTabOrder?: boolean;
  /** Work is in progress: the button keeps its width and focus, cannot be pressed, and is announced as busy. */
  isBusy?: boolean;
};

/** A native button: React Aria's would add 15 kB to the first screen (docs/decisions/0007-size-budget.md). */
function NativeButton({ onPress, isDisabled, excludeFromTabOrder, isBusy, ...rest }: Shared & { children: ReactNode }) {
  return (
    <button
      type="button"
      tabIndex={excludeFromTabOrder ? -1 : undefined}
      {...rest}
      disabled={isDisabled}
      data-disabled={isDisabled || undefined}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? undefined : onPress && ((event) => onPress({ target: event.currentTarget }))}
    />
  );
}

export type ButtonProps = Shared & {
  children: ReactNode;
  variant?: ButtonVariant;
  icon?: ReactNode;
};

export function Button({
  variant = 'secondary',
  icon,
  isBusy = false,
  children,
  className = '',
  ...rest
}: ButtonProps) {
  const spinner = <LoaderIcon className={styles['spinner']} aria-hidden />;
  return (
    <NativeButton
      {...rest}
      isBusy={isBusy}
      className={`${buttonClass(variant)} ${isBusy && !icon ? styles['busy'] : ''} ${className}`}
    >
      {isBusy && icon ? spinner : icon}
      <span className={styles['label']}>{children}</span>
      {isBusy && !icon && <span className={styles['spinnerOnly']}>{spinner}</span>}
    </NativeButton>
  );
}

export type IconButtonProps = Shared & {
  /** The accessible name, also shown in the tooltip. */
  label: string;
  /** Shown in the tooltip, as `Shortcut` writes it: 'Mod+K', 'N'. */
  keys?: string | undefined;
  icon: ReactNode;
  variant?: ButtonVariant;
  /** Rows of a long list leave out the tooltip, because each one costs time. */
  hasTooltip?: boolean;
};

export function IconButton(props: IconButtonProps) {
  const { label, keys, icon, variant = 'quiet', isBusy = false, hasTooltip = true, className = '', ...rest } = props;
  const button = (
    <NativeButton
      {...rest}
      aria-label={label}
      isBusy={isBusy}
      className={`${buttonClass(variant)} ${styles['icon']} ${className}`}
    >
      {isBusy ? <LoaderIcon className={styles['spinner']} aria-hidden /> : icon}
    </NativeButton>
  );
  return hasTooltip ? (
    <Tooltip label={label} keys={keys}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
