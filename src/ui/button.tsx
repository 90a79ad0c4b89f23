import LoaderIcon from 'lucide-react/icons/loader-circle';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Hint } from './tooltip.tsx';
import styles from './button.module.css';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/** Makes a link look like a button: `<Link className={buttonClass('secondary')}>`. */
export function buttonClass(variant: ButtonVariant = 'secondary'): string {
  return `${styles['button']} ${styles[variant]}`;
}

type Shared = Omit<AriaButtonProps, 'children' | 'className' | 'isPending'> & {
  ref?: Ref<HTMLButtonElement>;
  className?: string | undefined;
};

export type ButtonProps = Shared & {
  children: ReactNode;
  variant?: ButtonVariant;
  icon?: ReactNode;
  /** Stands for work under way: the button keeps its width, cannot be pressed, and says so. */
  isBusy?: boolean;
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
    <AriaButton
      {...rest}
      isPending={isBusy}
      aria-busy={isBusy || undefined}
      className={`${buttonClass(variant)} ${isBusy && !icon ? styles['busy'] : ''} ${className}`}
    >
      {isBusy && icon ? spinner : icon}
      <span className={styles['label']}>{children}</span>
      {isBusy && !icon && <span className={styles['spinnerAlone']}>{spinner}</span>}
    </AriaButton>
  );
}

export type IconButtonProps = Shared & {
  /** Its name: read out, and shown in the tooltip. */
  label: string;
  /** Shown in the tooltip, as `Keys` writes it: 'Mod+K', 'N'. */
  keys?: string | undefined;
  icon: ReactNode;
  variant?: ButtonVariant;
  isBusy?: boolean;
  /** Rows of a long list leave the tooltip out, because each one costs. */
  hasTooltip?: boolean;
};

export function IconButton(props: IconButtonProps) {
  const { label, keys, icon, variant = 'quiet', isBusy = false, hasTooltip = true, className = '', ...rest } = props;
  const button = (
    <AriaButton
      {...rest}
      aria-label={label}
      isPending={isBusy}
      className={`${buttonClass(variant)} ${styles['icon']} ${className}`}
    >
      {isBusy ? <LoaderIcon className={styles['spinner']} aria-hidden /> : icon}
    </AriaButton>
  );
  return hasTooltip ? (
    <Hint label={label} keys={keys}>
      {button}
    </Hint>
  ) : (
    button
  );
}
