import { beforeEach, describe, expect, test } from 'vitest';
import type { Board, BoardAgent } from '../api/wire';
import { forgetClock, heardBoard, heardDate, serverNow } from './clock';
import { shareBoard, shareRows } from './sharing';

const NOW = 1_800_000_000_000;

describe('the server’s clock', () => {
  beforeEach(forgetClock);

  test('is ours while the difference is within the header’s second', () => {
    heardDate(NOW - 900, NOW);
    expect(serverNow(NOW)).toBe(NOW);
  });

  test('is taken from the header when ours is plainly wrong', () => {
    heardDate(NOW + 60_000, NOW);
    expect(serverNow(NOW)).toBe(NOW + 60_500);
  });

  test('is never behind a board that was heard', () => {
    heardBoard(NOW + 1_300, NOW);
    expect(serverNow(NOW)).toBe(NOW + 1_300);
  });

  test('is not set back by an old board of a quiet centre', () => {
    heardBoard(NOW - 300_000, NOW);
    expect(serverNow(NOW)).toBe(NOW);
  });
});

describe('rows of a board', () => {
  const agent = (id: number, since_ms: number): BoardAgent => ({
    id,
    name: `agent ${id}`,
    wish: 'on',
    reason: null,
    activity: 'idle',
    since_ms,
    call: null,
    handled_today: 0,
    missed_today: 0,
    until_ms: null,
    pending: false,
  });

  test('that did not change keep their identity', () => {
    const before = [agent(1, 5), agent(2, 5)];
    const after = shareRows(before, [agent(1, 5), agent(2, 9)]);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  test('that all stayed are the same list', () => {
    const before = [agent(1, 5), agent(2, 5)];
    expect(shareRows(before, [agent(1, 5), agent(2, 5)])).toBe(before);
  });

  test('that changed places are a new list of the same rows', () => {
    const before = [agent(1, 5), agent(2, 5)];
    const after = shareRows(before, [agent(2, 5), agent(1, 5)]);
    expect(after).not.toBe(before);
    expect(after[0]).toBe(before[1]);
  });

  test('are shared inside nested figures too', () => {
    const board = (at_ms: number): Board => ({
      at_ms,
      totals: {
        offered: 1,
        answered: 1,
        abandoned: 0,
        waiting: 0,
        asa_ms: null,
        service_level: 1,
      },
      groups: [],
      agents: [agent(1, 5)],
      calls: [],
      mode: null,
      plugins: [],
      trials: [],
      failures: [],
    });
    const before = board(1);
    const after = shareBoard(before, board(2));
    expect(after.at_ms).toBe(2);
    expect(after.totals).toBe(before.totals);
    expect(after.agents).toBe(before.agents);
  });
});
