// Settings: what a trunk may say of a call's priority, for the very next call.

import { expect, say, test } from './base';
import { Axe } from './playwright';

// A refused field is told by the browser's console too.
test.use({ provoked: [/status of 422/] });

test('a trunk is told which header counts, and that none does', async ({ page, words }) => {
  const { settings } = words;
  await page.goto('/settings');
  const trunk = page.getByRole('listitem').filter({ hasText: settings.remove }).first();
  const open = trunk.getByRole('button', { name: settings.priority_header });
  await open.click();
  const field = trunk.getByRole('textbox', { name: settings.priority_header });
  await field.fill('X Priority');
  await trunk.getByRole('button', { name: settings.save }).click();
  await expect(trunk.getByText(words.problem.malformed)).toBeVisible();
  const { violations } = await new Axe({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await field.fill('X-Priority');
  await trunk.getByRole('button', { name: settings.save }).click();
  const counts = trunk.getByText(say(settings.priority_by, { header: 'X-Priority' }));
  await expect(counts).toBeVisible();
  await page.reload();
  await expect(counts).toBeVisible();
  await open.click();
  await field.fill('');
  await field.press('Enter');
  await expect(counts).toHaveCount(0);
});
