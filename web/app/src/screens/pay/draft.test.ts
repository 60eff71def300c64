import { expect, test } from 'vitest';
import { Problem } from '../../api/client';
import {
  draftOf,
  emptyDraft,
  inTypedUnits,
  monthBefore,
  newItem,
  ruleOf,
  shifted,
  sumOf,
} from './draft';

test('the decimal point moves without losing a digit', () => {
  const moved = [
    shifted('4,2', 3),
    shifted('0.0001', 3),
    shifted('97.5', -2),
    shifted('5', -3),
    shifted('-12.50', 0),
    shifted('007', 0),
    shifted('-0', 2),
    shifted('12345678901234567.1', 1),
  ];
  expect(moved).toEqual(['4200', '0.1', '0.975', '0.005', '-12.5', '7', '0', '123456789012345671']);
  expect([shifted('a', 3), shifted('1e3', 3), shifted('', 3)]).toEqual(['a', '1e3', '']);
});

test('a draft becomes a rule in the rule’s units, and comes back as it was typed', () => {
  const draft = emptyDraft('2026-03-01');
  draft.name = 'Usual';
  draft.per_hour = '8,25';
  const quick = newItem(0, 'amount');
  quick.name = 'Quick';
  quick.bands = [
    { from: '', to: '5', gives: '80' },
    { from: '5', to: '', gives: '0' },
  ];
  const part = { ...newItem(1, 'of_base'), name: 'Part', on: 'answer-rate' };
  part.bands = [{ from: '95', to: '', gives: '10' }];
  const times = { ...newItem(2, 'times'), name: 'Times' };
  times.bands = [{ from: '', to: '', gives: '1,1' }];
  draft.items = [quick, part, times];
  const rule = ruleOf(draft);
  expect(rule.base.per_hour).toBe('8.25');
  expect(rule.items[0]?.bands[0]).toEqual({ from: null, to: '5000', amount: '80' });
  expect(rule.items[1]?.bands[0]).toEqual({ from: '0.95', to: null, of_base: '0.1' });
  expect(rule.multipliers[0]?.bands[0]).toEqual({ from: null, to: null, times: '1.1' });
  expect(ruleOf(draftOf('Usual', '2026-03-01', rule))).toEqual(rule);
});

test('what is said about a band is said in seconds when seconds were typed', () => {
  const draft = emptyDraft('2026-03-01');
  draft.items = [newItem(0, 'times'), newItem(1, 'amount')];
  const error = {
    pointer: '/rule/items/0/bands/1/from',
    code: 'band_gap',
    params: { after: 1, from: '5000', to: '6000' },
  };
  const told = inTypedUnits(new Problem(422, 'invalid', {}, [error]), draft) as Problem;
  expect(told.errors[0]?.params).toEqual({ after: 1, from: '5', to: '6' });
});

test('the month before January is December', () => {
  expect(monthBefore(new Date(2026, 0, 15).getTime())).toEqual({
    from: '2025-12-01',
    to: '2025-12-31',
  });
});

test('corrections are added without a cent too many', () => {
  expect(sumOf(['0.10', '0.20', '-0.30'])).toBe('0.00');
  expect(sumOf(['1674.42', '-12.50'])).toBe('1661.92');
});
