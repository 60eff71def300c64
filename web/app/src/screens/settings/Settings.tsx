// Where calls come from and where phones register.

import { useTranslations } from 'use-intl';
import { useSession } from '../../api/queries';
import { Head, Panel } from '../../ui/Panel';
import { Logins } from './Logins';
import { MissRules } from './MissRules';
import { OutsideCalls } from './OutsideCalls';
import { Trunks } from './Trunks';
import { TvLinks } from './TvLinks';

export function Settings() {
  const t = useTranslations('settings');
  return (
    <>
      <Head title={t('title')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <Trunks />
          <OutsideCalls />
          <Address />
        </div>
        <div className="grid gap-6">
          <MissRules />
          <Logins />
          <TvLinks />
        </div>
      </div>
    </>
  );
}

function Address() {
  const t = useTranslations('settings');
  const session = useSession().data;
  if (!session) return null;
  const lines = [
    [t('sip_address'), session.sip.address],
    [t('realm'), session.sip.realm],
    [t('company'), session.company.name],
    [t('language'), session.company.language === 'et' ? 'Eesti keel' : 'English'],
  ];
  return (
    <Panel title={t('address')}>
      <p className="mb-3 text-sm text-muted">{t('address_hint')}</p>
      <dl className="divide-y divide-line">
        {lines.map(([word, value]) => (
          <div key={word} className="flex flex-wrap gap-x-4 py-2">
            <dt className="basis-40 text-sm text-muted">{word}</dt>
            <dd className="min-w-0 flex-1 basis-48 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
