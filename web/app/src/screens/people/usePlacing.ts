// Puts a person into a group, or out of it, and says that it is in force.

import { useTranslations } from 'use-intl';
import { usePlace } from '../../api/queries';
import { useSay } from '../../ui/Notice';
import { useTell } from '../../ui/tell';

interface Named {
  id: number;
  name: string;
}

export function usePlacing() {
  const t = useTranslations('order');
  const say = useSay();
  const tell = useTell();
  const place = usePlace();
  return (
    person: Named,
    group: Named,
    order: number | null,
    delay_ms: number,
  ): Promise<boolean> => {
    const names = { person: person.name, group: group.name };
    return tell(place.mutateAsync({ person: person.id, group: group.id, order, delay_ms }), () =>
      say(order === null ? t('out', names) : t('in_force', { ...names, order })),
    );
  };
}
