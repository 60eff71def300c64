// Before log-in: the door, and the first-run page of an empty Ladus.

import { expect, test } from './base';
import { Axe } from './playwright';

test.describe('without a session', () => {
  // Being nobody and being refused are both told by the browser's console.
  test.use({ storageState: { cookies: [], origins: [] }, provoked: [/status of 40[13]/] });

  test('every screen leads to the log-in page, which remembers the way', async ({
    page,
    words,
  }) => {
    await page.goto('/calls?outcome=answered');
    await expect(page.getByRole('heading', { level: 1, name: words.enter.title })).toBeVisible();
    expect(new URL(page.url()).searchParams.get('to')).toBe('/calls?outcome=answered');
    const password = page.getByLabel(words.enter.password);
    await expect(password).toHaveAttribute('autocomplete', 'current-password');
    await expect(page.getByLabel(words.enter.email)).toHaveAttribute('autocomplete', 'username');
    const { violations } = await new Axe({ page }).analyze();
    expect(violations.map((each) => each.id)).toEqual([]);
  });

  test('a wrong password is refused in words', async ({ page, words }) => {
    await page.goto('/login');
    await page.getByLabel(words.enter.email).fill('nobody@example.com');
    await page.getByLabel(words.enter.password).fill('not the password');
    await page.getByRole('button', { name: words.enter.log_in }).click();
    await expect(page.getByRole('alert')).toHaveText(words.problem.wrong_credentials);
  });

  test('a used link says so', async ({ page, words }) => {
    await page.goto('/start#token=spent');
    await expect(page.getByRole('heading', { name: words.enter.link_spent })).toBeVisible();
    await expect(page.getByRole('link', { name: words.enter.to_log_in })).toBeVisible();
  });
});

test.describe('an empty Ladus', () => {
  const { SETUP_BASE_URL, SETUP_LINK } = process.env;
  test.skip(!SETUP_LINK, 'SETUP_LINK leads to no empty server');
  test.use({
    storageState: { cookies: [], origins: [] },
    baseURL: SETUP_BASE_URL,
    provoked: [/status of 4(01|22)/],
  });

  // The link works once and there is one company to make: one language tells it all.
  test('is set up from the one-time link, and shows the first phone’s secret once', async ({
    page,
    words,
  }, info) => {
    test.skip(info.project.name !== 'et', 'already set up in the other language');
    await page.goto(SETUP_LINK ?? '');
    await expect(page.getByRole('heading', { level: 1, name: words.setup.title })).toBeVisible();
    expect(page.url()).not.toContain('token');
    const axe = await new Axe({ page }).analyze();
    expect(axe.violations.map((each) => each.id)).toEqual([]);

    await page.getByLabel(words.setup.company_name).fill('Väike Pood OÜ');
    await page.getByLabel(words.setup.your_name).fill('Mari Maasikas');
    await page.getByLabel(words.setup.email).fill('mari@example.com');
    await page.getByLabel(words.setup.password).fill('kolm kena sõna');
    await page.getByLabel(words.setup.group_name).fill('Klienditugi');
    await page.getByLabel(words.setup.group_number).fill('not a number');
    await page.getByLabel(words.setup.person_name, { exact: true }).fill('Jaan Tamm');
    await page.getByRole('button', { name: words.setup.send }).click();
    const number = page.getByLabel(words.setup.group_number);
    await expect(number).toHaveAttribute('aria-invalid', 'true');
    await number.fill('6001000');
    await page.getByRole('button', { name: words.setup.send }).click();

    const secret = page.getByRole('region', { name: words.secret.title });
    await expect(secret.locator('code')).toHaveCount(4);
    await page.getByRole('button', { name: words.secret.done }).click();
    await expect(page.getByRole('heading', { level: 1, name: words.now.title })).toBeVisible();
    await page.getByRole('link', { name: words.shell.people, exact: true }).click();
    await expect(page.getByRole('row', { name: 'Jaan Tamm' })).toBeVisible();
  });
});
