// What one person can, and how well. Each line saves itself.

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGiveSkill } from '../../api/plan';
import type { Person } from '../../api/wire';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { Panel } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { SkillForm } from './SkillForm';
import { LEVEL_MAX, levelOf } from './skills';

export function Skills({ person }: { person: Person }) {
  const t = useTranslations('skills');
  const skills = Object.entries(person.skills).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Panel title={t('title')}>
      <p className="mb-3 text-sm text-muted">{t(skills.length === 0 ? 'empty' : 'hint')}</p>
      {skills.length > 0 && (
        <ul className="mb-4 divide-y divide-line">
          {skills.map(([name, level]) => (
            <SkillLine key={name} person={person} name={name} level={level} />
          ))}
        </ul>
      )}
      <SkillForm
        people={[person]}
        send={t('add')}
        done={(name, level) => t('in_force', { person: person.name, name, level })}
      />
    </Panel>
  );
}

function SkillLine({ person, name, level }: { person: Person; name: string; level: number }) {
  const t = useTranslations('skills');
  const tell = useTell();
  const undoable = useUndoable();
  const give = useGiveSkill();
  const [typed, setTyped] = useState(String(level));
  // Enter sends, and leaving the field afterwards must not send again what is on its way.
  const sent = useRef<number>(undefined);
  useEffect(() => {
    sent.current = undefined;
    setTyped(String(level));
  }, [level]);
  const wanted = levelOf(typed);
  const names = { person: person.name, name };
  const save = async () => {
    if (wanted === undefined || wanted === level || wanted === sent.current) return;
    sent.current = wanted;
    const change = give.mutateAsync({ people: [person.id], name, level: wanted });
    const done = await tell(change, () => undoable(t('in_force', { ...names, level: wanted })));
    if (done) return;
    sent.current = undefined;
    setTyped(String(level));
  };
  const remove = () =>
    tell(give.mutateAsync({ people: [person.id], name, level: null }), () =>
      undoable(t('out', names)),
    );
  return (
    <li className="flex items-center gap-3 py-2">
      <span className="min-w-0 flex-1 break-words font-medium">{name}</span>
      <input
        type="number"
        aria-label={t('level_of', names)}
        aria-invalid={wanted === undefined}
        title={wanted === undefined ? t('invalid') : undefined}
        value={typed}
        min={1}
        max={LEVEL_MAX}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
        className={classes(
          'figures min-h-9 w-16 rounded-lg bg-surface px-2 text-center font-semibold ring-1',
          'ring-inset ring-edge outline-offset-0 focus:outline-2 focus:outline-accent',
          'aria-invalid:ring-bad aria-invalid:text-bad',
        )}
      />
      <Button size="icon" look="quiet" aria-label={t('remove', names)} onPress={remove}>
        <Icon name="close" className="size-4" />
      </Button>
    </li>
  );
}
