// The present, live.

import { expect, test } from './base';

test('a live call is seen, with a timer that runs', async ({ page, words }) => {
  await page.goto('/');
  await expect(page.getByText(words.now.live, { exact: true })).toBeVisible();
  const talking = page.getByRole('region', { name: words.now.talking_callers });
  const waiting = page.getByRole('region', { name: words.now.waiting_callers });
  const call = talking.or(waiting).getByRole('listitem').first();
  await expect(call).toBeVisible({ timeout: 45_000 });
  const timers = page.getByRole('region', { name: words.now.agents }).getByRole('timer');
  const before = await timers.allTextContents();
  await expect.poll(() => timers.allTextContents()).not.toEqual(before);
});

test('every agent has a state in words', async ({ page, words }) => {
  await page.goto('/');
  const agents = page.getByRole('region', { name: words.now.agents }).getByRole('listitem');
  await expect(agents.first()).toBeVisible();
  const states = Object.values(words.state).join('|');
  for (const text of await agents.allTextContents()) {
    expect(text).toMatch(new RegExp(states));
  }
});

test.describe('when the stream breaks', () => {
  test.use({ provoked: [/net::ERR_FAILED/] });

  test('the page says that its data is stale, and comes back by itself', async ({
    page,
    words,
  }) => {
    await page.route('**/api/v1/live', (route) => route.abort());
    await page.goto('/');
    await expect(page.getByText(words.now.stale)).toBeVisible();
    await page.unroute('**/api/v1/live');
    await expect(page.getByText(words.now.live, { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(words.now.stale)).toBeHidden();
  });
});

test('an agent is sent on a break and called back', async ({ page, words }) => {
  await page.goto('/');
  const agents = page.getByRole('region', { name: words.now.agents });
  const name = await agents.getByRole('link').first().textContent();
  const menu = agents.getByRole('button').first();
  await menu.click();
  const on = page.getByRole('menuitem', { name: words.wish.on });
  const wasOn = (await on.getAttribute('aria-disabled')) === 'true';
  const [first, second] = wasOn ? (['break', 'on'] as const) : (['on', 'break'] as const);
  await page.getByRole('menuitem', { name: words.wish[first] }).click();
  const said = (wish: 'on' | 'break') =>
    page.getByText(words.wish.done[wish].replace('{name}', name ?? ''));
  await expect(said(first)).toBeVisible();
  await menu.click();
  await page.getByRole('menuitem', { name: words.wish[second] }).click();
  await expect(said(second)).toBeVisible();
});
