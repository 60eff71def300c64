// An indicator is written with a mistake, mended, tried on the figures there are, and saved.

import { expect, fresh, notice, test } from './base';
import { Axe } from './playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

test('a formula with a mistake is mended, tried and saved', async ({ page, words }) => {
  const t = words.indicators;
  const title = fresh('Hea');
  const name = `hea_${Date.now()}`;
  await page.goto('/indicators');
  await expect(page.getByRole('heading', { level: 1, name: t.title })).toBeVisible();
  await page.getByRole('button', { name: t.new, exact: true }).click();
  const form = page.getByRole('form', { name: t.form, exact: true });
  await form.getByLabel(t.title_field, { exact: true }).fill(title);
  await form.getByLabel(t.name, { exact: true }).fill(name);
  const formula = form.getByLabel(t.formula, { exact: true });
  await formula.fill('answred * 2');
  await expect(form.getByRole('status')).toContainText('answered');
  await expect(form.locator('mark')).toHaveText('answred');

  // The name is begun anew, and the word that is offered taken.
  await formula.fill('');
  await formula.pressSequentially('answere');
  await form
    .getByRole('button', { name: /^answered / })
    .first()
    .click();
  await expect(formula).toHaveValue('answered');
  await form.getByLabel(t.least, { exact: true }).fill('0');
  await expect(form.locator('mark')).toHaveCount(0);

  const preview = page.getByRole('region', { name: t.preview, exact: true }).first();
  await expect(preview.getByText(t.only_today)).toBeVisible();
  const person = preview.getByRole('row').nth(1).getByRole('button');
  await person.click();
  await expect(preview.getByRole('heading', { level: 3 })).toBeVisible();
  const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.target])).toEqual([]);

  await form.getByRole('button', { name: t.save, exact: true }).click();
  await expect(notice(page, t.saved.replace('{title}', title))).toBeVisible();
  const listed = page.getByRole('listitem').filter({ hasText: title });
  await expect(listed).toContainText(`${name} = answered`);
});
