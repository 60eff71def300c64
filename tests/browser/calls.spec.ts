// Calls: found, opened, listened to.

import { expect, test } from './base';
import type { Page } from './playwright';

/** How long a call talked, in a row of the table of calls. */
const TALKED = 'td:nth-child(7)';

/**
 * The row of a recorded talk of eight seconds or more: a shorter one may be over before the button
 * that pauses it is pressed. The first calls of a new centre must end before they can be heard.
 */
async function talkedLong(page: Page, words: { calls: { recorded: string } }) {
  test.setTimeout(150_000);
  const long = page.locator(TALKED, { hasText: /^(0:0[89]|0:[1-5]\d|[1-9].*)$/ });
  const rows = page
    .getByRole('row')
    .filter({ hasText: words.calls.recorded })
    .filter({ has: long });
  const recorded = rows.first();
  await expect(async () => {
    await page.reload();
    await expect(recorded).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
  return recorded;
}

test('a call is found by its filter and its recording is played', async ({ page, words }) => {
  await page.goto('/calls');
  await page.getByLabel(words.calls.outcome).selectOption('answered');
  await expect(page).toHaveURL(/outcome=answered/);
  const recorded = await talkedLong(page, words);
  await recorded.getByRole('link').click();

  await expect(page.getByRole('region', { name: words.call.timeline })).toBeVisible();
  const why = page.getByRole('region', { name: words.call.why });
  await expect(why.getByText(words.why.chosen, { exact: true }).first()).toBeVisible();

  const audio = page.locator('audio');
  const heard = (name: 'duration' | 'currentTime') =>
    audio.evaluate((element, which) => (element as HTMLAudioElement)[which] || 0, name);
  await expect.poll(() => heard('duration')).toBeGreaterThan(0);
  await page.getByRole('button', { name: words.player.play }).click();
  await expect.poll(() => heard('currentTime')).toBeGreaterThan(0.2);
  await page.getByRole('button', { name: words.player.pause }).click();

  const place = page.getByRole('slider', { name: words.player.place });
  await place.focus();
  await page.keyboard.press('Home');
  await expect(place).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');
  await expect.poll(() => heard('currentTime')).toBeGreaterThan(0.2);
});

test('the two channels are drawn', async ({ page, words }) => {
  await page.goto('/calls?outcome=answered');
  const recorded = await talkedLong(page, words);
  await recorded.getByRole('link').click();
  const inked = () =>
    page.locator('canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const pen = canvas.getContext('2d');
      if (!pen || canvas.width === 0) return [0, 0];
      const half = Math.floor(canvas.height / 2);
      // Without the cursor at the left and the line in the middle.
      const count = (y: number) => {
        const { data } = pen.getImageData(8, y, canvas.width - 8, half - 6);
        return data.filter((value, place) => place % 4 === 3 && value > 0).length;
      };
      return [count(0), count(half + 6)];
    });
  await expect.poll(async () => (await inked())[0]).toBeGreaterThan(100);
  await expect.poll(async () => (await inked())[1]).toBeGreaterThan(100);
});

test('the address holds the filter, and going back undoes it', async ({ page, words }) => {
  await page.goto('/calls');
  await page.getByLabel(words.calls.number_part).fill('37');
  await expect(page).toHaveURL(/q=37/);
  await page.getByLabel(words.calls.group).selectOption({ index: 1 });
  await expect(page).toHaveURL(/group=\d+/);
  await page.goBack();
  await expect(page).not.toHaveURL(/group=/);
  await expect(page.getByLabel(words.calls.group)).toHaveValue('');
  await page.goto('/calls?q=no-such-number');
  await page.getByRole('link', { name: words.calls.clear }).click();
  await expect(page).toHaveURL(/\/calls$/);
});
