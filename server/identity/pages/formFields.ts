import type { PageTexts } from '../pageTexts.ts';
import { html } from './htmlTemplate.ts';
import type { Html } from './htmlTemplate.ts';

/** An error and its field; without a field it concerns the whole form. */
export type FormError = { field?: string; text: string };

type Field = {
  name: string;
  label: string;
  type: 'email' | 'text' | 'password';
  autocomplete: string;
  value?: string;
  hint?: string;
  isOptional?: boolean;
  isFirst?: boolean;
};

/** A labelled field with its hint and error as description. The entered value is kept, except a password. */
export function formField(options: Field, errors: readonly FormError[]): Html {
  const { name, label, type, autocomplete, value = '', hint, isOptional = false, isFirst = false } = options;
  const error = errors.find((candidate) => candidate.field === name);
  const described = [hint !== undefined && `${name}-hint`, error !== undefined && `${name}-error`].filter(Boolean);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      ${type === 'password' ? '' : html`value="${value}"`}
      ${type !== 'text' && html`autocapitalize="none" spellcheck="false"`}
      ${!isOptional && html`required`}
      ${error !== undefined && html`aria-invalid="true"`}
      ${described.length > 0 && html`aria-describedby="${described.join(' ')}"`}
      ${isFirst && errors.length === 0 && html`autofocus`}
    />
    ${error !== undefined && html`<p class="error" id="${name}-error">${warningSign}${error.text}</p>`}
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  </div>`;
}

/** The error summary: takes the focus when the page opens and links to each field. */
export function errorSummary(texts: PageTexts, errors: readonly FormError[]): Html | undefined {
  if (errors.length === 0) return undefined;
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary">
    <h2 id="summary">${warningSign}${texts.errors.summary(errors.length)}</h2>
    <ul>
      ${errors.map(
        ({ field: name, text }) => html`<li>${name === undefined ? text : html`<a href="#${name}">${text}</a>`}</li>`,
      )}
    </ul>
  </div>`;
}

const warningSign = html`<svg class="warning-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <path d="M8 1.8 15 14H1z" />
  <path d="M8 6v3.6M8 11.7v.3" />
</svg>`;
