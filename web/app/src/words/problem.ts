// A problem's code and parameters, in the reader's words.

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Problem } from '../api/client';

type Worded = { code: string; params?: Record<string, string | number> };

/** `/administrator/email` is the field named `administrator.email`. */
export function fieldName(pointer: string): string {
  return pointer.replace(/^\//, '').replaceAll('/', '.');
}

export function useProblemWords() {
  const t = useTranslations('problem');
  return useMemo(() => {
    const word = ({ code, params }: Worded): string => {
      const key = code as Parameters<typeof t>[0];
      return t.has(key) ? t(key, params as never) : t('other', { code });
    };
    return {
      of: (problem: unknown): string =>
        word(problem instanceof Problem ? problem : { code: 'unexpected', params: { status: 0 } }),
      /** The messages by field name, as React Aria's forms take them. */
      fields: (problem: unknown): Record<string, string> => {
        const errors = problem instanceof Problem ? problem.errors : [];
        return Object.fromEntries(errors.map((each) => [fieldName(each.pointer), word(each)]));
      },
    };
  }, [t]);
}
