import { useTranslations } from 'use-intl';
import { LinkButton } from '../ui/Button';
import { Empty } from '../ui/Panel';

export function Missing() {
  const t = useTranslations('page');
  return (
    <main>
      <h1 className="sr-only">{t('missing_title')}</h1>
      <Empty icon="compass" action={<LinkButton to="/">{t('to_now')}</LinkButton>}>
        {t('missing')}
      </Empty>
    </main>
  );
}
