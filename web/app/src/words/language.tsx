// Which language the page speaks, for our words, for Intl and for React Aria's own.

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider } from 'use-intl';
import { firstLanguage, type Language, LOCALES, MESSAGES, storeLanguage } from './words';

const Choice = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'en',
  choose: () => {},
});

export const useLanguage = () => useContext(Choice);

/** For Intl: `et-EE` or `en-GB`. */
export const useLocale = () => LOCALES[useLanguage().language];

const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Words({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        storeLanguage(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return (
    <Choice value={choice}>
      <IntlProvider locale={language} messages={MESSAGES[language]} timeZone={TIME_ZONE}>
        <I18nProvider locale={LOCALES[language]}>{children}</I18nProvider>
      </IntlProvider>
    </Choice>
  );
}
