// Which keys there are, and the switch that turns single keys off.

import { useTranslations } from 'use-intl';
import { FormDialog } from '../../ui/Dialog';
import { Switch } from '../../ui/Field';
import { SCREENS, useSingleKeys, wantSingleKeys } from './keys';

export function KeyList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('keys');
  const shell = useTranslations('shell');
  const singles = useSingleKeys();
  const keys: [string, string][] = [
    ['Ctrl K / ⌘ K', t('palette')],
    ['/', t('palette')],
    ['?', t('list')],
    ...SCREENS.map(({ screen, letter }): [string, string] => [`g ${letter}`, shell(screen)]),
    ['Esc', t('close')],
  ];
  return (
    <FormDialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <dl className="divide-y divide-line">
        {keys.map(([key, word]) => (
          <div key={key} className="flex items-center gap-4 py-1.5">
            <dt className="w-32 shrink-0">
              <kbd className="rounded-md bg-sunken px-2 py-0.5 text-sm">{key}</kbd>
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4">
        <Switch label={t('singles')} isSelected={singles} onChange={wantSingleKeys} />
        <p className="mt-1 text-sm text-muted">{t('singles_hint')}</p>
      </div>
    </FormDialog>
  );
}
