// Puts a person into a group, or out of it, and says that it is in force.

import { useTranslations } from 'use-intl';
import { usePlace } from '../../api/queries';
import { useSay } from '../../ui/Notice';
import { useProblemWords } from '../../words/problem';

interface Named {
  id: number;
  name: string;
}

export function usePlacing() {
  const t = useTranslations('order');
  const say = useSay();
  const words = useProblemWords();
  const place = usePlace();
  return async (
    person: Named,
    group: Named,
    order: number | null,
    delay_ms: number,
  ): Promise<boolean> => {
    const names = { person: person.name, group: group.name };
    try {
      await place.mutateAsync({ person: person.id, group: group.id, order, delay_ms });
      say(order === null ? t('out', names) : t('in_force', { ...names, order }));
      return true;
    } catch (problem) {
      say(words.of(problem), 'bad');
      return false;
    }
  };
}
