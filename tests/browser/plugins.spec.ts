// A company's own routing: a file is uploaded, looked at, given to a group, fails, and is taken back.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, fresh, notice, say, test } from './base';
import { expectFirstInOrder, whyAfterCall } from './callers';
import { Axe, type Page } from './playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const LABEL = 'house-rule@1.0.0';
const NAME = 'house-rule 1.0.0';
const FILE = readFileSync(join(__dirname, 'house-rule.wasm'));

// A refused file is told by the browser's console too.
test.use({ provoked: [/status of 422/] });

async function upload(page: Page, name: string, buffer: Buffer) {
  const file = { name, mimeType: 'application/wasm', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
}

async function expectAccessible(page: Page) {
  const { violations } = await new Axe({ page }).withTags(TAGS).analyze();
  const told = violations.map(({ id, nodes }) => [id, nodes[0]?.target, nodes[0]?.failureSummary]);
  expect(told).toEqual([]);
}

interface Line {
  group: number;
  name: string;
  number: string;
  /** Everybody in it, first in order first. */
  people: string[];
}

/** A group of its own for one journey, with everybody in it. */
async function newLine(page: Page): Promise<Line> {
  const name = fresh('Reegel');
  const number = `67${String(Date.now() % 1_000_000).padStart(6, '0')}`;
  const made = await page.request.post('/api/v1/groups', {
    data: { name, numbers: [number], policy: 'longest-idle' },
  });
  const group = (await made.json()).id as number;
  const { people } = await (await page.request.get('/api/v1/people')).json();
  const named = (people as { id: number; name: string; credentials: unknown[] }[]).filter(
    (each) => each.credentials.length > 0,
  );
  const set = named.map(({ id }, place) => ({
    group,
    person: id,
    order: place + 1,
    delay_ms: 0,
    calendar: null,
    wrap_up_ms: null,
  }));
  await page.request.post('/api/v1/memberships', { data: { set, remove: [] } });
  return { group, name, number, people: named.map((each) => each.name) };
}

test('a plugin is uploaded, decides for a group, and is taken back', async ({ page, words }) => {
  test.setTimeout(120_000);
  const { plugins } = words;
  const line = await newLine(page);
  await page.goto('/plugins');
  await expect(page.getByRole('heading', { level: 1, name: plugins.title })).toBeVisible();
  const panel = page.getByRole('region', { name: plugins.upload });

  await upload(page, 'cut.wasm', FILE.subarray(0, FILE.length / 2));
  const refused = panel.getByRole('alert');
  await expect(refused).toContainText(plugins.refused.damaged);
  await expect(refused).toContainText('cut off');
  await expectAccessible(page);
  await upload(page, 'notes.wasm', Buffer.from('meeting at ten'));
  await expect(refused).toContainText(plugins.refused.not_wasm);

  await upload(page, 'house-rule.wasm', FILE);
  const accepted = page.getByRole('region', { name: say(plugins.accepted, { label: LABEL }) });
  await expect(accepted).toContainText(plugins.cannot_list);
  await expect(accepted).toContainText('as the house likes it');
  await expect(accepted.getByRole('textbox', { name: 'Share' })).toHaveValue('3');
  const give = accepted.getByRole('button', { name: plugins.give });
  await expect(give).toBeDisabled();
  await accepted.getByText('Last comes first', { exact: true }).click();
  await accepted.getByText(line.name, { exact: true }).click();
  await expectAccessible(page);
  await give.click();
  const given = say(plugins.given, { label: NAME, groups: line.name });
  await expect(notice(page, given)).toBeVisible();
  const own = page.getByRole('region', { name: 'house-rule', exact: true });
  await expect(own.getByRole('link', { name: line.name })).toBeVisible();
  const used = own.getByRole('button', { name: say(plugins.remove_of, { label: LABEL }) });
  await expect(used, 'what is in use is not removed').toHaveCount(0);

  await page.goto(`/groups/${line.group}`);
  const form = page.getByRole('form', { name: words.groups.settings });
  const policy = form.getByLabel(words.groups.policy, { exact: true });
  await expect(policy.locator('option:checked')).toHaveText(NAME);
  await expect(form.getByRole('switch', { name: 'Last comes first' })).toBeChecked();
  await expectAccessible(page);

  if (process.env.CALLERS_URL) {
    const why = await whyAfterCall(page, words, { ...line, before: 0 });
    expectFirstInOrder(why, [...line.people].reverse());
    await expect(page.getByRole('region', { name: words.call.why })).toContainText('house-rule');
  }

  await page.goto('/versions');
  await page.getByRole('button', { name: words.versions.undo_newest }).click();
  await expect(notice(page, words.versions.undone)).toBeVisible();
  await page.goto(`/groups/${line.group}`);
  await expect(policy.locator('option:checked')).toHaveText(words.groups.policies['longest-idle']);
  await page.request.delete(`/api/v1/groups/${line.group}`);
});

test('a plugin that fails is suspended, shown, and gets another chance', async ({
  page,
  words,
}) => {
  test.skip(!process.env.CALLERS_URL, 'nobody calls');
  test.setTimeout(120_000);
  const { plugins } = words;
  const line = await newLine(page);
  await page.goto('/plugins');
  await upload(page, 'house-rule.wasm', FILE);
  const accepted = page.getByRole('region', { name: say(plugins.accepted, { label: LABEL }) });
  await accepted.getByText('Fail on purpose', { exact: true }).click();
  await accepted.getByText(line.name, { exact: true }).click();
  await accepted.getByRole('button', { name: plugins.give }).click();
  await expect(notice(page, say(plugins.given, { label: NAME, groups: line.name }))).toBeVisible();

  await page.goto('/');
  const troubles = page.getByRole('region', { name: plugins.troubles });
  await expect(async () => {
    await fetch(`${process.env.CALLERS_URL}/${line.number}`, { method: 'POST' });
    await expect(troubles).toContainText(line.name, { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
  await expect(troubles).toContainText(plugins.trouble.failed_in_a_row);
  await expectAccessible(page);
  await page.goto('/plugins');
  await expect(troubles).toContainText('panic');
  const { failures } = words;
  const failed = page.getByRole('region', { name: failures.title });
  const newest = failed.getByRole('listitem').filter({ hasText: line.name }).first();
  await expect(newest).toContainText('panic');
  await expectAccessible(page);
  const link = newest.getByRole('link', { name: failures.download });
  await link.focus();
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(file.suggestedFilename()).toMatch(/^failure-\d+\.question\.json$/);
  const asked = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect([asked.ladus, asked.group, asked.plugin]).toEqual(['question 1', line.group, LABEL]);
  expect(asked.settings.fail, 'with the settings of then').toBe(true);
  const row = troubles.getByRole('listitem').filter({ hasText: line.name });
  await row.getByRole('button', { name: plugins.forgive }).click();
  await expect(
    notice(page, say(plugins.forgiven, { label: LABEL, group: line.name })),
  ).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.request.delete(`/api/v1/groups/${line.group}`);
});

test('a plugin is tried out in shadow, shows where it differs, and then decides', async ({
  page,
  words,
}) => {
  test.setTimeout(120_000);
  const { plugins, trials } = words;
  const line = await newLine(page);
  await page.goto('/plugins');
  await upload(page, 'house-rule.wasm', FILE);
  const accepted = page.getByRole('region', { name: say(plugins.accepted, { label: LABEL }) });
  await accepted.getByText('Last comes first', { exact: true }).click();
  await accepted.getByText(line.name, { exact: true }).click();
  // The ways stand in one group, which the arrows walk through.
  const ways = accepted.getByRole('radiogroup', { name: trials.how_far });
  await ways.getByRole('radio', { name: trials.stage.decides }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(accepted.getByRole('textbox', { name: trials.share })).toHaveValue('10');
  await page.keyboard.press('ArrowDown');
  await expect(ways.getByRole('radio', { name: trials.stage.shadow })).toBeChecked();
  await expectAccessible(page);
  await accepted.getByRole('button', { name: plugins.try_out }).click();
  const tried = say(plugins.given_trial, { label: NAME, groups: line.name });
  await expect(notice(page, tried)).toBeVisible();

  const card = page.getByRole('region', { name: trials.title });
  const row = card.getByRole('listitem').filter({ hasText: line.name }).first();
  await expect(row).toContainText(trials.is_shadow);
  if (process.env.CALLERS_URL) {
    await whyAfterCall(page, words, { ...line, before: 0 });
    await page.goto('/plugins');
    const chart = say(trials.chart.shadow, { label: LABEL, group: line.name });
    await expect(row.getByRole('img', { name: chart })).toBeVisible();
    // Whoever is free meanwhile: somebody was chosen, and somebody else would have been.
    const anybody = `(${line.people.join('|')})`;
    const instead = trials.instead.replace(/\{\w+\}/g, anybody);
    // When only one was free the two agree: calls go on until they do not.
    await expect(async () => {
      await fetch(`${process.env.CALLERS_URL}/${line.number}`, { method: 'POST' });
      await page.goto('/plugins');
      await expect(row).toContainText(new RegExp(instead), { timeout: 3_000 });
    }).toPass({ timeout: 60_000 });
    await row.getByText(trials.as_table, { exact: true }).click();
    await expect(row.getByRole('columnheader', { name: trials.part.different })).toBeVisible();
  }
  await expectAccessible(page);
  const own = page.getByRole('region', { name: 'house-rule', exact: true });
  const remove = own.getByRole('button', { name: say(plugins.remove_of, { label: LABEL }) });
  await expect(remove, 'what is on trial is not removed').toHaveCount(0);

  const names = { label: LABEL, group: line.name };
  await row.getByRole('button', { name: say(trials.promote_of, names) }).click();
  await expect(notice(page, say(trials.promoted, names))).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect(own.getByRole('link', { name: line.name })).toBeVisible();
  await page.goto('/versions');
  await page.getByRole('button', { name: words.versions.undo_newest }).click();
  await expect(notice(page, words.versions.undone)).toBeVisible();
  await page.goto('/plugins');
  await expect(row, 'on trial again').toBeVisible();
  await row.getByRole('button', { name: say(trials.stop_of, names) }).click();
  await expect(notice(page, say(trials.stopped, names))).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.request.delete(`/api/v1/groups/${line.group}`);
});

test('a policy is tried on decisions that were taken', async ({ page, words }) => {
  test.setTimeout(120_000);
  const { decisions } = words;
  const line = await newLine(page);
  await page.goto('/plugins');
  await upload(page, 'house-rule.wasm', FILE);
  const panel = page.getByRole('region', { name: decisions.title, exact: true });
  const form = panel.getByRole('form', { name: decisions.title });
  const policy = form.getByLabel(decisions.policy, { exact: true });
  await policy.selectOption({ label: NAME });
  await form.getByLabel(decisions.group, { exact: true }).selectOption({ label: line.name });
  await form.getByText('Last comes first', { exact: true }).click();
  const begin = form.getByRole('button', { name: decisions.begin });
  await begin.press('Enter');
  const result = panel.getByRole('region', { name: decisions.result });
  await expect(result, 'nobody has called yet').toContainText(decisions.empty);
  await expectAccessible(page);
  if (process.env.CALLERS_URL) {
    // When only one was free everybody chooses him: calls go on until somebody else could be.
    await expect(async () => {
      await fetch(`${process.env.CALLERS_URL}/${line.number}`, { method: 'POST' });
      await begin.press('Enter');
      await expect(result.getByRole('listitem').first()).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    const first = result.getByRole('listitem').first();
    await first.locator('summary').press('Enter');
    const row = (mark: string) => first.getByRole('row').filter({ hasText: mark });
    await expect(row(decisions.was_chosen)).toHaveCount(1);
    await expect(row(decisions.would_be_chosen)).toHaveCount(1);
    await expectAccessible(page);
    await policy.selectOption('longest-idle');
    await begin.press('Enter');
    await expect(result.getByRole('listitem'), 'what decides agrees with itself').toHaveCount(0);
  }
  await page.request.delete(`/api/v1/groups/${line.group}`);
});

test('a policy is tried on a recorded day', async ({ page, words }) => {
  const { trial } = words;
  await page.goto('/plugins');
  const panel = page.getByRole('region', { name: trial.title, exact: true });
  if (!process.env.CALLERS_URL) {
    await expect(panel).toContainText(trial.empty);
    return;
  }
  test.setTimeout(120_000);
  const line = await newLine(page);
  await whyAfterCall(page, words, { ...line, before: 0 });
  await page.goto('/plugins');
  const form = panel.getByRole('form', { name: trial.title });
  await form.getByLabel(trial.policy, { exact: true }).selectOption('fewest-calls');
  const begin = form.getByRole('button', { name: trial.begin });
  await expectAccessible(page);
  await begin.press('Enter');
  const result = panel.getByRole('region', { name: trial.result });
  await expect(result).toContainText(trial.done, { timeout: 60_000 });
  const figures = result.getByRole('region', { name: trial.figures }).getByRole('table');
  await expect(figures.getByRole('columnheader', { name: trial.tried })).toBeVisible();
  const head = page.getByRole('rowheader', { name: trial.of.offered, exact: true });
  const offered = figures.getByRole('row').filter({ has: head }).getByRole('cell');
  const calls = (await offered.allTextContents()).map(Number);
  expect(calls.length, 'as it was, as it is now, with the policy').toBe(3);
  for (const each of calls) expect(each, 'the call just made is one of the day').toBeGreaterThan(0);
  const loads = result.getByRole('region', { name: trial.loads }).getByRole('table');
  // Those whose calls change most stand first, and a long list is cut: whoever they are.
  const named = await loads.getByRole('rowheader').allTextContents();
  expect(
    named.some((name) => line.people.includes(name)),
    named.join(', '),
  ).toBe(true);
  await expectAccessible(page);
  await page.request.delete(`/api/v1/groups/${line.group}`);
});

test('a version is removed and its file brings it back', async ({ page, words }) => {
  const { plugins } = words;
  await page.goto('/plugins');
  await upload(page, 'house-rule.wasm', FILE);
  const own = page.getByRole('region', { name: 'house-rule', exact: true });
  await expect(own).toContainText(plugins.unused);
  const download = own.getByRole('link', { name: say(plugins.download_of, { label: LABEL }) });
  const href = (await download.getAttribute('href')) ?? '';
  expect(await (await page.request.get(href)).body()).toEqual(FILE);
  await own.getByRole('button', { name: say(plugins.remove_of, { label: LABEL }) }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: plugins.remove }).click();
  await expect(notice(page, say(plugins.removed, { label: LABEL }))).toBeVisible();
  await expect(own).toHaveCount(0);
  await expect(page.getByText('ladus plugin new', { exact: false })).toBeVisible();
  await upload(page, 'house-rule.wasm', FILE);
  await expect(own).toBeVisible();
});

test('freed agents get their calls by a rule of the company, which is taken back', async ({
  page,
  words,
}) => {
  const { freed } = words;
  const oldest = words.groups.policies['longest-wait-first'];
  await page.goto('/plugins');
  const rule = page.getByRole('region', { name: freed.title });
  const takes = rule.getByLabel(freed.takes, { exact: true });
  await expect(takes.locator('option:checked')).toHaveText(freed.built_in);
  await takes.selectOption(oldest);
  const { worth } = words.stock['longest-wait-first'];
  await rule.getByRole('textbox', { name: worth.label }).fill('45');
  await expectAccessible(page);
  await rule.getByRole('button', { name: freed.save }).click();
  await expect(notice(page, say(freed.saved, { label: oldest }))).toBeVisible();
  const stock = page.getByRole('region', { name: words.plugins.stock });
  await expect(stock).toContainText(words.plugins.selects);
  const kept = await (await page.request.get('/api/v1/plugins/selection')).json();
  expect(kept.settings).toEqual({ worth: 45_000 });

  await page.goto('/versions');
  const story = page.getByText(`${oldest}`, { exact: false });
  await expect(story.first()).toBeVisible();
  await page.getByRole('button', { name: words.versions.undo_newest }).click();
  await expect(notice(page, words.versions.undone)).toBeVisible();
  await page.goto('/plugins');
  await expect(takes.locator('option:checked')).toHaveText(freed.built_in);
  await expect(rule.getByRole('textbox')).toHaveCount(0);
});
