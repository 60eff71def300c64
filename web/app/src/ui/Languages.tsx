// Estonian or English: two buttons, the chosen one pressed.

import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useLanguage } from '../words/language';
import { isLanguage, LANGUAGES } from '../words/words';

const NAMES = { et: 'Eesti keel', en: 'English' };

export function Languages() {
  const t = useTranslations('shell');
  const { language, choose } = useLanguage();
  return (
    <ToggleButtonGroup
      aria-label={t('language')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => {
        const [key] = keys;
        if (isLanguage(key)) choose(key);
      }}
      className="flex shrink-0 rounded-lg bg-sunken p-0.5"
    >
      {LANGUAGES.map((each) => (
        <ToggleButton
          key={each}
          id={each}
          aria-label={NAMES[each]}
          className="min-h-8 min-w-9 rounded-md px-2 text-sm font-medium text-muted uppercase data-[hovered]:text-ink data-[selected]:bg-surface data-[selected]:text-ink data-[selected]:shadow-card"
        >
          {each}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
