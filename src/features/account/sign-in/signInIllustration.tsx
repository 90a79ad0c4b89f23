import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import styles from './signInIllustration.module.css';

/** Three layers for groups, folders and tasks. Decorative, so hidden from screen readers. */
export function SignInIllustration() {
  const { t } = useLingui();
  const id = useId();
  return (
    <svg viewBox="0 0 620 640" className={styles.drawing} aria-hidden focusable="false">
      <defs>
        <linearGradient id={`${id}1`}>
          <stop offset="0" className={styles.light} />
          <stop offset="1" className={styles.deep} />
        </linearGradient>
        <linearGradient id={`${id}2`}>
          <stop offset="0" className={styles.bright} />
          <stop offset="1" className={styles.light} />
        </linearGradient>
        <linearGradient id={`${id}3`}>
          <stop offset="0" className={styles.deep} />
          <stop offset="0.6" className={styles.bright} />
        </linearGradient>
        <radialGradient id={`${id}s`}>
          <stop offset="0" className={styles.shade} />
          <stop offset="1" className={styles.shade} />
        </radialGradient>
      </defs>
      <ellipse cx="310" cy="588" rx="316" ry="36" fill={`url(#${id}s)`} />
      <path
        d="M8 8 L214 20 V532 L8 556 a6 6 0 0 1 -6 -6 V14 a6 6 0 0 1 6 -6 Z"
        fill={`url(#${id}1)`}
        className={styles.sheet}
      />
      <path d="M214 20 L416 8 V556 L214 532 Z" fill={`url(#${id}2)`} className={styles.sheet} />
      <path
        d="M416 8 L602 20 a6 6 0 0 1 6 6 V528 a6 6 0 0 1 -6 6 L416 556 Z"
        fill={`url(#${id}3)`}
        className={styles.sheet}
      />

      <g transform="translate(22 52) skewY(3)">
        <text className={styles.heading}>{t`Groups`}</text>
        <Group y={38} name={t`My Tasks`} bars={[98, 70, 85]} />
        <Group y={140} name={t`House`} bars={[70, 85, 60]} />
        <Group y={242} name={t`Work`} bars={[85, 70, 98]} />
        <Group y={344} name={t`Travel`} bars={[60, 98]} />
      </g>

      <g transform="translate(234 64) skewY(-3)">
        <text className={styles.heading}>{t`Folders`}</text>
        <rect x="-10" y="62" width="180" height="36" rx="6" className={styles.chosen} />
        <FolderLine y={42} name={t`Tasks`} count={12} />
        <FolderLine y={85} name={t`Renovation`} count={12} isChosen />
        <FolderLine y={128} name={t`Garden`} count={6} />
        <FolderLine y={171} name={t`Insurance`} count={3} />
        <FolderLine y={214} name={t`Accounts`} count={21} />
        <FolderLine y={257} name={t`Trade fair`} count={9} />
        <FolderLine y={300} name={t`Reading`} count={9} />
      </g>

      <g transform="translate(436 52) skewY(3)">
        <text className={styles.heading}>{t`Tasks`}</text>
        <TaskLine y={44} width={96} ring="half" />
        <TaskLine y={88} width={84} ring="empty" hasDate />
        <TaskLine y={132} width={90} ring="waiting" hasDate />
        <TaskLine y={176} width={82} ring="done" />
        <TaskLine y={220} width={88} ring="empty" hasDate />
        <TaskLine y={264} width={76} ring="empty" hasDate />
        <TaskLine y={308} width={92} ring="empty" />
      </g>
    </svg>
  );
}

function Group({ y, name, bars }: { y: number; name: string; bars: readonly number[] }) {
  return (
    <g transform={`translate(0 ${y})`}>
      <path d="M2 -6 l3.5 3.5 l3.5 -3.5" className={styles.stroke} />
      <text x="20" className={styles.strong}>
        {name}
      </text>
      {bars.map((width, index) => (
        <rect key={index} x="22" y={20 + index * 20} width={width} height="9" rx="4.5" className={styles.bar} />
      ))}
    </g>
  );
}

function FolderLine({
  y,
  name,
  count,
  isChosen = false,
}: {
  y: number;
  name: string;
  count: number;
  isChosen?: boolean;
}) {
  return (
    <g transform={`translate(0 ${y})`} className={isChosen ? styles.open : undefined}>
      <path
        d="M0 -9 v9 a1.5 1.5 0 0 0 1.5 1.5 h9 a1.5 1.5 0 0 0 1.5 -1.5 v-7 a1.5 1.5 0 0 0 -1.5 -1.5 h-4 l-1.5 -2 h-3.5 a1.5 1.5 0 0 0 -1.5 1.5 Z"
        className={styles.stroke}
      />
      <text x="22" className={styles.line}>
        {name}
      </text>
      <text x="160" textAnchor="end" className={styles.count}>
        {count}
      </text>
    </g>
  );
}

type Ring = 'empty' | 'half' | 'waiting' | 'done';

function TaskLine({ y, width, ring, hasDate = false }: { y: number; width: number; ring: Ring; hasDate?: boolean }) {
  return (
    <g transform={`translate(0 ${y})`}>
      <circle cx="8" cy="-4" r="7" className={styles[ring]} />
      {ring === 'half' && <path d="M8 -8 a4 4 0 0 1 0 8 Z" className={styles.halfFill} />}
      {ring === 'waiting' && <path d="M6 -7 v6 M10 -7 v6" className={styles.waiting} />}
      {ring === 'done' && <path d="M5 -4 l2 2.2 l4 -4.2" className={styles.tick} />}
      <rect x="26" y="-8" width={hasDate ? width - 14 : width} height="9" rx="4.5" className={styles.bar} />
      {hasDate && <rect x="124" y="-8" width="26" height="9" rx="4.5" className={styles.bar} />}
    </g>
  );
}
