// Real calls over SIP, and what the call's page says about who was rung.

import type en from '../../web/app/src/words/en.json';
import { expect, type Page } from './playwright';

type Words = typeof en;

/** Why a call went where it went, as its page tells it. */
export interface Why {
  chosen: string;
  /** The others who could have had it, the next one first. */
  candidates: string[];
  /** Those who could not, by name, with the reason. */
  leftOut: Map<string, string>;
}

/** A group that is called, and how many calls it has had. */
export interface Called {
  group: number;
  number: string;
  before: number;
}

/** Somebody dials the number; the page of that call says who was rung and why. */
export async function whyAfterCall(page: Page, words: Words, { group, number, before }: Called) {
  const links = page.getByRole('main').getByRole('row').getByRole('link');
  const asked = await fetch(`${process.env.CALLERS_URL}/${number}`, { method: 'POST' });
  expect(asked.status, 'a caller dials').toBe(204);
  await expect(async () => {
    await page.goto(`/calls?group=${group}`);
    await expect(links).toHaveCount(before + 1, { timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  await links.first().click();
  const region = page.getByRole('region', { name: words.call.why });
  await expect(region.getByText(words.why.chosen, { exact: true }).first()).toBeVisible();
  return readWhy(page, words);
}

async function readWhy(page: Page, words: Words): Promise<Why> {
  const region = page.getByRole('region', { name: words.call.why });
  const why: Why = { chosen: '', candidates: [], leftOut: new Map() };
  for (const row of await region.locator('tbody tr:has(td)').all()) {
    const cells = await row.locator('td').allTextContents();
    const [name = '', result = ''] = cells.slice(-2);
    if (result === words.why.chosen) why.chosen = name;
    else if (result === words.why.free) why.candidates.push(name);
    else why.leftOut.set(name, result);
  }
  return why;
}

/**
 * Of these people in their order, the first one who could take the call was rung. Those in a list
 * have the same order: which of them is not said.
 */
export function expectFirstInOrder(why: Why, inOrder: (string | string[])[]) {
  const free = inOrder.map((it) => [it].flat().filter((name) => !why.leftOut.has(name)));
  const first = free.find((names) => names.length > 0);
  expect(first, JSON.stringify({ ...why, leftOut: [...why.leftOut] })).toContain(why.chosen);
}
