// What every journey stands on: the words of its language, and a page that must not complain.

import en from '../../web/app/src/words/en.json';
import et from '../../web/app/src/words/et.json';
import { test as bare, type ConsoleMessage, expect, type Page } from './playwright';

type Words = typeof en;

interface Base {
  /** The page's words in this project's language. */
  words: Words;
  /** Complaints that a journey provokes on purpose. */
  provoked: RegExp[];
}

export const test = bare.extend<Base>({
  provoked: [[], { option: true }],

  words: async ({ locale }, use) => {
    await use(locale?.startsWith('et') ? et : en);
  },

  page: async ({ page, provoked }, use) => {
    const complaints: string[] = [];
    const hear = (text: string) => {
      if (!provoked.some((pattern) => pattern.test(text))) complaints.push(text);
    };
    // A breach of the content security policy is a console error too, but only in some browsers.
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    page.on('pageerror', (error) => hear(`error: ${error.message}`));
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') hear(`${message.text()} ${message.location().url}`);
    });
    await use(page);
    expect(complaints, 'the page complained').toEqual([]);
  },
});

export { expect };

/** Fills a message's values, the simple ones: enough to find it on the page. */
export function say(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** The line at the foot of the page that tells what is now in force. */
export function notice(page: Page, text: string) {
  return page.getByRole('status').filter({ hasText: text });
}

/** A name that no earlier run has used. */
export function fresh(name: string): string {
  return `${name} ${Date.now().toString(36)}`;
}
