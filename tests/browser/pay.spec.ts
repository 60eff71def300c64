// Pay: a rule is written and tried, one person reviews, another signs, a third thing is put right.

import { expect, fresh, notice, say, test } from './base';
import { Axe, type Locator, type Page } from './playwright';

// A rule with a gap is refused, and whoever is not logged in yet is told so.
test.use({ provoked: [/status of 422/] });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const PASSWORD = 'kõrge mägi ja org';

/** No day is paid twice, and both languages live in one company. */
const MONTHS = { et: ['2024-01-01', '2024-01-31'], en: ['2024-02-01', '2024-02-29'] };

async function passesAxe(page: Page): Promise<void> {
  const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.failureSummary])).toEqual([]);
}

/** Fills the fields of a band, the first of which is 1. */
async function fillBand(item: Locator, nth: number, values: string[]): Promise<void> {
  const fields = item
    .getByRole('listitem')
    .nth(nth - 1)
    .getByRole('textbox');
  for (const [place, value] of values.entries()) await fields.nth(place).fill(value);
}

test('the screens of pay teach before there is anything, and pass axe', async ({ page, words }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(page.getByRole('heading', { level: 1, name: words.pay.title })).toBeVisible();
  await expect(page.getByRole('button', { name: words.pay.add_rule })).toBeVisible();
  await passesAxe(page);
});

