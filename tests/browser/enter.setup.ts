// Logs in by the one-time link; every other journey goes on with that session.

import { expect, test } from './base';
import { SESSION } from './playwright.config';

// The page asks who it is before it is anybody.
test.use({ provoked: [/401/] });

test('the one-time link logs in and leaves the address bar', async ({ page, words }) => {
  const link = process.env.START_LINK;
  expect(link, 'START_LINK').toBeTruthy();
  await page.goto(link ?? '');
  await expect(page.getByRole('heading', { level: 1, name: words.now.title })).toBeVisible();
  expect(page.url()).not.toContain('token');
  expect(await page.evaluate(() => window.history.length)).toBeLessThan(4);
  await page.goBack().catch(() => null);
  expect(page.url()).not.toContain('token');
  await page.context().storageState({ path: SESSION });
});
