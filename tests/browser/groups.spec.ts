// Groups: made, changed, removed; what the server refuses is said at the field.

import { expect, fresh, notice, say, test } from './base';

test.describe('a group', () => {
  test.use({ provoked: [/status of 4(09|22)/] });

  test('is made and removed, and a number in use is refused at its field', async ({
    page,
    words,
  }) => {
    await page.goto('/groups');
    const taken = await page
      .getByRole('main')
      .getByText(/^\+?\d{4,}$/)
      .first()
      .textContent();
    await page.getByRole('link', { name: words.groups.add }).click();
    const name = fresh('Kampaania');
    await page.getByLabel(words.groups.name, { exact: true }).fill(name);
    const numbers = page.getByLabel(words.groups.numbers);
    await numbers.fill(taken ?? '');
    await page.getByRole('button', { name: words.groups.add_send }).click();
    await expect(page.getByText(words.problem.taken)).toBeVisible();
    await expect(numbers).toHaveAttribute('aria-invalid', 'true');
    await numbers.fill(`68${Date.now() % 100_000}`);
    await page.getByRole('button', { name: words.groups.add_send }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

    await page.getByLabel(words.groups.ring, { exact: true }).fill('15');
    const settings = page.getByRole('form', { name: words.groups.settings });
    await settings.getByRole('button', { name: words.groups.save }).click();
    await expect(notice(page, words.groups.saved)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(words.groups.ring, { exact: true })).toHaveValue('15');

    await page.getByRole('button', { name: words.groups.remove }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: words.groups.remove }).click();
    await expect(page).toHaveURL(/\/groups$/);
    await expect(page.getByRole('link', { name })).toBeHidden();
  });
});

test('a trunk is added and removed', async ({ page, words }) => {
  const name = fresh('Trunk');
  await page.goto('/settings');
  await page.getByRole('button', { name: words.settings.add_trunk }).click();
  await page.getByLabel(words.settings.trunk_name, { exact: true }).fill(name);
  await page.getByLabel(words.settings.trunk_address, { exact: true }).fill('192.0.2.55');
  await page.getByRole('button', { name: words.settings.add, exact: true }).click();
  const line = page.getByRole('listitem').filter({ hasText: name });
  await expect(line).toContainText('192.0.2.55');
  await line.getByRole('button', { name: say(words.settings.remove_trunk, { name }) }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: words.settings.remove }).click();
  await expect(line).toBeHidden();
});
