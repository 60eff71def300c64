// Accessible to everyone: WCAG 2.2 AA by machine on every screen, reflow, and the language kept.

import { expect, test } from './base';
import { Axe, type Page } from './playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole('main').locator(`a[href^="${list}/"]:not([href$="/new"])`).first();
  return (await link.getAttribute('href')) ?? list;
}

/** Every screen, with something in it. */
async function screens(page: Page): Promise<string[]> {
  return [
    '/',
    '/calls',
    await firstOf(page, '/calls'),
    '/people',
    await firstOf(page, '/people'),
    '/groups',
    '/groups/new',
    await firstOf(page, '/groups'),
    '/calendars',
    '/modes',
    '/plugins',
    '/pay',
    '/versions',
    '/settings',
    '/nowhere',
  ];
}

async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.waitForLoadState('load');
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: '…' })).toHaveCount(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`every screen passes axe in ${colorScheme}`, async ({ page }, info) => {
      test.skip(colorScheme === 'dark' && info.project.name !== 'et', 'colours speak no language');
      test.setTimeout(180_000);
      for (const path of await screens(page)) {
        await settled(page, path);
        const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
        const told = violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`),
        }));
        expect(told, path).toEqual([]);
      }
    });
  });
}

test('every screen fits into 320 pixels', async ({ page }) => {
  test.setTimeout(120_000);
  const paths = await screens(page);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of paths) {
    await settled(page, path);
    const over = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    await expect.poll(over, path).toBe(0);
  }
});

test('the language is chosen and kept', async ({ page, words }) => {
  await page.goto('/people');
  const other = words.shell.people === 'People' ? 'Eesti keel' : 'English';
  const title = words.shell.people === 'People' ? 'Inimesed' : 'People';
  await page.getByRole('radio', { name: other }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', title === 'People' ? 'en' : 'et');
});

test('a reader is taken to the new screen', async ({ page, words }) => {
  await page.goto('/');
  await page.getByRole('link', { name: words.shell.groups, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.groups.title })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(words.groups.title));
});
