// By keyboard alone: the field that leads everywhere, the list of keys, and keys turned off.

import { expect, notice, say, test } from './base';
import { Axe } from './playwright';

test('the palette leads to a screen and closes a door', async ({ page, words }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: words.palette.title });
  const field = dialog.getByRole('searchbox', { name: words.palette.field });
  await expect(field).toBeFocused();
  const { violations } = await new Axe({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.failureSummary])).toEqual([]);
  await page.keyboard.type(words.shell.versions);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: words.versions.title })).toBeVisible();

  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.type(say(words.palette.close, { group: 'Tugi' }));
  await page.keyboard.press('Enter');
  await expect(notice(page, say(words.door.done.closed, { group: 'Tugi' }))).toBeVisible();
  await page.getByRole('button', { name: words.versions.undo, exact: true }).click();
  await expect(notice(page, words.versions.undone)).toBeVisible();
});

test('a mode is pressed from the palette, after it has shown what it changes', async ({
  page,
  words,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: words.shell.find }).click();
  await page.keyboard.type('Rush');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: say(words.palette.press, { mode: 'Rush' }) });
  await expect(dialog).toContainText(words.modes.preview);
  await dialog.getByRole('button', { name: words.modes.press }).click();
  await page.getByRole('button', { name: words.versions.undo, exact: true }).click();
  await expect(notice(page, words.modes.returned)).toBeVisible();
});

test('single keys go to screens, are listed, and can be turned off', async ({ page, words }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/modes$/);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: words.keys.title });
  await expect(list).toContainText(words.shell.people);
  await list.getByText(words.keys.singles, { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: words.palette.title })).toBeVisible();
  await expect(page).toHaveURL(/\/modes$/);
});

test('an ordinary office user becomes an agent with two clicks', async ({ page, words }) => {
  await page.goto('/people');
  const name = `Kontor ${Date.now().toString(36)}`;
  await page.request.post('/api/v1/people', { data: { name } });
  await page.reload();
  await page.getByRole('button', { name: say(words.people.make_agent_of, { name }) }).click();
  await page.getByRole('menuitem').first().click();
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: name })
      .getByRole('textbox')
      .or(page.getByRole('row').filter({ hasText: name }).locator('input[value]'))
      .first(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: words.versions.undo, exact: true })).toBeVisible();
});
