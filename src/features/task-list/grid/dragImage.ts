import type { DragEvent } from 'react';
import styles from './dragImage.module.css';

/** The drag image: the subject and the number of tasks. The browser takes a picture of it. */
export function showDragImage(event: DragEvent, subject: string, count: number): void {
  const ghost = document.createElement('div');
  ghost.className = styles['ghost'] ?? '';
  ghost.setAttribute('aria-hidden', 'true');
  const text = document.createElement('span');
  text.className = styles['text'] ?? '';
  text.textContent = subject;
  ghost.append(text);
  if (count > 1) {
    const number = document.createElement('span');
    number.className = styles['count'] ?? '';
    number.textContent = String(count);
    ghost.append(number);
  }
  document.body.append(ghost);
  event.dataTransfer.setDragImage(ghost, 16, 20);
  setTimeout(() => ghost.remove());
}
