import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { expect, test } from 'vitest';
import { Problem } from '../api/client';
import et from './et.json';
import { fieldName, useProblemWords } from './problem';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function words(): ReturnType<typeof useProblemWords> {
  let found: ReturnType<typeof useProblemWords> | undefined;
  function Reader() {
    found = useProblemWords();
    return null;
  }
  act(() =>
    createRoot(document.createElement('div')).render(
      <IntlProvider locale="et" messages={et}>
        <Reader />
      </IntlProvider>,
    ),
  );
  if (!found) throw new Error('not drawn');
  return found;
}

test('a pointer names a field', () => {
  expect([fieldName('/name'), fieldName('/administrator/email')]).toEqual([
    'name',
    'administrator.email',
  ]);
});

test('the server’s codes are worded at the field, with their parameters', () => {
  const problem = new Problem(422, 'invalid', {}, [
    { pointer: '/administrator/password', code: 'too_short', params: { min: 10 } },
    { pointer: '/group/number', code: 'taken' },
  ]);
  expect(words().fields(problem)).toEqual({
    'administrator.password': 'Vähemalt 10 märki.',
    'group.number': 'See on juba kasutusel.',
  });
});

test('a code that nobody has worded yet is still told', () => {
  expect(words().of(new Problem(409, 'brand_new'))).toBe('Midagi läks valesti (brand_new).');
});