test('from a rule to a statement that was closed, disputed and corrected', async ({
  page,
  browser,
  baseURL,
  locale,
  words,
}, info) => {
  test.setTimeout(120_000);
  const { pay } = words;
  const [from = '', to = ''] = MONTHS[info.project.name as 'et' | 'en'];
  const [name, rule, signer] = [fresh('Mari Maksu'), fresh('Reegel'), fresh('Toomas')];
  const email = `${signer.toLowerCase().replace(/\W/g, '.')}@example.com`;

  await page.goto('/people');
  await page.getByRole('button', { name: words.people.add }).click();
  await page.getByLabel(words.people.name, { exact: true }).fill(name);
  await page.getByRole('button', { name: words.people.add_send, exact: true }).click();
  await expect(notice(page, say(words.people.added, { name }))).toBeVisible();

  await page.goto('/settings');
  const logins = page.getByRole('region', { name: words.logins.title });
  await logins.getByRole('button', { name: words.logins.add }).click();
  await logins.getByLabel(words.logins.name, { exact: true }).fill(signer);
  await logins.getByLabel(words.logins.email, { exact: true }).fill(email);
  await logins.getByLabel(words.logins.password, { exact: true }).fill(PASSWORD);
  await logins.getByRole('button', { name: words.logins.add_send, exact: true }).click();
  await expect(notice(page, say(words.logins.added, { name: signer }))).toBeVisible();

  // A rule with a gap is told where, in the seconds that were typed.
  await page.goto('/pay');
  await page.getByRole('button', { name: pay.add_rule }).click();
  const form = page.getByRole('form', { name: pay.rule });
  await form.getByLabel(pay.rule_name, { exact: true }).fill(rule);
  await form.getByLabel(pay.valid_from, { exact: true }).fill('2020-01-01');
  await form.getByLabel(pay.whom, { exact: true }).selectOption('people');
  await form.getByText(name, { exact: true }).click();
  await form.getByLabel(pay.kind.fixed, { exact: true }).fill('100,005');
  await form.getByRole('button', { name: pay.add_item }).click();
  const item = form.getByRole('group', { name: pay.new_item });
  await fillBand(item, 1, ['', '5', '10']);
  await fillBand(item, 2, ['6', '', '0']);
  await item.getByLabel(pay.item_name, { exact: true }).fill('Kiire');
  await form.getByRole('button', { name: pay.write }).click();
  const gap = say(words.problem.band_gap, { from: '5', to: '6' });
  await expect(form.getByText(gap)).toBeVisible();
  await passesAxe(page);
  await fillBand(form.getByRole('group', { name: 'Kiire' }), 2, ['5']);

  // What it would have paid last month, before it is saved.
  const preview = page.getByRole('region', { name: pay.preview, exact: true });
  await preview.getByRole('button', { name: pay.preview_send }).click();
  const row = preview.getByRole('row', { name });
  await expect(row).toContainText(/100[.,]00\sEUR/);
  await expect(row).toContainText(say(pay.why.too_few, { calls: 0, least: 20 }));
  await form.getByRole('button', { name: pay.write }).click();
  await expect(notice(page, say(pay.written, { name: rule }))).toBeVisible();

  await page.getByRole('button', { name: pay.open_period }).click();
  const opening = page.getByRole('form', { name: pay.open_period });
  await opening.getByLabel(pay.from, { exact: true }).fill(from);
  await opening.getByLabel(pay.to, { exact: true }).fill(to);
  await opening.getByRole('button', { name: pay.open_send, exact: true }).click();
  await expect(page).toHaveURL(/\/pay\/\d+$/);
  const period = page.url();
  await page.getByRole('button', { name: pay.step.review }).click();
  await expect(notice(page, pay.done.review)).toBeVisible();
  await expect(page.getByText(pay.you_reviewed)).toBeVisible();
  await expect(page.getByRole('button', { name: pay.step.close })).toHaveCount(0);

  // Somebody else signs.
  const elsewhere = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    ...(locale ? { locale } : {}),
    storageState: { cookies: [], origins: [] },
  });
  const second = await elsewhere.newPage();
  await second.goto(period);
  await second.getByLabel(words.enter.email).fill(email);
  await second.getByLabel(words.enter.password).fill(PASSWORD);
  await second.getByRole('button', { name: words.enter.log_in }).click();
  await second.getByRole('button', { name: pay.step.close }).click();
  await second.getByRole('alertdialog').getByRole('button', { name: pay.step.close }).click();
  await expect(notice(second, pay.done.close)).toBeVisible();
  await expect(second.getByRole('link', { name: pay.export })).toBeVisible();

  // The statement is one page on paper; a line of it is objected to.
  await page.reload();
  await expect(page.getByText(pay.state.closed, { exact: true })).toBeVisible();
  await expect(page.getByText(pay.no_flags)).toBeVisible();
  await passesAxe(page);
  await page.getByRole('link', { name }).click();
  const heading = say(pay.statement_of, { name });
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: pay.total }).locator('..')).toContainText(
    /100[.,]00\sEUR/,
  );
  await passesAxe(page);
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  await page.getByRole('button', { name: say(pay.wrong_line, { line: pay.kind.fixed }) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(pay.words, { exact: true }).fill('Leppisime kokku 112,50.');
  await dialog.getByRole('button', { name: pay.object, exact: true }).click();
  await expect(notice(page, pay.objected)).toBeVisible();

  // It is accepted by one and signed by the other.
  const where = say(pay.where, { name, line: pay.kind.fixed });
  await page.getByRole('button', { name: say(pay.answer_to, { where }) }).click();
  const answer = page.getByRole('form', { name: pay.answer });
  await answer.getByLabel(pay.amount, { exact: true }).fill('12,5');
  await answer.getByLabel(pay.reason, { exact: true }).fill('Nii leppisime.');
  await answer.getByRole('button', { name: pay.answer_send }).click();
  await expect(notice(page, pay.answered.accepted)).toBeVisible();
  await expect(page.getByText(pay.you_proposed)).toBeVisible();
  await second.goto(page.url());
  const corrections = second.getByRole('region', { name: pay.corrections });
  await corrections.getByRole('button', { name: pay.sign_correction }).click();
  await expect(notice(second, pay.done.sign)).toBeVisible();
  await expect(corrections).toContainText(/\+12[.,]50\sEUR/);
  await expect(second.getByRole('row').filter({ hasText: pay.with_corrections })).toContainText(
    /112[.,]50\sEUR/,
  );
  await elsewhere.close();

  // A mistake that nobody objected to is proposed, and taken back.
  await page.reload();
  const own = page.getByRole('region', { name: pay.corrections });
  await own.getByRole('button', { name: pay.propose }).click();
  await passesAxe(page);
  await own.getByLabel(pay.amount, { exact: true }).fill('-1');
  await own.getByLabel(pay.reason, { exact: true }).fill('Arvutusviga.');
  await own.getByRole('button', { name: pay.propose_send, exact: true }).click();
  await expect(notice(page, pay.proposed)).toBeVisible();
  await own.getByRole('button', { name: pay.withdraw }).click();
  await expect(notice(page, pay.done.withdraw)).toBeVisible();

  // Payroll gets both.
  const csv = await page.request.get(`/api/v1/pay/periods/${period.split('/').pop()}/export.csv`);
  expect(await csv.text()).toContain(`"${name}",${from},${to},EUR,,0,100.00,12.50,112.50,`);
});
