import { describe, expect, test } from 'vitest';
import { pendingWish, stateOf } from '../ui/State';
import { decisionOf } from './call/facts';
import { barHeights } from './call/wave';
import { tokenOf } from './enter/Start';
import { numbersOf } from './groups/GroupForm';
import { cellAfter, orderOf } from './people/order';

describe('an agent’s state', () => {
  test('is being busy, then what is wanted, then the phone', () => {
    expect(stateOf({ wish: 'off', activity: 'talking' })).toBe('talking');
    expect(stateOf({ wish: 'off', activity: 'unreachable' })).toBe('off');
    expect(stateOf({ wish: 'break', activity: 'unreachable' })).toBe('break');
    expect(stateOf({ wish: 'on', activity: 'unreachable' })).toBe('unreachable');
    expect(stateOf({ wish: 'break', activity: 'idle' })).toBe('break');
    expect(stateOf({ wish: 'on', activity: 'idle' })).toBe('idle');
    expect(stateOf({ wish: 'off', activity: 'internal' })).toBe('internal');
    expect(stateOf({ wish: 'on', activity: 'outbound' })).toBe('outbound');
  });

  test('shows what comes after the call', () => {
    expect(pendingWish({ wish: 'break', activity: 'talking' })).toBe('break');
    expect(pendingWish({ wish: 'break', activity: 'idle' })).toBeNull();
    expect(pendingWish({ wish: 'on', activity: 'talking' })).toBeNull();
  });
});

describe('an order cell', () => {
  test('takes a number, or nothing for out', () => {
    expect(['1', ' 12 ', '', '0', 'x', '1.5', '100', '-1'].map(orderOf)).toEqual([
      1,
      12,
      null,
      null,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('leads to its neighbours and stays inside the table', () => {
    expect(cellAfter('ArrowDown', [0, 1], [3, 2])).toEqual([1, 1]);
    expect(cellAfter('Enter', [2, 1], [3, 2])).toBeNull();
    expect(cellAfter('ArrowRight', [0, 1], [3, 2])).toBeNull();
    expect(cellAfter('a', [0, 0], [3, 2])).toBeNull();
  });
});

describe('a decision', () => {
  const fact = (body: Record<string, unknown>) => ({ at_ms: 7, kind: 'route_decided', body });

  test('tells who was chosen, who was not and why', () => {
    const body = {
      group: 1,
      chosen: 3,
      policy: 'longest-idle@1.0.0',
      micros: 12,
      fuel: 900,
      candidates: [3, 4],
      skipped: [{ agent: 5, reason: 'on_break' }],
    };
    expect(decisionOf(fact(body))).toEqual({
      at_ms: 7,
      group: 1,
      free: null,
      candidates: [3, 4],
      skipped: [{ agent: 5, reason: 'on_break' }],
      chosen: 3,
      policy: 'longest-idle@1.0.0',
      micros: 12,
      fuel: 900,
      fallback: null,
      reason: null,
      picked: null,
    });
  });

  test('for a freed agent tells which of the waiting calls was chosen', () => {
    expect(decisionOf(fact({ picked: 2, picked_of: 5 })).picked).toEqual({ position: 2, calls: 5 });
    expect(decisionOf(fact({ picked: 0, picked_of: 2 })).picked).toEqual({ position: 0, calls: 2 });
  });

  test('of an unknown shape is empty, not an error', () => {
    expect(decisionOf(fact({}))).toMatchObject({ candidates: [], skipped: [], chosen: null });
  });
});

test('a one-time link works with its token after # or ?', () => {
  expect(tokenOf({ hash: '#token=abc', search: '' })).toBe('abc');
  expect(tokenOf({ hash: '', search: '?token=abc' })).toBe('abc');
  expect(tokenOf({ hash: '', search: '' })).toBeNull();
});

test('phone numbers are typed as people write them', () => {
  expect(numbersOf('600 1000, +372 (600) 20-00;\n6003000,')).toEqual([
    '6001000',
    '+3726002000',
    '6003000',
  ]);
});

test('a bar of the waveform is as tall as its loudest part', () => {
  expect(barHeights([0, 255, 51, 0], 2)).toEqual([1, 0.2]);
  expect(barHeights([], 3)).toEqual([0, 0, 0]);
});
