// Results: figures of today by person, by group and by hour, and as a file.

import { expect, say, test } from './base';

test('figures are told by person and by group, sorted, and taken home', async ({ page, words }) => {
  test.setTimeout(150_000);
  await page.goto('/');
  await page.getByRole('link', { name: words.shell.results }).click();
  await expect(page.getByRole('heading', { name: words.results.title })).toBeVisible();
  // The first calls of a new centre must end before there is a figure.
  const table = page.getByRole('table').first();
  await expect(async () => {
    await page.reload();
    const answered = page.getByRole('button', {
      name: words.results.figures.answered,
      exact: true,
    });
    await expect(answered).toBeVisible({ timeout: 3_000 });
    await expect(
      table
        .locator('tbody')
        .getByText(/\d:\d\d/)
        .first(),
    ).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 90_000 });

  const answered = page.getByRole('button', { name: words.results.figures.answered, exact: true });
  await answered.click();
  await expect(page.locator('th[aria-sort=descending]')).toContainText(
    words.results.figures.answered,
  );
  await answered.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('th[aria-sort=ascending]')).toBeVisible();

  // A figure opens the calls behind it.
  const time = say(words.opened.open, { title: words.results.figures.asa_ms });
  await page.getByRole('button', { name: time }).first().click();
  await expect(page.getByRole('dialog')).toContainText('(ringing → answered) / answered =');
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByLabel(words.results.by).selectOption('group');
  await expect(page).toHaveURL(/by=group/);
  await expect(page.getByRole('button', { name: /A_T \/ \(A \+ B\)/ })).toBeVisible();
  await page.getByLabel(words.results.level, { exact: true }).selectOption('e');
  await expect(page.getByRole('button', { name: /\(A_T \+ B_T\) \/ \(A \+ B\)/ })).toBeVisible();

  await expect(page.getByRole('region', { name: words.results.heat }).first()).toBeVisible();
  const waits = page.waitForEvent('download');
  await page.getByRole('link', { name: words.results.csv }).click();
  expect((await waits).suggestedFilename()).toMatch(/^figures .*\.csv$/);
});

test('days on which nothing happened lead to a week', async ({ page, words }) => {
  await page.goto('/results?from=2001-01-01&to=2001-01-02');
  await expect(page.getByText(words.results.empty)).toBeVisible();
  await page.getByRole('button', { name: words.results.week }).click();
  await expect(page).not.toHaveURL(/2001/);
});
