// The page's two languages. A key that exists in one and not in the other fails a test.

import en from './en.json';
import et from './et.json';

export type Messages = typeof en;
export type Language = 'et' | 'en';

export const LANGUAGES: readonly Language[] = ['et', 'en'];
export const MESSAGES: Record<Language, Messages> = { et, en };

/** What React Aria and Intl call them. English here is European: day before month, 24 hours. */
export const LOCALES: Record<Language, string> = { et: 'et-EE', en: 'en-GB' };

const STORED = 'ladus.language';

export function isLanguage(value: unknown): value is Language {
  return value === 'et' || value === 'en';
}

/** The person's own choice, else the browser's, else English. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return navigator.languages.some((each) => each.startsWith('et')) ? 'et' : 'en';
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Language;
  }
}
