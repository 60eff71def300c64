// People: added, given a phone, put into a group, taken out again.

import { expect, fresh, notice, say, test } from './base';

test('a person is added, gets a SIP account and a place in a group', async ({ page, words }) => {
  const name = fresh('Õie Käär');
  await page.goto('/people');
  await page.getByRole('button', { name: words.people.add }).click();
  await page.getByLabel(words.people.name, { exact: true }).fill(name);
  await page.getByRole('button', { name: words.people.add_send, exact: true }).click();
  await expect(notice(page, say(words.people.added, { name }))).toBeVisible();

  const row = page.getByRole('row', { name });
  const cell = row.getByRole('textbox').first();
  await cell.fill('2');
  await cell.press('Enter');
  await expect(notice(page, name)).toContainText('2');

  await row.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const groups = page.getByRole('region', { name: words.person.groups });
  await expect(groups.getByRole('textbox').first()).toHaveValue('2');

  await page.getByRole('button', { name: words.phones.give }).click();
  const secret = page.getByRole('region', { name: words.secret.title });
  const password = await secret.locator('code').nth(1).textContent();
  expect(password?.length).toBeGreaterThan(11);
  const user = (await secret.locator('code').first().textContent()) ?? '';
  await page.getByRole('button', { name: words.secret.done }).click();
  await expect(secret).toBeHidden();
  const phones = page.getByRole('region', { name: words.phones.title });
  await expect(phones.getByText(user, { exact: true })).toBeVisible();
  await page.reload();
  await expect(phones.getByText(user, { exact: true })).toBeVisible();
  await expect(page.getByText(password ?? '', { exact: true })).toBeHidden();

  await phones.getByRole('button', { name: say(words.phones.take_named, { user }) }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: words.phones.take }).click();
  await expect(phones.getByText(user, { exact: true })).toBeHidden();

  await page.getByRole('button', { name: words.person.remove }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: words.person.remove }).click();
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole('row', { name })).toBeHidden();
});

test('the keyboard alone orders people in groups', async ({ page, words }) => {
  await page.goto('/people');
  const cells = page.getByRole('table').getByRole('textbox');
  await expect(cells.first()).toBeVisible();
  const columns = await page.getByRole('row').nth(1).getByRole('textbox').count();
  await cells.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(cells.nth(columns)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cells.first()).toBeFocused();
  const before = await cells.first().inputValue();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  const told = words.order.in_force.split(':')[0] ?? '';
  await expect(notice(page, told)).toContainText('7');
  await cells.first().fill(before);
  await cells.first().press('Enter');
  await expect(cells.first()).toHaveValue(before);
});

test('a name is asked for before anything is sent', async ({ page, words }) => {
  await page.goto('/people');
  await page.getByRole('button', { name: words.people.add }).click();
  await page.getByRole('button', { name: words.people.add_send, exact: true }).click();
  await expect(page.getByText(words.problem.required)).toBeVisible();
  await expect(page.getByLabel(words.people.name, { exact: true })).toBeFocused();
});

test('a skill is given by keyboard, chosen in a policy and taken back', async ({ page, words }) => {
  const skill = fresh('inglise keel');
  const { skills, groups } = words;
  await page.goto('/people');
  await page.getByRole('table').getByRole('link').first().click();
  const panel = page.getByRole('region', { name: skills.title });
  const name = panel.getByRole('combobox', { name: skills.name, exact: true });
  await name.fill(` ${skill} `);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const line = panel.getByRole('listitem').filter({ hasText: skill });
  const level = line.getByRole('spinbutton');
  await expect(level).toHaveValue('6');
  await expect(name).toHaveValue('');

  await level.fill('11');
  await expect(level).toHaveAttribute('aria-invalid', 'true');
  await level.fill('9');
  await level.press('Enter');
  await expect(notice(page, skill)).toContainText('9');
  await page.reload();
  await expect(level).toHaveValue('9');

  const person = page.url();
  const listed = await (await page.request.get('/api/v1/groups')).json();
  await page.goto(`/groups/${listed.groups[0].id}`);
  const form = page.getByRole('form', { name: groups.settings });
  await form.getByLabel(groups.policy, { exact: true }).selectOption('skills');
  const choice = form.getByLabel(words.stock.skills.skill.label, { exact: true });
  await expect(choice.getByRole('option', { name: skill })).toBeAttached();

  await page.goto(person);
  await line.getByRole('button').click();
  await expect(line).toBeHidden();
  await page.getByRole('button', { name: words.versions.undo }).last().click();
  await expect(level).toHaveValue('9');
  await line.getByRole('button').click();
  await expect(line).toBeHidden();
});
