// Whether our own phones may call the outside.

import { useTranslations } from 'use-intl';
import { useEditOffice, useOffice } from '../../api/plan';
import { Switch } from '../../ui/Field';
import { useSay } from '../../ui/Notice';
import { Failed, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';

export function OutsideCalls() {
  const t = useTranslations('settings.office');
  const say = useSay();
  const tell = useTell();
  const office = useOffice();
  const edit = useEditOffice();
  const change = (outside_calls: boolean) =>
    tell(edit.mutateAsync({ outside_calls }), () => say(t(outside_calls ? 'opened' : 'closed')));
  return (
    <Panel title={t('title')}>
      <p className="mb-3 text-sm text-muted">{t('hint')}</p>
      {office.isPending && <Waiting />}
      {office.isError && <Failed problem={office.error} retry={() => office.refetch()} />}
      {office.data && (
        <Switch
          label={t('outside')}
          isSelected={office.data.outside_calls}
          isDisabled={edit.isPending}
          onChange={change}
        />
      )}
    </Panel>
  );
}
